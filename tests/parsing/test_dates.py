"""Every way a Thai letter prints a date."""

import datetime as dt
from itertools import product

import pytest

from letters import LetterDate, Precision
from letters.date import MONTHS, SHORT_MONTHS
from letters.text import thai
from parsing.dates import find_dates, read_date

WHOLE = [
    (template.format(day=day, month=month, year=year), number)
    for number, names in enumerate(
        zip(MONTHS, SHORT_MONTHS, [name.replace(".", "") for name in SHORT_MONTHS], strict=True), 1
    )
    for month, day, (template, year) in product(
        names,
        (9, 24),
        (
            ("{day} {month} {year}", 2566),
            ("{day}  {month}  พ.ศ. {year}", 2566),
            ("{day} {month} {year}", 66),
            ("{day} {month} {year}", 2023),
        ),
    )
]


@pytest.mark.parametrize(("text", "month"), WHOLE)
def test_day_month_year_in_both_digit_scripts(text, month):
    for printed in (text, thai(text)):
        value = read_date(f"ลงวันที่ {printed} ").value
        assert value is not None
        assert (value.year, value.month, value.precision) == (2023, month, Precision.DAY)
        assert value.day == int(text.split()[0])


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


def test_a_range_has_a_first_and_a_last_day():
    found = find_dates("ระหว่างวันที่ ๑๑ พฤศจิกายน – ๑๕ ธันวาคม ๒๕๕๓")
    assert [(date.first.iso, date.reading.value.iso) for date in found] == [("2010-11-11", "2010-12-15")]


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
