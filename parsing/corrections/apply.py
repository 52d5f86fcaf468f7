"""Lays people's decisions over a parse. Pure: the same parse and the same decisions give the same packet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from letters import Kind, Letter, Packet, Reading, Recipient, Repair, Signatory
from parsing.boundaries import Start, Starts
from parsing.checks.doubts import received_early
from parsing.corrections.items import corrected_items
from parsing.corrections.model import (
    ITEMS,
    READINGS,
    SIGNATORY,
    STARTS,
    Correction,
    Verdict,
    parts_of,
    read_back,
    written,
)
from parsing.fields.closing import acting_parts
from parsing.packet import parse_packet

PERSON = "person"
"""The rule of a repair that a person made."""

_EVERYONE = "ทุก"


def apply_corrections(packet: Packet, corrections: Sequence[Correction]) -> Packet:
    """The packet as parsed with the decisions, oldest first, laid over it.

    Where they draw other page boundaries, its letters are parsed anew along these. A decision about a letter that does
    not begin where it did is left out, and named by :func:`open_corrections`.
    """
    standing = in_force(corrections)
    starts: Starts = {one.page: Start(one.after or Start.SAME) for one in standing if one.field == STARTS}
    if starts:
        packet = parse_packet(packet.name, packet.pages, starts=starts)
    return replace(packet, letters=tuple(_corrected(letter, standing) for letter in packet.letters))


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    """The decisions, oldest first, without those taken back."""
    kept: list[Correction] = []
    for one in corrections:
        if one.verdict is Verdict.WITHDRAW:
            kept = [other for other in kept if (other.page, other.field) != (one.page, one.field)]
        else:
            kept.append(one)
    return kept


def open_corrections(packet: Packet, corrections: Iterable[Correction]) -> list[Correction]:
    """Decisions whose ground is gone: no letter begins on that page any more, or the page is not there."""
    letters = {letter.pages[0] for letter in packet.letters if letter.pages}
    pages = {page.number for page in packet.pages}
    return [one for one in in_force(corrections) if one.page not in (pages if one.field == STARTS else letters)]


def _corrected(letter: Letter, standing: Sequence[Correction]) -> Letter:
    found = letter
    for one in standing:
        if letter.pages and one.page == letter.pages[0] and one.field != STARTS:
            found = _decided(found, one)
    return _received_anew(letter, found)


def _received_anew(before: Letter, letter: Letter) -> Letter:
    """The letter with the doubts about its date that its received stamps raise now, and without those they raised
    before; a date that a person decided is not doubted."""
    old, new = received_early(before), received_early(letter)
    decided = any(repair.rule == PERSON for repair in letter.date.repairs)
    raised = () if decided else (doubt for doubt in new if doubt not in old)
    kept = (doubt for doubt in letter.review if doubt not in old or doubt in new)
    return letter if old == new else replace(letter, review=(*kept, *raised))


def _decided(letter: Letter, one: Correction) -> Letter:
    if one.verdict is Verdict.SEEN:
        return _settled(letter, one.field)
    if one.field in ITEMS:
        return corrected_items(letter, one)
    return _settled(replace(letter, **{one.field: _value(letter, one)}), one.field)


def _value(letter: Letter, one: Correction) -> Any:
    if one.field in READINGS:
        return _reading(getattr(letter, one.field), one)
    if one.field == "kind":
        return Kind(one.after or Kind.EXTERNAL)
    if one.field == SIGNATORY:
        return _signatory(letter.signatory, one.after)
    known = {recipient.name: recipient for recipient in letter.recipients}
    return tuple(known.get(name) or Recipient(name, name.find(_EVERYONE) >= 0)
                 for name in (one.after or "").splitlines() if name)


def _reading(reading: Reading[Any], one: Correction) -> Reading[Any]:
    """The reading with the value decided; what the program had read stays in the repair, nothing else competes."""
    value = reading.value if written(reading.value) == one.after else read_back(one.field, one.after)
    earlier = next((repair for repair in reading.repairs if repair.rule == PERSON), None)
    read = earlier.before if earlier else written(reading.value) or ""
    words = "ผู้ตรวจยืนยัน" if read == (one.after or "") else "ผู้ตรวจแก้ไข"
    repair = Repair(PERSON, read, one.after or "", f"{words} ({one.actor})" if one.actor else words)
    kept = tuple(other for other in reading.repairs if other.rule != PERSON)
    # A class that a person found not to be there must not close the letter by what was printed.
    printed = reading.printed if value is not None else ""
    return replace(reading, value=value, printed=printed, confidence=1.0, repairs=(*kept, repair), rivals=())


def _signatory(read: Signatory | None, after: str | None) -> Signatory | None:
    """Who signed, as decided; the post as printed, in whose name included, is parted as it is in reading."""
    if after is None:
        return None
    if read is not None and written(read) == after:
        return replace(read, confidence=1.0)
    name, post = parts_of(SIGNATORY, after)
    position, kind, principal = acting_parts([post] if post else [])
    return Signatory(name, position, kind, principal, read.evidence if read else None)


def _settled(letter: Letter, field: str) -> Letter:
    """The letter without the doubts about a field."""
    return replace(letter, review=tuple(doubt for doubt in letter.review if doubt.field != field))
