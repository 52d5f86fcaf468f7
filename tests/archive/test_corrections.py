"""Corrections are kept for good, hold over every later parse, and never overwrite one another unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from archive import Archive, Overtaken
from letters import Letter, LetterDate, LetterNumber, Line, Packet, Page, Reading, Source
from letters.errors import NotFound
from parsing.corrections import Correction, Verdict

READ = LetterNumber("พช", "0118", True, "417")
PARSED = Packet("p", (Page(1, (Line("x"),), Source.TEXT),), (
    Letter(pages=(1,), number=Reading(READ, "พช 0118/ว 417", 0.5), date=Reading(LetterDate(2023, 6, 14), "", 0.9)),))


def number(after: str | None, before: str | None = "พช 0118/ว 417", page: int = 1) -> Correction:
    return Correction(page, "number", Verdict.SET, before, after)


@pytest.fixture
def packet(archive: Archive) -> str:
    row, _ = archive.packets.receive("p.txt", b"x", "somying")
    archive.packets.save_page(row.id, PARSED.pages[0])
    archive.corrections.keep(row.id, PARSED)
    return row.id


def shown(archive: Archive, packet: str) -> str:
    return str(archive.letters.of_packet(packet)[0].letter.number.value)


def test_a_decision_holds_over_every_later_parse(archive: Archive, packet: str) -> None:
    archive.corrections.add(packet, [number("พช 0118/ว 411")], "somying", 0)
    archive.corrections.lay_over(packet, archive.corrections.of(packet), "somying")
    assert shown(archive, packet) == "พช 0118/ว 411"
    for confidence in (0.6, 0.99):
        read = replace(PARSED.letters[0], number=Reading(READ, "พช 0118/ว 417", confidence))
        archive.corrections.keep(packet, replace(PARSED, letters=(read,)))
        assert shown(archive, packet) == "พช 0118/ว 411"


def test_who_decided_what_is_in_the_audit_trail(archive: Archive, packet: str) -> None:
    archive.corrections.add(packet, [number("พช 0118/ว 411")], "somying", 0)
    again, seen = number("พช 0118/ว 411", "พช 0118/ว 411"), archive.corrections.latest(packet)
    archive.corrections.add(packet, [again], "somchai", seen)
    events = archive.audit.list(f"packet:{packet}")[-2:]
    assert [(one.actor, one.action, one.field, one.before, one.after) for one in events] == [
        ("somying", "review-set", "page 1 number", "พช 0118/ว 417", "พช 0118/ว 411"),
        ("somchai", "review-accepted", "page 1 number", "พช 0118/ว 411", "พช 0118/ว 411")]
    (kept, _) = archive.corrections.of(packet)
    assert (kept.actor, kept.id > 0, kept.at is not None) == ("somying", True, True)


@pytest.mark.parametrize(("mine", "theirs", "clash"), [
    (number("ก 1/1"), number("ก 1/2"), True),
    (number("ก 1/1"), number("ก 1/1"), False),
    (number("ก 1/1"), number("ก 1/2", page=2), False),
    (number("ก 1/1"), Correction(1, "date", Verdict.SET, None, "2023-01-01"), False),
    (number("ก 1/1"), Correction(1, "number", Verdict.WITHDRAW), True),
    (number("ก 1/1"), Correction(2, "starts", Verdict.SET, None, "letter"), True),
    (Correction(2, "starts", Verdict.SET, None, "same"), Correction(2, "starts", Verdict.SET, None, "letter"), True),
    (Correction(1, "deadlines", Verdict.SET, "|ก", "|ข"), Correction(1, "deadlines", Verdict.SET, "|ค", "|ง"), False),
    (Correction(1, "deadlines", Verdict.SET, "|ก", "|ข"), Correction(1, "deadlines", Verdict.REMOVE, "|ก"), True),
    (Correction(1, "deadlines", Verdict.ADD, None, "|ข"), Correction(1, "deadlines", Verdict.ADD, None, "|ค"), False),
])
def test_nobody_overwrites_unseen(archive: Archive, packet: str, mine: Correction, theirs: Correction,
                                  clash: bool) -> None:
    seen = archive.corrections.latest(packet)
    archive.corrections.add(packet, [theirs], "somchai", seen)
    if not clash:
        archive.corrections.add(packet, [mine], "somying", seen)
        return
    with pytest.raises(Overtaken) as told:
        archive.corrections.add(packet, [mine, number(None, page=9)], "somying", seen)
    assert [(one.actor, one.after) for one in told.value.others] == [("somchai", theirs.after)]
    assert len(archive.corrections.of(packet)) == 1, "nothing of what clashed is kept"
    archive.corrections.add(packet, [mine], "somying", archive.corrections.latest(packet))


def test_rows_are_never_changed_or_removed(archive: Archive, packet: str) -> None:
    archive.corrections.add(packet, [number("ก 1/1")], "somying", 0)
    for statement in ("UPDATE corrections SET actor = 'x'", "DELETE FROM corrections"):
        with pytest.raises(DBAPIError, match="append-only"), \
                archive.database.writing() as session:
            session.execute(text(statement))


def test_a_packet_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(NotFound):
        archive.corrections.add("0" * 64, [number("ก 1/1")], "somying", 0)
    assert archive.corrections.latest("0" * 64) == 0


def test_of_many_clerks_at_once_one_is_first_and_the_others_are_told(archive: Archive, packet: str) -> None:
    def attempt(place: int) -> bool:
        try:
            archive.corrections.add(packet, [number(f"พช 0118/ว {place}")], f"clerk{place}", 0)
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(1, 17))) == 1
    assert len(archive.corrections.of(packet)) == 1
