"""Decisions about single entries of a letter's lists: citations, enclosures, deadlines, received stamps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from letters import (
    Deadline,
    DeadlineKind,
    Doubt,
    Enclosure,
    Letter,
    LetterDate,
    Reading,
    ReceivedStamp,
    Reference,
    Relation,
)
from parsing.corrections.model import Correction, Verdict, date_of, number_of, parts_of, written

_PLACED = re.compile(r"(\w+)\[(\d+)\]")

_UNMATCHED = Doubt("", "ผู้ตรวจเคยแก้รายการนี้ แต่การอ่านครั้งนี้ไม่พบรายการเดิม โปรดดูว่าซ้ำกับรายการอื่นหรือไม่")


def corrected_items(letter: Letter, one: Correction) -> Letter:
    """The letter with an entry changed, added or removed.

    A changed entry that this parse does not show is added all the same, with a doubt: it may now stand there twice.
    """
    items = list(getattr(letter, one.field))
    keys = [written(item) for item in items]
    if one.verdict is Verdict.REMOVE:
        return _without(letter, one.field, keys.index(one.before)) if one.before in keys else letter
    if one.after is None:
        return letter
    old = one.before if one.verdict is Verdict.SET and one.before in keys else one.after
    if old in keys:
        place = keys.index(old)
        items[place] = _changed(one.field, items[place], one.after)
        return _with(letter, one.field, items, place)
    items.append(_changed(one.field, None, one.after))
    letter = _with(letter, one.field, items, len(items) - 1)
    if one.verdict is Verdict.ADD:
        return letter
    return replace(letter, review=(*letter.review, replace(_UNMATCHED, field=f"{one.field}[{len(items) - 1}]")))


def _with(letter: Letter, field: str, items: list[Any], place: int) -> Letter:
    review = tuple(doubt for doubt in letter.review if doubt.field != f"{field}[{place}]")
    changed: dict[str, Any] = {field: tuple(items), "review": review}
    return replace(letter, **changed)


def _without(letter: Letter, field: str, place: int) -> Letter:
    items = getattr(letter, field)
    moved = (_moved(doubt, field, place) for doubt in letter.review)
    changed: dict[str, Any] = {field: (*items[:place], *items[place + 1:]), "review": tuple(filter(None, moved))}
    return replace(letter, **changed)


def _moved(doubt: Doubt, field: str, gone: int) -> Doubt | None:
    """The doubt with the place its entry has once another is gone; ``None`` for one about the entry that is gone."""
    found = _PLACED.fullmatch(doubt.field)
    if found is None or found[1] != field or int(found[2]) < gone:
        return doubt
    return None if int(found[2]) == gone else replace(doubt, field=f"{field}[{int(found[2]) - 1}]")


def _changed(field: str, item: Any, after: str) -> Any:
    """The entry as decided, on what is known of it already."""
    if item is None or written(item) != after:
        return _MAKERS[field](item, *parts_of(field, after))
    if isinstance(item, Reference):
        return item
    return replace(item, confidence=1.0, **(_SETTLED if isinstance(item, ReceivedStamp) else {}))


def _reference(item: Reference | None, date: str, name: str) -> Reference:
    """Raises ``ValueError`` for a date that is none; a name that is no number is a title."""
    known = item or Reference(Relation.REFERENCE, Reading(), Reading())
    known = replace(known, date=_sure(known.date, date_of(date) if date else None))
    try:
        return replace(known, number=_sure(known.number, number_of(name) if name else None))
    except ValueError:
        return replace(known, number=_sure(known.number, None), title=name)


def _deadline(item: Deadline | None, date: str, text: str) -> Deadline:
    known = item or Deadline(DeadlineKind.DATE, text, sentence=text)
    day: LetterDate | None = date_of(date, day_meant=False) if date else None
    kind = DeadlineKind.DATE if day and known.kind is not DeadlineKind.EVENT else known.kind
    return replace(known, kind=kind, text=text, date=day, confidence=1.0)


def _enclosure(item: Enclosure | None, count: str, text: str) -> Enclosure:
    return replace(item or Enclosure(text), text=text, count=count or None, confidence=1.0)


def _stamp(item: ReceivedStamp | None, date: str, number: str, time: str, office: str) -> ReceivedStamp:
    return replace(item or ReceivedStamp(), office=office or None, number=number or None, time=time or None,
                   date=date_of(date) if date else None, confidence=1.0, **_SETTLED)


_SETTLED: Mapping[str, Any] = {"doubts": (), "maybe_numbers": (), "maybe_dates": ()}
"""Of a stamp that a person decided nothing is in doubt."""

_MAKERS: Mapping[str, Callable[..., Any]] = {
    "references": _reference, "enclosures": _enclosure, "deadlines": _deadline, "received_stamps": _stamp}
"""What makes an entry, by its list: of the entry as known (``None``: new) and its parts as written."""


def _sure(reading: Reading[Any], value: Any) -> Reading[Any]:
    return reading if reading.value == value else replace(reading, value=value, confidence=1.0, rivals=())
