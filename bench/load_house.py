"""A house for the load: an archive of the samples with people of every kind of office.

Most packets are taken in as their printed text, which needs no reading; some as scans, for their pictures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from archive import Archive, Role
from saraban.jobs import run_all
from saraban.pipeline import take_in
from saraban.settings import Settings
from tasks import builtin_offices

SAMPLES = Path(__file__).parent.parent / "samples" / "build"
PASSWORD = "correct horse battery"

ROLES = (Role.CLERK, Role.RECORDER, Role.OFFICER, Role.LAO, Role.CLERK, Role.CERTIFIER, Role.PROVINCE, Role.RECORDER,
         Role.CLERK, Role.LAO)
"""Who the users are, again and again."""

_MATES = 4
"""Users of LAOs to an office, so that some of them work at the same things."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who works: ``office`` is the office whose tasks and books they work with."""

    name: str
    role: Role
    office: str


def furnish(settings: Settings, users: int, packets: int, scans: int) -> tuple[Player, ...]:
    """Makes the archive in an empty home, reads so many packets, ``scans`` of them from their scans, and adds users."""
    with Archive.create(settings.home, settings.database_url) as archive:
        archive.offices.save(builtin_offices())
        _take_in(archive, settings, packets, scans)
        run_all(archive, settings)
        offices = _busy_offices(archive)
        players = tuple(_player(number, offices) for number in range(users))
        for one in players:
            place = None if one.role in (Role.CLERK, Role.OFFICER) else one.office
            archive.users.add(one.name, PASSWORD, one.role, place)
        return players


def _take_in(archive: Archive, settings: Settings, packets: int, scans: int) -> None:
    """The smallest samples as scans, which come last and so stand first in lists; the others as text."""
    truths = sorted(SAMPLES.glob("*.json"), key=lambda path: path.with_suffix(".pdf").stat().st_size)[:packets]
    text = settings.home / "packet.txt"
    for path in truths[scans:]:
        pages = json.loads(path.read_text(encoding="utf-8"))["page_text"]
        text.write_text("\f".join(page["text"] for page in pages), encoding="utf-8")
        take_in(archive, settings, text, f"{path.stem}.txt", "load")
    text.unlink(missing_ok=True)
    for path in truths[:scans]:
        take_in(archive, settings, path.with_suffix(".pdf"), f"{path.stem}.pdf", "load")


def _busy_offices(archive: Archive) -> list[str]:
    """Offices with tasks, those with the most first."""
    counts: dict[str, int] = {}
    for row in archive.tasks.list(limit=100_000):
        counts[row.task.office] = counts.get(row.task.office, 0) + 1
    return sorted(counts, key=lambda code: (-counts[code], code))


def _player(number: int, offices: list[str]) -> Player:
    role = ROLES[number % len(ROLES)]
    lao = offices[number // len(ROLES) // _MATES % len(offices)]
    if role is Role.PROVINCE:
        return Player(f"user{number}", role, f"P{lao[1:3]}")
    return Player(f"user{number}", role, offices[0] if role in (Role.CLERK, Role.OFFICER) else lao)
