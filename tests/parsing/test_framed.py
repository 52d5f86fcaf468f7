"""Received stamps read row by row: labels by likeness, days by hand with the letter's date as a witness."""

from __future__ import annotations

import pytest

from letters import Alternative, Ink, LetterDate, Line, Page, Precision, Source, Word
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
    day = day_received(entered, sent).value
    assert (day.iso if day else None) == received


@pytest.mark.parametrize(("readings", "sent", "received"), [
    ({"17": 0.5, "19": 0.4}, LetterDate(2023, 1, 18), "2023-01-19"),   # the 17th is before the letter
    ({"21": 0.5, "20": 0.45}, LetterDate(2023, 1, 18), "2023-01-20"),  # the 21st is a Saturday
    ({"20": 0.4, "23": 0.4}, LetterDate(2023, 1, 18), "2023-01-20"),   # the sooner the likelier
    ({"24": 0.98}, LetterDate(2023, 1, 18), "2023-01-24"),
    ({"11": 0.3, "17": 0.25}, LetterDate(2023, 1, 18), None),          # neither can be
    ({"25": 0.9}, LetterDate(2023, 1, precision=Precision.UNKNOWN_DAY), "2023-01-25"),
])
def test_what_a_day_by_hand_may_be_is_weighed_with_the_letters_date(
    readings: dict[str, float], sent: LetterDate, received: str | None
) -> None:
    ranked = [Alternative(text, share) for text, share in readings.items()]
    day = day_received(f"{ranked[0].text} ม.ค. 66", sent, ranked).value
    assert (day.iso if day else None) == received


def by_hand(label: str, rest: str, *ranked: tuple[str, float]) -> Line:
    (text, trust), *others = ranked
    rivals = tuple(Alternative(*one) for one in others)
    words = (Word(label, 0.9), Word(text, trust, rivals=rivals, ink=Ink.HAND))
    return Line(f"{label}  {text}{rest}", words, ink=Ink.STAMP)


@pytest.mark.parametrize(("ranked", "number", "doubtful"), [
    ([("271/66", 0.97), ("277/66", 0.02)], "271/66", False),
    ([("271/46", 0.5), ("271/66", 0.4)], "271/66", False),     # the year of a letter of 2566 BE
    ([("271166", 0.8), ("27166", 0.1)], "271/66", True),       # a slash that looks like a 1
    ([("271766", 0.97)], "271/66", False),                     # or like a 7
    ([("271/16", 0.97)], "271/66", False),                     # no year of such a letter: misread
    ([("271/2966", 0.97)], "271/2566", False),
    ([("271142", 0.97)], "271142", False),                     # no year of such a letter
    ([("271/66/6", 0.97)], "271/66", False),                   # a stroke too many
    ([("271/", 0.97)], "271/66", False),
    ([("211", 0.6), ("217", 0.3)], "211", True),
    ([("211", 0.4), ("217", 0.3), ("271", 0.2)], None, True),  # nothing is likely enough
])
def test_received_number_by_hand(ranked: list[tuple[str, float]], number: str | None, doubtful: bool) -> None:
    rows = (by_hand("เลขรับที่", "", *ranked), by_hand("วันที่", " ม.ค. 66", ("19", 0.97)))
    ((_, stamp),) = framed_stamps(rows_of(Page(1, rows, Source.OCR)), SENT)
    assert (stamp.number, stamp.date.iso if stamp.date else None) == (number, "2023-01-19")
    assert [ranked[0][0] in doubt.reason for doubt in stamp.doubts] == [True] * doubtful
    assert all(one in stamp.doubts[0].reason for one in stamp.maybe_numbers) and bool(stamp.maybe_numbers) == doubtful


@pytest.mark.parametrize(("label", "number"), [
    ("เลขรับที่  ลับ", "ลับ 44"),
    ("เลขรับที่  ล", "ล 44"),
    ("เลขฆรัล", "44"),              # a label that ends like one
])
def test_register_of_secret_letters_counts_apart(label: str, number: str) -> None:
    rows = (by_hand(label, "", ("44", 0.97)), by_hand("วันที่", " ม.ค. 66", ("19", 0.97)))
    ((_, stamp),) = framed_stamps(rows_of(Page(1, rows, Source.OCR)), SENT)
    assert stamp.number == number


def stamp_page(*texts: str, ink: Ink = Ink.STAMP) -> Page:
    return Page(1, tuple(Line(text, ink=ink) for text in texts), Source.OCR)


def test_rows_of_a_stamp_are_put_together() -> None:
    page = stamp_page("ขอแสดงความ", "เทศบาลตำบลบ้านใหม่", "เลนรับที  2 71/66", "วันที  19 ม.ค. 66", "เวลา  10.3๐",
                      "องค์การบริหารส่วนตำบลนาดี", "รับที่ 45", "วันเดือนปี 20 ม.ค. 66")
    (places, first), (others, second) = framed_stamps(rows_of(page), SENT)
    assert (first.office, first.number, first.time) == ("เทศบาลตำบลบ้านใหม่", "271/66", "10:30")
    assert (second.office, second.number, second.time) == ("องค์การบริหารส่วนตำบลนาดี", "45", None)
    assert [stamp.date.iso for stamp in (first, second) if stamp.date] == ["2023-01-19", "2023-01-20"]
    assert (places, others) == (range(1, 5), range(5, 8))
    assert first.evidence


@pytest.mark.parametrize(("row", "time"), [
    ("เวลา  10.30", "10:30"), ("เวลา 9:05 น.", "09:05"), ("เวลา 06.80", None), ("เวลา 25.10", None), ("เวลา", None),
])
def test_hour_of_a_stamp_is_one_that_a_clock_has(row: str, time: str | None) -> None:
    ((_, stamp),) = framed_stamps(rows_of(stamp_page("รับที่ 45", "วันที่ 20 ม.ค. 66", row)), SENT)
    assert stamp.time == time


@pytest.mark.parametrize("page", [
    stamp_page("เลขรับที่ 271", "วันที่ 19 ม.ค. 66", ink=Ink.PRINT),   # print is no stamp's row
    stamp_page("วันที่ 19 ม.ค. 66"),                                    # a date alone
    stamp_page("ด่วนที่สุด", "ทราบ"),
])
def test_other_rows_are_no_stamp(page: Page) -> None:
    assert not list(framed_stamps(rows_of(page), SENT))
