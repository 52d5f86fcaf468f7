"""Received stamps: each office that a letter passed puts its own on the paper (DOMAIN section 2)."""

from __future__ import annotations

import re

from letters import LetterDate, ReceivedStamp
from letters.text import arabic
from parsing import labels
from parsing.dates import read_date
from parsing.fields.framed import framed_stamps
from parsing.flow import Flow, Row
from parsing.parts import Part
from parsing.sheet import Sheet

_RECEIVED_NUMBER = re.compile(
    r"(?:เลขทะเบียนรับ|ทะเบียนรับ|เลขที่รับ|เลขรับที่|เลขรับ|รับที่)\s*(?:ที่)?\s*[.…]*\s*(?P<number>(?:ลับ(?:มาก|ที่สุด)?\s?)?\d{1,6}(?:\s?/\s?\d{2,4})?)"
)
# The day stands on a row of its own, or behind the number: เลขรับที่ 12 วันที่ 14 ก.ค. 65 เวลา 15.50 น.
_STAMP_DATE = re.compile(r"(?:^|(?<=[\s\d]))\s*วัน\s?ท[ีิ]่?\s*[.…]*\s*(?P<date>.+?)\s*(?:เวลา.*)?$")
_STAMP_TIME = re.compile(r"เวลา\s*[.…]*\s*(?P<hour>\d{1,2})\s?[.:]\s?(?P<minute>[0-5]\d)")


def find_stamps(sheet: Sheet, letter_date: LetterDate | None = None) -> tuple[ReceivedStamp, ...]:
    """Received stamps (office, number, date, time) as far as readable, from stamp rows and the rows around them.

    ``letter_date`` helps to read a day of receipt entered by hand."""
    framed = list(framed_stamps(sheet.rows, letter_date))
    taken = {id(row) for places, _ in framed for row in sheet.rows[places.start : places.stop]}
    loose = [(row, part) for row, part in zip(sheet.rows, sheet.parts, strict=True) if id(row) not in taken]
    return (*(stamp for _, stamp in framed), *_loose_stamps(loose))


def _loose_stamps(found: list[tuple[Row, Part]]) -> tuple[ReceivedStamp, ...]:
    """Stamps among rows that were read as lines of the page."""
    rows = [
        row
        for row, part in found
        if part in (Part.STAMP, Part.HEAD, Part.NOTE) and row.text.strip()
    ]
    marks = [index for index, row in enumerate(rows) if labels.STAMP.search(row.text)]
    stamps = [_stamp(rows, index) for index in marks]
    numbered = [i for i, stamp in zip(marks, stamps, strict=True) if stamp.number]
    return tuple(
        stamp
        for i, stamp in zip(marks, stamps, strict=True)
        if stamp.number or (stamp.date and not any(abs(i - other) <= 2 for other in numbered))
    )


def _stamp(rows: list[Row], index: int) -> ReceivedStamp:
    above = rows[index - 1].text.strip() if index else ""
    number = _RECEIVED_NUMBER.search(rows[index].folded)
    date = time = None
    for row in rows[index : index + 4]:
        text = row.folded
        dated, timed = _STAMP_DATE.search(text), _STAMP_TIME.search(text)
        date = date or (_stamp_day(dated["date"]) if dated else None)
        time = time or (f"{int(timed['hour']):02d}:{timed['minute']}" if timed and int(timed["hour"]) < 24 else None)
    flow = Flow((rows[index],))
    office = above if above and len(above) < 60 and not re.search(r"\d{3}|ถนน|วันที่|เวลา", arabic(above)) else None
    return ReceivedStamp(
        office,
        re.sub(r"(?<=\d)\s+|\s+(?=/)", "", number["number"]) if number else None,
        date,
        time,
        flow.evidence(0, len(rows[index].text)),
    )


def _stamp_day(text: str) -> LetterDate | None:
    value = read_date(text).value
    return value if value and value.date else None
