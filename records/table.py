"""Entries as a table and back: one row per entry, or one per item where a form has a repeated field.

Columns are ``office`` (code), ``fiscal_year`` (BE), then the form's keys; a group's parts are ``group.part``. Rows of
the same office and year belong to one entry: its repeated values come one per row, the rest from the first row with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from letters.date import BE_OFFSET
from letters.text import arabic
from records.check import check_data
from records.form import Field, FieldType, Form

OFFICE, YEAR = "office", "fiscal_year"
Row = Mapping[str, object]

_YES, _NO = ("ใช่", "มี", "yes", "true", "1"), ("ไม่ใช่", "ไม่มี", "no", "false", "0")
_YEARS = range(2500, 2700)


@dataclass(frozen=True, slots=True)
class Draft:
    """Data for one entry out of a table, and the number of its first row (the header is row 1)."""

    office: str
    fiscal_year: int
    data: dict[str, Any]
    row: int


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong in a table: row (the header is 1), column, and what is expected, in Thai."""

    row: int
    column: str
    message: str


class _Unreadable(Exception):
    """A cell that is nothing its field can hold."""


def columns(form: Form) -> list[str]:
    """The header of a form's table."""
    return [OFFICE, YEAR, *(name for field in form.fields for name in _names(field))]


def to_rows(form: Form, drafts: Iterable[Draft]) -> Iterator[dict[str, object]]:
    """The rows of entries, in the order given."""
    for draft in drafts:
        count = max((len(draft.data.get(field.key) or ()) for field in form.fields if field.repeat), default=1)
        for place in range(max(count, 1)):
            row: dict[str, object] = {OFFICE: draft.office, YEAR: draft.fiscal_year}
            for field in form.fields:
                row |= _cells(field, draft.data.get(field.key), place)
            yield row


def from_rows(form: Form, rows: Iterable[Row], offices: Iterable[str]) -> tuple[list[Draft], list[RowFault]]:
    """The entries of a table and all that is wrong with it, by row. ``offices``: the codes that are known.

    An entry with any fault is left out, so that nothing is taken in half.
    """
    numbered = [(number, row) for number, row in enumerate(rows, start=2) if not all(map(_empty, row.values()))]
    if numbered and (lacking := [name for name in columns(form) if name not in numbered[0][1]]):
        return [], [RowFault(1, ", ".join(lacking), "ไม่มีคอลัมน์นี้")]
    drafts, faults = _gather(form, numbered, set(offices))
    bad = {(draft.office, draft.fiscal_year) for draft, wrong in drafts if wrong}
    for draft, wrong in drafts:
        found = [] if wrong else check_data(form, draft.data)
        faults += [RowFault(draft.row, fault.path, fault.message) for fault in found]
        if found:
            bad.add((draft.office, draft.fiscal_year))
    good = [draft for draft, _ in drafts if (draft.office, draft.fiscal_year) not in bad]
    return good, sorted(faults, key=lambda fault: fault.row)


def _gather(form: Form, rows: Iterable[tuple[int, Row]],
            known: set[str]) -> tuple[list[tuple[Draft, bool]], list[RowFault]]:
    """The entries of the rows, each with whether a cell of it could not be read, and those cells' faults."""
    faults: list[RowFault] = []
    gathered: dict[tuple[str, int], tuple[Draft, list[RowFault]]] = {}
    for number, row in rows:
        key, wrong = _key(row, known, number)
        faults += wrong
        if key is not None:
            draft, unread = gathered.setdefault(key, (Draft(*key, {}, number), []))
            unread += _take(form, row, draft.data, number)
    faults += [fault for _, unread in gathered.values() for fault in unread]
    return [(draft, bool(unread)) for draft, unread in gathered.values()], faults


def _names(field: Field) -> list[str]:
    return [f"{field.key}.{part.key}" for part in field.fields] or [field.key]


def _cells(field: Field, value: Any, place: int) -> dict[str, object]:
    """The cells of one field in the row of its ``place``-th item."""
    if field.repeat:
        items = value or []
        value = items[place] if place < len(items) else None
    elif place:
        value = None  # single fields stand in the first row only
    if field.type is FieldType.GROUP:
        return {f"{field.key}.{part.key}": _shown(part, (value or {}).get(part.key)) for part in field.fields}
    return {field.key: _shown(field, value)}


def _shown(field: Field, value: Any) -> object:
    if value is None:
        return ""
    return (_YES[0] if value else _NO[0]) if field.type is FieldType.YES_NO else value


def _key(row: Row, known: set[str], number: int) -> tuple[tuple[str, int] | None, list[RowFault]]:
    office, year = _text(row[OFFICE]), _text(row[YEAR])
    faults = []
    if office not in known:
        faults.append(RowFault(number, OFFICE, f"ไม่รู้จักรหัสหน่วยงาน {office or '(ว่าง)'}"))
    if not year.isdigit() or int(year) not in _YEARS:
        faults.append(RowFault(number, YEAR, "ต้องเป็นปีงบประมาณ พ.ศ. 4 หลัก"))
    return (None if faults else (office, int(year))), faults


def _take(form: Form, row: Row, data: dict[str, Any], number: int) -> list[RowFault]:
    """Puts one row's cells into the entry's data; gives the cells that could not be read."""
    faults: list[RowFault] = []
    for field in form.fields:
        values: dict[str, Any] = {}
        for part, name in zip(field.fields or (field,), _names(field), strict=True):
            try:
                if not _empty(row[name]):
                    values[part.key] = _read(part, row[name])
            except _Unreadable as error:
                faults.append(RowFault(number, name, str(error)))
        if values:
            _put(field, values if field.fields else values[field.key], data)
    return faults


def _put(field: Field, value: Any, data: dict[str, Any]) -> None:
    if field.repeat:
        data.setdefault(field.key, []).append(value)
    else:
        data.setdefault(field.key, value)


def _read(field: Field, cell: object) -> Any:
    """A cell as its field's value. Raises :class:`_Unreadable`."""
    text = _text(cell)
    try:
        if field.type is FieldType.INTEGER:
            return int(text.replace(",", "").removesuffix(".0"))
        if field.type is FieldType.MONEY:
            return float(text.replace(",", ""))
        if field.type is FieldType.DATE:
            return _day(cell, text)
    except ValueError as error:
        what = "วันที่ เช่น 2023-03-24 หรือ 24/3/2566" if field.type is FieldType.DATE else "ตัวเลข"
        raise _Unreadable(f"{field.label.th}: {text!r} ไม่ใช่{what}") from error
    if field.type is FieldType.YES_NO:
        return _yes_no(field, text)
    if field.type is FieldType.CHOICE:
        names = {choice.label.th: choice.value for choice in field.choices}
        return names.get(text, text)
    return text if field.type in (FieldType.URL, FieldType.EMAIL, FieldType.FILE) else _kept(cell)


def _yes_no(field: Field, text: str) -> bool:
    if text.lower() not in _YES + _NO:
        raise _Unreadable(f"{field.label.th}: {text!r} ไม่ใช่ ใช่ หรือ ไม่ใช่")
    return text.lower() in _YES


def _day(cell: object, text: str) -> str:
    """ISO day (CE) from a date cell, an ISO day, or day/month/year of the Buddhist era."""
    if isinstance(cell, dt.datetime | dt.date):
        return (cell.date() if isinstance(cell, dt.datetime) else cell).isoformat()
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = (int(part) for part in found.groups())
        return dt.date(year - BE_OFFSET if year in _YEARS else year, month, day).isoformat()
    return dt.date.fromisoformat(text).isoformat()


def _empty(cell: object) -> bool:
    return cell is None or _text(cell) == ""


def _text(cell: object) -> str:
    """A cell's text in Arabic digits; whole numbers of a spreadsheet without their .0."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return arabic(str(cell)).strip() if cell is not None else ""


def _kept(cell: object) -> str:
    """Free text as it was written, digits of both scripts included."""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()
