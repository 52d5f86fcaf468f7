"""Which offices a letter concerns."""

from __future__ import annotations

import pytest

from letters import Letter, LetterNumber, Reading, Recipient, Reference, Relation
from saraban.areas import areas_of, offices_of
from tasks import Registry, builtin_offices

REGISTRY = Registry(builtin_offices())


def letter(number: str, issuer: str, *recipients: str, cites: str = "") -> Letter:
    references = (Reference(Relation.ENCLOSURE, Reading(LetterNumber.parse(cites)), Reading()),) if cites else ()
    return Letter(pages=(1,), number=Reading(LetterNumber.parse(number)), issuer=Reading(issuer),
                  recipients=tuple(Recipient(name, everyone="ทุก" in name) for name in recipients),
                  references=references)


DISTRICT = letter("พช 0118/ว 417", "อำเภอหล่มสัก", "นายกองค์การบริหารส่วนตำบล ทุกแห่ง", cites="พช 0023.3/ว 2871")
PROVINCE = letter("พช 0023.3/ว 2871", "จังหวัดเพชรบูรณ์", "นายอำเภอ ทุกอำเภอ", cites="มท 0806.2/ว 1874")
DEPARTMENT = letter("มท 0806.2/ว 1874", "กรมส่งเสริมการปกครองท้องถิ่น", "ผู้ว่าราชการจังหวัด ทุกจังหวัด")
REPORT = letter("พช 0118/55", "อำเภอหล่มสัก", "ผู้ว่าราชการจังหวัดเพชรบูรณ์")


def test_a_district_writes_to_its_own_laos() -> None:
    codes = offices_of(DISTRICT, REGISTRY)
    assert "D6703" in codes and "6670318" in codes
    assert {code[1:5] for code in codes} == {"6703"} and "5670302" not in codes, "no เทศบาล was addressed"


def test_a_report_concerns_the_district_and_its_province_only() -> None:
    assert offices_of(REPORT, REGISTRY) == {"D6703", "P67"}


def test_what_is_enclosed_reaches_the_same_offices() -> None:
    first, second, third = areas_of([DISTRICT, PROVINCE, DEPARTMENT], REGISTRY, [(), (), ()])
    assert "6670318" in first and "6670318" in second and "6670318" in third
    assert "D6704" not in first and "D6704" in second and "P36" in third and "P36" not in second


def test_letters_in_one_file_that_do_not_cite_each_other_stay_apart() -> None:
    first, second = areas_of([DISTRICT, REPORT], REGISTRY, [(), ()])
    assert "6670318" in first and "6670318" not in second


def test_a_link_counts_where_the_number_was_misread() -> None:
    garbled = letter("พช 0023.3/ว 2811", "จังหวัดเพชรบูรณ์", "นายอำเภอ ทุกอำเภอ")
    assert "6670318" not in areas_of([DISTRICT, garbled], REGISTRY, [(), ()])[1]
    assert "6670318" in areas_of([DISTRICT, garbled], REGISTRY, [(1,), ()])[1]


@pytest.mark.parametrize("unknown", [
    letter("/7", "", "นายกองค์การบริหารส่วนตำบล ทุกแห่ง"),
    letter("/7", "", "ผู้เกี่ยวข้อง"),
    letter("/7", "", "นายอำเภอ ทุกอำเภอ"),
])
def test_who_cannot_be_told_is_nobody(unknown: Letter) -> None:
    assert offices_of(unknown, REGISTRY) == set()


def test_somebody_named_is_found_though_the_sender_is_not() -> None:
    assert offices_of(letter("/7", "", "ผู้ว่าราชการจังหวัดเพชรบูรณ์"), REGISTRY) == {"P67"}
