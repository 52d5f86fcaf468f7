"""What is read for the bench: packets with truth beside them, all of a folder or some, and what is printed in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocr import Limits, open_document

FOLDERS = (Path("samples/check"), Path("../shared/real"))
GRADES = ("clean", "office", "poor", "digital", "real")
_NUMBER = re.compile(r"ที่\s*(\S.*?)\s*(?:ลงวันที่|$)")


@dataclass(frozen=True, slots=True)
class Sample:
    """A packet's file and its truth."""

    scan: Path
    truth: dict[str, Any]

    @property
    def grade(self) -> str:
        """Grade of the scan; ``real`` for real ones."""
        return str(self.truth.get("grade", "real"))

    @property
    def born_digital(self) -> bool:
        """Whether it has never been on paper."""
        return self.grade == "digital"

    @property
    def page_count(self) -> int:
        """How many pages the file has."""
        with open_document(self.scan, Limits()) as document:
            return document.page_count


def samples(folder: Path, only: Sequence[str] = (), most: int | None = None) -> list[Sample]:
    """The packets of a folder in order; ``only`` those of these grades, or whose names begin so, and ``most`` so many
    of them."""
    found = []
    for path in sorted(folder.glob("*.json")):
        scan = next((other for other in sorted(folder.glob(f"{path.stem}.*")) if other.suffix != ".json"), None)
        if scan is not None:
            sample = Sample(scan, json.loads(path.read_text(encoding="utf-8")))
            if not only or any(name == sample.grade or path.stem.startswith(name) for name in only):
                found.append(sample)
    return found[:most]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is printed of one letter: its pages in the packet, the groups it is counted in (``heading/name``), its whole
    text (of real letters unknown), single lines, and typed letter numbers."""

    packet: str
    pages: tuple[int, ...]
    groups: tuple[str, ...]
    whole: str | None
    lines: tuple[str, ...]
    numbers: tuple[str, ...]


def passages(sample: Sample) -> Iterator[Passage]:
    """The letters of a packet as passages."""
    for letter in sample.truth["letters"]:
        digits = letter.get("digits", "?") + (" (real)" if sample.grade == "real" else "")
        groups: tuple[str, ...] = (f"grade/{sample.grade}", f"digits/{digits}")
        if "font" in sample.truth:
            groups += (f"font/{sample.truth['font']}",)
        whole = letter.get("text")
        lines = whole.split("\n") if whole else letter.get("typed_lines", [])
        yield Passage(sample.scan.stem, tuple(letter["pages"]), groups, whole,
                      tuple(line for line in lines if line.strip()), tuple(_numbers(letter)))


def _numbers(letter: dict[str, Any]) -> Iterator[str]:
    """Typed numbers as printed, without ``ที่``: the letter's own and those it cites."""
    number = letter.get("number") or {}
    by_hand = (letter.get("number_style", "typed") != "typed" or number.get("serial_handwritten")
               or number.get("serial_stamped"))
    texts = [] if by_hand or not number.get("printed") else [str(number["printed"])]
    texts += [str(cited["text"]) for cited in letter.get("references", []) if cited.get("text") and cited.get("number")]
    for text in texts:
        found = _NUMBER.search(text)
        if found:
            yield found[1]
