"""Packets as plain data: reads ``packets/<half>/<stem>.toml`` into values the rest works on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HALVES = ("build", "check")


@dataclass(frozen=True)
class Source:
    """One packet as written: its file's stem, the half it belongs to, its settings, letters and attachments."""

    stem: str
    half: str
    settings: dict[str, Any]
    letters: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)


def load_all() -> list[Source]:
    """Every packet of both halves, by half and stem, letters borrowed from other packets put in."""
    raw = {path.stem: (path.parent.name, tomllib.loads(path.read_text(encoding="utf-8")))
           for half in HALVES for path in sorted((HERE / "packets" / half).glob("*.toml"))}
    return [_source(stem, half, data, raw) for stem, (half, data) in raw.items()]


def _source(stem: str, half: str, data: dict[str, Any], raw: dict[str, tuple[str, dict[str, Any]]]) -> Source:
    letters = [_letter(letter, raw) for letter in data["letters"]]
    settings = {key: value for key, value in data.items() if key not in ("letters", "attachments")}
    return Source(stem, half, settings, letters, data.get("attachments", []))


def _letter(letter: dict[str, Any], raw: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """A letter's own table; ``use = "stem#id"`` takes the same paper from another packet, with its own stamps."""
    if "use" not in letter:
        return letter
    stem, _, name = letter["use"].partition("#")
    found = next(other for other in raw[stem][1]["letters"] if other.get("id") == name)
    plain = {key: value for key, value in found.items() if key not in ("stamps", "notes", "copy_mark")}
    return plain | {key: value for key, value in letter.items() if key != "use"}
