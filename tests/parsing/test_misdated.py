"""Years that cannot be meant as they were read. Letters of Monday, 5 June 2023 (2566)."""

from __future__ import annotations

import pytest

from letters import Letter
from tests.parsing.texts import body, parsed


def due(letter: Letter) -> list[str]:
    return [item.date.iso for item in letter.deadlines if item.date]


@pytest.mark.parametrize(
    "printed",
    [
        "๒๐ มิถุนายน ๒๕๐๖",
        "๒๐ มิถุนายน ๒๕๕๖",
        "๒๐ มิถุนายน ๒๕๙๖",
        "๒๐ มิถุนายน ๒๖๖๖",
        "วันอังคารที่ ๒๐ มิถุนายน ๒๕๗๖",
    ],
)
def test_a_year_that_one_digit_puts_right_is_put_right_and_calls_a_person(printed: str) -> None:
    wish = f"ขอให้ส่งรายงานภายใน{'' if 'วัน' in printed else 'วันที่ '}{printed} และส่งแบบภายในวันที่ ๒๗ มิถุนายน ๒๕๖๖"
    letter = parsed(body(f"ด้วยมีงานต้องทำ {wish}")).letters[0]
    assert due(letter) == ["2023-06-20", "2023-06-27"]
    mended = letter.deadlines[0]
    assert [rival.value.be_year for rival in mended.rivals] == [int(printed[-4:])]
    assert any(mended.why in doubt.reason for doubt in letter.review)


@pytest.mark.parametrize(
    ("lead", "wish", "days"),
    [
        ("ด้วยมีงานต้องทำ", "ขอให้ดำเนินการให้แล้วเสร็จภายในปี ๒๕๗๖", ["2033"]),  # a plan's year
        ("ด้วยมีงานต้องทำ", "ขอให้ส่งภายในวันที่ ๒๐ มิถุนายน ๒๕๙๙", ["2056-06-20"]),  # more than one digit
        ("ด้วยมีงานต้องทำ", "ขอให้ส่งภายในวันจันทร์ที่ ๒๐ มิถุนายน ๒๕๗๖", ["2033-06-20"]),  # its weekday speaks for it
        ("ตามที่ได้ให้รายงานเมื่อวันที่ ๒๐ มกราคม ๒๕๗๖ นั้น", "จึงขอให้ส่งภายในวันที่ ๒๐ มิถุนายน ๒๕๗๖", ["2033-06-20"]),
    ],
)
def test_a_year_far_away_stands_where_none_fits_or_a_sign_speaks_for_it(lead: str, wish: str, days: list[str]) -> None:
    letter = parsed(body(f"{lead} {wish}")).letters[0]
    assert due(letter) == days
    assert any("เกินสองปี" in doubt.reason for doubt in letter.review)


@pytest.mark.parametrize(("printed", "told"), [("๒๐ มิถุนายน ๒๕๐๔", "เก่ากว่าระเบียบ"), ("๒๐ สิงหาคม ๒๕๖๕", "20 ส.ค. 2566")])
def test_a_day_that_is_over_is_no_deadline_and_what_it_may_be_is_told(printed: str, told: str) -> None:
    wish = f"ขอให้ส่งรายงานภายในวันที่ {printed} และส่งแบบภายในวันที่ ๒๗ มิถุนายน ๒๕๖๖"
    letter = parsed(body(f"ด้วยมีงานต้องทำ {wish}")).letters[0]
    assert due(letter) == ["2023-06-27"]
    assert any(told in doubt.reason for doubt in letter.review)
