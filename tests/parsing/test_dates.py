"""Every way a Thai letter prints a date."""

import datetime as dt
from itertools import product

import pytest

from letters import LetterDate, Precision
from letters.date import MONTHS, SHORT_MONTHS
from letters.text import thai
from ocr.confusions import load
from parsing.dates import find_dates, read_date
from parsing.tables import table
from parsing.weekdays import SHARED, WEEKDAYS

NAMES = list(zip(MONTHS, SHORT_MONTHS, [name.replace(".", "") for name in SHORT_MONTHS], strict=True))
TEMPLATES = (
    "{day} {month} 2566",
    "{day}  {month}  พ.ศ. 2566",
    "{day} {month} พ.ศ.2566",
    "{day} {month} 66",
    "{day} {month} 2023",
    "{day} {month} ค.ศ. 2023",
    "{day}{month}2566",
    "{day} เดือน {month} พุทธศักราช 2566",
)


def written() -> list[tuple[str, str]]:
    """Day, month and year in every way of writing each, with their ISO day."""
    rows = []
    for number, names in enumerate(NAMES, 1):
        for name, day, template in product(names, (9, 24), TEMPLATES):
            if name == names[2] and "{month}2566" in template:
                continue  # "9มค2566" is no way to write a date
            printed = template.format(day=day, month=name)
            rows += [(printed, f"2023-{number:02d}-{day:02d}"), (thai(printed), f"2023-{number:02d}-{day:02d}")]
    return rows


def with_weekday() -> list[tuple[str, str]]:
    """Weekday and date that agree, in a sentence's words."""
    rows = []
    for number, month in enumerate(MONTHS, 1):
        for day, template in product((3, 14, 28), ("วัน{weekday}ที่ {day} {month} 2566", "{weekday} {day} {month} 66")):
            date = dt.date(2023, number, day)
            printed = template.format(weekday=WEEKDAYS[date.weekday()], day=day, month=month)
            rows.append((thai(printed) if day == 14 else printed, date.isoformat()))
    return rows


def numeric() -> list[tuple[str, str]]:
    """Numbers only, with the three signs between them."""
    rows = []
    for number, sign, year in product(range(1, 13), "/-.", ("2566", "66")):
        printed = f"9{sign}{number}{sign}{year}"
        rows += [(printed, f"2023-{number:02d}-09"), (thai(printed), f"2023-{number:02d}-09")]
    return rows


def misspelt() -> list[tuple[str, str]]:
    """Each misspelling of the table of months."""
    rows = [row for row in table("months") if row["source"] == "misspelt"]
    return [(f"9 {row['form']} 2566", f"2023-{int(row['month']):02d}-09") for row in rows]


def toneless() -> list[tuple[str, str]]:
    """Month names that lost one mark in reading."""
    rows = []
    for number, month in enumerate(MONTHS, 1):
        rows += [
            (f"๙ {month[:place]}{month[place + 1 :]} ๒๕๖๖", f"2023-{number:02d}-09")
            for place, sign in enumerate(month)
            if sign in MARKS
        ]
    return rows


MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
TABLE = [*written(), *with_weekday(), *numeric(), *misspelt(), *toneless()]


def test_the_table_holds_five_hundred_forms():
    assert len({printed for printed, _ in TABLE}) >= 500


@pytest.mark.parametrize(("printed", "iso"), TABLE, ids=lambda text: text.replace("\n", " "))
def test_every_way_to_write_a_day(printed, iso):
    found = find_dates(f"ลงวันที่ {printed} จำนวน 1 ชุด")
    assert [date.reading.value for date in found] == [LetterDate.of(dt.date.fromisoformat(iso))]
    assert not found[0].reading.rivals


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("ภายในวันศุกร์ที่ ๒๔ มีนาคม ๒๕๖๖", "2023-03-24", Precision.DAY),
        ("วันพุธที่ 10 พฤศจิกายน 2553 เวลา 13.00 น.", "2010-11-10", Precision.DAY),
        ("๑๖/๖/๖๔", "2021-06-16", Precision.DAY),
        ("16-06-2564", "2021-06-16", Precision.DAY),
        ("5 กรกฏาคม 2566", "2023-07-05", Precision.DAY),
        ("5 พฤศจิกาย 2566", "2023-11-05", Precision.DAY),
        ("๓ มิถนายน ๒๕๖๖", "2023-06-03", Precision.DAY),
        ("ภายในเดือนมีนาคม ๒๕๖๖", "2023-03", Precision.MONTH),
        ("....... มีนาคม 2566", "2023-03", Precision.UNKNOWN_DAY),
        ("๒๔ พฤษภาคม\n๒๕๖๔", "2021-05-24", Precision.DAY),
        ("๒๔ พฤษ\nภาคม ๒๕๖๔", "2021-05-24", Precision.DAY),
        ("เดือนตุลาคม ปี ๒๕๖๕", "2022-10", Precision.MONTH),
        ("ประจำเดือน ธ.ค. 65", "2022-12", Precision.MONTH),
        ("..... ก.ย. 66", "2023-09", Precision.UNKNOWN_DAY),
        ("๒๙ กุมภาพันธ์ ๒๕๖๗", "2024-02-29", Precision.DAY),
    ],
)
def test_other_forms(text, iso, precision):
    value = read_date(text).value
    assert value is not None
    assert (value.iso, value.precision) == (iso, precision)


@pytest.mark.parametrize(
    "text", ["", "มีนาคม", "ต่อ ๑๑๐๗", "15 March 2023", "๓๒/๑๓/๖๔", "๒๕๖๔", "0-2241-9000", "ที่ มท ๐๘๑๐.๗/ว ๙๐๘"]
)
def test_what_is_no_date(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ระหว่างวันที่ ๑๑ พฤศจิกายน – ๑๕ ธันวาคม ๒๕๕๓", "2010-11-11", "2010-12-15"),
        ("ระหว่างวันที่ 19 - 27 สิงหาคม 2567", "2024-08-19", "2024-08-27"),
        ("ตั้งแต่วันที่ ๑๑ ถึงวันที่ ๑๕ ต.ค. ๖๔", "2021-10-11", "2021-10-15"),
        ("วันที่ 5 และ 6 มีนาคม 2566", "2023-03-05", "2023-03-06"),
        ("วันที่ 28 ธันวาคม – 3 มกราคม 2567", "2023-12-28", "2024-01-03"),
        ("1 ตุลาคม 2565 – 30 กันยายน 2566", "2022-10-01", "2023-09-30"),
        ("1 ต.ค. 65 ถึงวันที่ 30 ก.ย. 66", "2022-10-01", "2023-09-30"),
        ("วันที่ 11 - วันศุกร์ที่ 15 ธันวาคม 2566", "2023-12-11", "2023-12-15"),
    ],
)
def test_a_range_has_a_first_and_a_last_day(text, first, last):
    found = find_dates(text)
    assert [(date.first.iso, date.reading.value.iso) for date in found] == [(first, last)]


@pytest.mark.parametrize("text", ["1 ตุลาคม 2565 และวันที่ 30 กันยายน 2566", "1 ต.ค. 65, 30 ก.ย. 66"])
def test_two_days_are_no_range(text):
    assert [(date.first, date.reading.value.iso) for date in find_dates(text)] == [
        (None, "2022-10-01"),
        (None, "2023-09-30"),
    ]


@pytest.mark.parametrize(
    ("read", "iso", "rule"),
    [
        ("วันที่ ๒o มิถุนายน ๒๕๖๖", "2023-06-20", "letter for digit"),
        ("วันที่ l5 มิถุนายน 2566", "2023-06-15", "letter for digit"),
        ("วันที่ ๒ ๔ มิถุนายน ๒๕๖๖", "2023-06-24", "blank in date"),
        ("วันที่ ๒๔ มิถุนายน ๒๕ ๖๖", "2023-06-24", "blank in date"),
        ("วันที่ 24 มิถุนายน 2 5 6 6", "2023-06-24", "blank in date"),
        ("วันที่ ๒๔ มิถุนายน ๒๕๖  ๖", "2023-06-24", "blank in date"),
        ("๕ กรกฏาคม ๒๕๖๖", "2023-07-05", "misspelt month"),
    ],
)
def test_what_ocr_does_to_a_date_is_mended_with_its_reason(read, iso, rule):
    reading = read_date(read)
    assert reading.value.iso == iso
    assert [repair.rule for repair in reading.repairs] == [rule]
    assert reading.printed in read
    assert all(0 < repair.confidence <= 1 and repair.reason for repair in reading.repairs)


def test_a_date_without_a_year_is_the_next_one_and_says_so():
    found = find_dates("ภายในวันที่ ๕ มกราคม", near=dt.date(2022, 11, 9))[0]
    assert found.reading.value.iso == "2023-01-05"
    assert [repair.rule for repair in found.reading.repairs] == ["year from the letter's date"]
    assert find_dates("ภายในวันที่ ๕ มกราคม") == []


def test_a_doubled_digit_is_mended_with_its_reason():
    reading = read_date("๒๗๗ กุมภาพันธ์ ๒๕๖๖")
    assert reading.value == LetterDate(2023, 2, 27)
    assert [(repair.rule, repair.before, repair.after) for repair in reading.repairs] == [
        ("doubled digit", "277", "27")
    ]


def test_an_impossible_day_without_a_rule_stays_unknown_with_rivals():
    reading = read_date("๓๕ มีนาคม ๒๕๖๖")
    assert reading.value.precision is Precision.UNKNOWN_DAY
    assert {rival.value.day for rival in reading.rivals} == {3, 5}


def test_a_weekday_that_disagrees_leaves_rivals_one_digit_apart():
    reading = read_date("วันจันทร์ที่ ๒๙ มีนาคม ๒๕๖๖")  # a Wednesday
    assert reading.value.day == 29
    assert {rival.value.day for rival in reading.rivals} == {20, 27}
    assert reading.confidence < 0.7


def test_rivals_by_weekday_are_ranked_by_measured_confusions():
    reading = read_date("วันจันทร์ที่ ๒๙ มีนาคม ๒๕๖๖")
    shares = [rival.confidence for rival in reading.rivals]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(SHARED)
    likelier = max((20, 27), key=lambda day: load().likelihood("๙", "๐๗"[day == 27]))
    assert reading.rivals[0].value.day == likelier
