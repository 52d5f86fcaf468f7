"""Days that no listed phrase makes deadlines: weighed by what stands around them."""

from __future__ import annotations

import pytest

from letters import DateRole, LetterDate
from parsing.dates import find_dates
from parsing.fields.weighing import chance, in_words, signs_of, weights
from parsing.tables import table
from tests.parsing.texts import body, parsed

WRITTEN = LetterDate(2023, 6, 5)
DAY = "๒๐ มิถุนายน ๒๕๖๖"


def signs(before: str, after: str = "") -> frozenset[str]:
    text = f"{before}{DAY}{after}"
    found = find_dates(text)[-1]
    assert found.reading.value is not None
    return signs_of(text, found, found.reading.value, WRITTEN)


@pytest.mark.parametrize("row", table("signs"), ids=lambda row: f"{row['sign']} {row['phrase']}")
def test_a_sign_is_known_in_its_example(row):
    """Words before the day or, where the table says so, behind it."""
    behind = row["where"] in ("behind", "after")
    assert row["phrase"].strip() in row["example"]
    assert row["sign"] in (signs("ส่ง", row["example"]) if behind else signs(row["example"]))


def test_every_sign_that_speaks_for_a_deadline_has_a_name():
    named = {row["sign"] for row in table("sign_names")}
    assert {sign for sign, count in weights().signs.items() if count > 0} <= named


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("๒. ส่งรายงานให้ครบถ้วน (", ")"),
        ("ขอให้ทุกแห่งส่งแบบ มิฉะนั้นจะไม่ทัน คือ ", " หากพ้นกำหนดถือว่าไม่ส่ง"),
    ],
)
def test_a_day_asked_for_is_likelier_than_one_that_is_told(before, after):
    assert chance(signs(before, after)) > chance(signs("กรมจะจัดประชุมในวันที่ ", " ณ ห้องประชุม"))


def test_the_strongest_signs_are_told_first():
    told = signs("๒. ส่งรายงานให้ครบถ้วน (", ")")
    strongest = max(told, key=lambda sign: weights().signs.get(sign, 0.0))
    name = next(row["thai"] for row in table("sign_names") if row["sign"] == strongest)
    assert in_words(told).startswith(f"ไม่มีคำบอกกำหนดโดยตรง แต่{name}")


def test_a_day_that_may_be_a_deadline_is_none_but_calls_a_person():
    letter = parsed(body(f"ด้วยมีงานต้องทำ จะตรวจถังขยะ ณ ที่ตั้ง ให้ทุกแห่งจัดถังขยะ {DAY}")).letters[0]
    assert [fact.role for fact in letter.dated_facts] == [DateRole.MAYBE]
    assert any("อาจเป็นกำหนดเวลา" in doubt.reason for doubt in letter.review)


def test_a_day_sure_enough_is_a_deadline_that_says_why_and_calls_a_person():
    wish = f"ขอให้ทุกแห่งดำเนินการ\n๑. สำรวจถังขยะ\n๒. ส่งรายงานให้ครบถ้วน ({DAY})"
    letter = parsed(body(f"ด้วยมีงานต้องทำ {wish}")).letters[0]
    assert [item.date.iso for item in letter.deadlines] == ["2023-06-20"]
    assert letter.deadlines[0].why in letter.review[0].reason


def test_a_day_told_in_another_year_than_by_other_letters_calls_a_person():
    told = "ตามที่ได้ขอให้รายงานให้แล้วเสร็จภายในวันที่ ๓๑ พฤษภาคม {} นั้น จึงขอให้ส่งอีกครั้ง"
    packet = parsed(*(body(told.format(year)) for year in ("๒๕๖๑", "๒๕๖๓", "๒๕๖๓")))
    odd = [any("31 พ.ค. 2563" in doubt.reason for doubt in letter.review) for letter in packet.letters]
    assert odd == [True, False, False]
