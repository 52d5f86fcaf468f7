"""Received stamps read row by row: labels by likeness, days by hand with the letter's date as a witness."""

from __future__ import annotations

import pytest

from letters import Alternative, Ink, LetterDate, Line, Page, Source
from parsing.fields.framed import day_received, framed_stamps
from parsing.flow import rows_of

SENT = LetterDate(2023, 1, 17)


@pytest.mark.parametrize(("entered", "sent", "received"), [
    ("19 ม.ค. 66", SENT, "2023-01-19"),
    ("19 ม.ค. 2566", None, "2023-01-19"),
    ("19  มม.ค๑.  6๕๐", SENT, "2023-01-19"),   # a month read badly: the day leaves one in the next weeks
    ("2 ก.พ. 66", SENT, "2023-02-02"),
    ("2  7.พ. ๕", SENT, "2023-02-02"),
    ("3  ธ.ค. 65", SENT, None),                 # before the letter was written, and long after it otherwise
    ("1# ม.ค. 66", SENT, None),                 # half a day is none
    ("19  ๙.๙.  66", None, None),               # nothing settles the month
    ("19 ม.ย. 66", None, None),                 # April or June
    ("", SENT, None),
])
def test_day_of_receipt(entered: str, sent: LetterDate | None, received: str | None) -> None:
    day = day_received(entered, sent)
    assert (day.iso if day else None) == received


def test_what_else_a_day_may_be_counts_with_the_letters_date() -> None:
    rivals = (Alternative("19", 0.5), Alternative("13", 0.2))
    day = day_received("17 ม.ค. 66", LetterDate(2023, 1, 18), rivals)  # the 17th is before the letter
    assert day and day.iso == "2023-01-19"


def stamp_page(*texts: str, ink: Ink = Ink.STAMP) -> Page:
    return Page(1, tuple(Line(text, ink=ink) for text in texts), Source.OCR)


def test_rows_of_a_stamp_are_put_together() -> None:
    page = stamp_page("ขอแสดงความ", "เทศบาลตำบลบ้านใหม่", "เลนรับที  2 71/66", "วันที  19 ม.ค. 66", "เวลา  10.3๐",
                      "องค์การบริหารส่วนตำบลนาดี", "รับที่ 45", "วันที่ 20 ม.ค. 66")
    (places, first), (others, second) = framed_stamps(rows_of(page), SENT)
    assert (first.office, first.number, first.time) == ("เทศบาลตำบลบ้านใหม่", "271/66", "10:30")
    assert (second.office, second.number, second.time) == ("องค์การบริหารส่วนตำบลนาดี", "45", None)
    assert [stamp.date.iso for stamp in (first, second) if stamp.date] == ["2023-01-19", "2023-01-20"]
    assert (places, others) == (range(1, 5), range(5, 8))
    assert first.evidence


@pytest.mark.parametrize("page", [
    stamp_page("เลขรับที่ 271", "วันที่ 19 ม.ค. 66", ink=Ink.PRINT),   # print is no stamp's row
    stamp_page("วันที่ 19 ม.ค. 66"),                                    # a date alone
    stamp_page("ด่วนที่สุด", "ทราบ"),
])
def test_other_rows_are_no_stamp(page: Page) -> None:
    assert not list(framed_stamps(rows_of(page), SENT))
