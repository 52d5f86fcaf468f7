"""Mends by knowledge that can be named: what they change, what they leave, and what they say of it."""

from __future__ import annotations

import pytest

from letters import Ink, LetterDate, Line, Page, Source, Word
from letters.page import Alternative
from parsing import parse_packet
from parsing.fields.address import with_capitals
from parsing.fields.sender import canonical_office
from parsing.fields.spelling import spelt
from parsing.numbers import find_numbers
from parsing.owners import mend_by_address, mend_owner
from tests.parsing.texts import DEPARTMENT, PROVINCE, parsed

HEAD = "ที่ทำการองค์การบริหารส่วนตำบลตัวอย่าง\nอำเภอเมือง ลบ 15000"


@pytest.mark.parametrize(
    ("read", "head", "mended"),
    [
        ("ที่ ลย 72603/96", HEAD, "ลบ 72603/96"),
        ("ที่ ลบ 72603/96", HEAD, "ลบ 72603/96"),
        ("ที่ มท 0810.7/96", HEAD, "มท 0810.7/96"),  # a ministry's letters say nothing of the place
        ("ที่ นม 72603/96", HEAD, "นม 72603/96"),  # two signs away: no misreading
        ("ที่ ลย 72603/96", "ที่ทำการองค์การบริหารส่วนตำบลตัวอย่าง", "ลย 72603/96"),
    ],
)
def test_owner_letters_by_the_address(read: str, head: str, mended: str) -> None:
    (found,) = find_numbers(read)
    number = mend_by_address(found.reading, head)
    assert str(number.value) == mended
    assert bool(number.repairs) == (str(found.reading.value) != mended)


def test_a_letter_too_many_by_the_letters_of_the_rest() -> None:
    """นภก may be นภ or ภก; the letter's own number tells."""
    (found,) = find_numbers("ที่ นภก 0023.12/1033")
    assert str(mend_owner(found.reading, None, "ที่ นภ 53704/88").value) == "นภ 0023.12/1033"
    assert str(mend_owner(found.reading, None, "").value) == "นภก 0023.12/1033"


@pytest.mark.parametrize(("sender", "mended"), [
    ("สำนักงานพัฒนาการวิจัยแห่งหนึ่ง", "พอ 0006.4/137"),  # an office of the whole country has letters of its own
    ("สำนักงานสาธารณสุขจังหวัดพิจิตร", "พจ 0006.4/137"), ("จังหวัดพิจิตร", "พจ 0006.4/137")])
def test_letters_of_no_province_are_mended_to_one_only_where_a_province_may_write(sender: str, mended: str) -> None:
    (found,) = find_numbers("ที่ พอ 0006.4/137")
    assert str(mend_owner(found.reading, sender).value) == mended


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("ระบบ (lNFO) ระยะที่ 2", "ระบบ (INFO) ระยะที่ 2"),
        ("lT และ A|DS", "lT และ AIDS"),
        ("Email และ all", "Email และ all"),
    ],
)
def test_an_upright_stroke_among_capitals_is_an_i(read: str, whole: str) -> None:
    words, repairs = with_capitals(read)
    assert words == whole
    assert {repair.rule for repair in repairs} == ({"capital letter"} if read != whole else set())


def test_a_subject_with_a_stroke_for_a_capital() -> None:
    letter = parsed(DEPARTMENT.replace("ของสำนักงาน", "ในระบบ lNFO", 1)).letters[0]
    assert letter.subject.value == "การสำรวจถังขยะในระบบ INFO"
    assert letter.subject.printed.endswith("lNFO")


def dated(day: str, likely: float, *others: tuple[str, float]) -> Page:
    """The department's letter with a day by hand, and what else it may read."""
    entry = Word(day, likely, rivals=tuple(Alternative(*other) for other in others), ink=Ink.HAND)
    rest = (Word("มิถุนายน", 0.95), Word("๒๕๖๖", 0.95))
    lines = [Line(row) for row in DEPARTMENT.split("\n")]
    place = lines.index(Line("๕ มิถุนายน ๒๕๖๖"))
    lines[place] = Line(f"{day} มิถุนายน ๒๕๖๖", (entry, *rest))
    return Page(1, tuple(lines), Source.OCR)


@pytest.mark.parametrize(
    ("day", "likely", "others", "read"),
    [
        ("๔", 0.56, [("๑๔", 0.44)], 14),  # the fourth was a Sunday
        ("๔", 0.56, [("๑๑", 0.44)], 4),  # so was the eleventh
        ("๔", 0.99, [("๑๔", 0.005)], 4),  # too sure
        ("๕", 0.56, [("๑๕", 0.44)], 5),  # a Monday
    ],
)
def test_letters_are_written_on_working_days(
    day: str, likely: float, others: list[tuple[str, float]], read: int
) -> None:
    letter = parse_packet("test", [dated(day, likely, *others)]).letters[0]
    assert letter.date.value == LetterDate(2023, 6, read)
    mended = "๑๔" in dict(others) and read == 14
    assert [repair.rule for repair in letter.date.repairs] == (["working day"] if mended else [])
    assert any(rival.value.day != read for rival in letter.date.rivals)


def test_a_number_that_nobody_could_read_is_told_by_its_citation() -> None:
    """The mark of circulars is written with the running number, and unread with it."""
    unread = DEPARTMENT.replace("ที่ มท ๐๘๑๐.๗/ว ๔๕๖", "ที่ มท ๐๘๑๐.๗/")
    number = parsed(PROVINCE, unread).letters[1].number
    assert str(number.value) == "มท 0810.7/ว 456"
    assert [repair.rule for repair in number.repairs] == ["typed citation"]


@pytest.mark.parametrize("name", ["(นายทดสอบ ระบบดี]", "(นายทดสอบ ระบบดี]}", "{นายทดสอบ ระบบดี)"])
def test_a_bracket_read_as_another(name: str) -> None:
    signed = parsed(DEPARTMENT.replace("(นายทดสอบ ระบบดี)", name)).letters[0].signatory
    assert signed is not None
    assert signed.name == "นายทดสอบ ระบบดี"


@pytest.mark.parametrize(("year", "field"), [("๒๕๒๐", "date"), ("๒๖๙๙", "date")])
def test_a_letter_is_not_dated_in_other_times(year: str, field: str) -> None:
    letter = parsed(DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", f"๕ มิถุนายน {year}", 1)).letters[0]
    assert letter.date.value is None or field in {doubt.field for doubt in letter.review}


def test_a_cited_date_before_the_regulation_calls_a_person() -> None:
    letter = parsed(DEPARTMENT.replace("๙ มกราคม ๒๕๖๖", "๙ มกราคม ๒๕๒๒", 1)).letters[0]
    assert any(doubt.field == "references[0]" and "2526" in doubt.reason for doubt in letter.review)


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        ("ผู้ว่าราชวร จังหวัดสิงห์บุร", "ผู้ว่าราชการจังหวัดสิงห์บุรี"),
        ("นายอ์ เภอทุกอำเภอ", "นายอำเภอทุกอำเภอ"),
        ("นายกเทศมนตริตำบอ ทุกแห่ง", "นายกเทศมนตรีตำบล ทุกแห่ง"),
        ("นายกเทศมนตรีตำบลหนองบัว", "นายกเทศมนตรีตำบลหนองบัว"),
        ("ผู้อำนวยการโรงพยาบาลเลย", "ผู้อำนวยการโรงพยาบาลเลย"),
        ("ผู้ว่าการการไฟฟ้าส่วนภูมิภาค", "ผู้ว่าการการไฟฟ้าส่วนภูมิภาค"),
        ("นายกสมาคมสันนิบาต", "นายกสมาคมสันนิบาต"),
        ("ศึกษาธิการจังหวัดแพร", "ศึกษาธิการจังหวัดแพร่"),
    ],
)
def test_titles_and_provinces_as_their_tables_spell_them(read: str, mended: str) -> None:
    assert spelt(read) == mended


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("ศาลากลางจั้งหวัดกระบี่", "จังหวัดกระบี่"),
        ("ที่ทำการองต์การบริหารสวนตำบลเขากลาง", "องค์การบริหารส่วนตำบลเขากลาง"),
    ],
)
def test_the_word_of_a_building_is_dropped_however_it_was_read(head: str, issuer: str) -> None:
    assert canonical_office(head) == issuer


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("อำเภอทุกอำเภอเทศบาลเมืองกลาง", ["อำเภอทุกอำเภอ", "เทศบาลเมืองกลาง"]),
        ("หัวหน้าสำนักปลัดผู้ อำนวยการกองช่าง", ["หัวหน้าสำนักปลัด", "ผู้ อำนวยการกองช่าง"]),
        ("นายอำเภอ ทุกอำเภอในพื้นที่", ["นายอำเภอ ทุกอำเภอในพื้นที่"]),
        ("นายอำเภอ ทุกอำเภอ และนายกเทตมนตรีเมือง ทุกแห่ง", ["นายอำเภอ ทุกอำเภอ", "นายกเทศมนตรีเมือง ทุกแห่ง"]),
    ],
)
def test_addressees_whose_blank_was_not_read(row: str, names: list[str]) -> None:
    letter = parsed(DEPARTMENT.replace("ผู้ว่าราชการจังหวัด ทุกจังหวัด", row)).letters[0]
    assert [item.name for item in letter.recipients] == names


@pytest.mark.parametrize(
    ("below", "issuer"),
    [
        ("จังหวัดกระบี่ ศาลากลางจังหวัดกระบี่", "สำนักงานพัฒนาสังคมจังหวัดกระบี่"),
        ("กรุงเทพมหานคร ๑๐๔๐๐", "สำนักงานพัฒนาสังคม"),
    ],
)
def test_an_office_whose_province_stands_on_the_next_row(below: str, issuer: str) -> None:
    head = DEPARTMENT.replace("กรมส่งเสริมการปกครองท้องถิ่น\nถนนนครราชสีมา", f"สำนักงานพัฒนาสังคม\n{below}\nถนนนครราชสีมา", 1)
    assert parsed(head.replace("อธิบดีกรม", "หัวหน้า")).letters[0].issuer.value == issuer


@pytest.mark.parametrize("stroke", ["", "- ", "–  "])
def test_a_stroke_before_a_label(stroke: str) -> None:
    letter = parsed(DEPARTMENT.replace("อ้างถึง หนังสือ", f"{stroke}อ้างถึง หนังสือ", 1)).letters[0]
    assert [reference.relation.value for reference in letter.references] == ["reference"]
