"""What the letters of a packet know of one another, and how what they say is weighed."""

import datetime as dt
from dataclasses import replace

import pytest

from letters import DateRole, LetterDate, Precision, Reading
from ocr.confusions import load
from parsing.checks import check_packet
from parsing.confidence import Calibration
from parsing.confusion import misread, weigh
from parsing.finders import read_letter
from parsing.flow import rows_of
from parsing.reasons import in_english
from tests.parsing.texts import DEPARTMENT, PROVINCE, parsed, text_page


def read(text, page=1):
    return read_letter(rows_of(text_page(text, page)), (page,))


def packet(*texts, reader=""):
    return check_packet([read(text, page) for page, text in enumerate(texts, 1)], reader, Calibration())


READER = f"tesseract 5.3.0 {load().version} reading 2"


def test_candidates_share_what_was_read_by_the_measured_confusions():
    shares = weigh("๑", ["๑", "๓", "๘"], load())
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares, key=lambda digit: shares[digit]) == "๑"
    assert weigh("๑", ["๑", "๓"], None) == {"๑": 0.5, "๓": 0.5}
    assert weigh("๑", [], load()) == {}


def test_a_misreading_is_a_share_of_what_goes_wrong():
    table = load()
    assert 0 < misread("๑", "๓", table) <= 1
    assert misread("๑", "๓", None) == 1.0
    total = sum(misread(read, "๓", table) for printed, read in table.counts if printed == "๓" and read != "๓")
    assert total == pytest.approx(1, abs=0.05)


def test_a_mend_by_citation_names_the_measurement_that_weighed_it():
    damaged = DEPARTMENT.replace("ว ๔๕๖", "ว ๔๕ ๑")
    reading = packet(PROVINCE, damaged, reader=READER)[1].number
    assert str(reading.value) == "มท 0810.7/ว 456"
    mend = reading.repairs[-1]
    assert (mend.rule, mend.before) == ("typed citation", "มท 0810.7/ว 451")
    assert load().version in mend.reason
    assert mend.confidence == reading.confidence <= 0.9
    assert "มท 0810.7/ว 451" in {str(rival.value) for rival in reading.rivals}


def test_text_that_another_engine_read_is_not_weighed_by_our_confusions():
    damaged = DEPARTMENT.replace("ว ๔๕๖", "ว ๔๕ ๑")
    assert load().version not in packet(PROVINCE, damaged)[1].number.repairs[-1].reason


def test_a_citation_with_another_owner_code_does_not_change_a_head_read_surely():
    letters = packet(PROVINCE.replace("ที่ มท ๐๘๑๐.๗/ว ๔๕๖", "ที่ มท ๐๘๑๐.๑/ว ๔๕๖"), DEPARTMENT)
    assert str(letters[1].number.value) == "มท 0810.7/ว 456"
    assert "มท 0810.1/ว 456" in {str(rival.value) for rival in letters[1].number.rivals}
    assert str(letters[0].references[0].number.value) == "มท 0810.1/ว 456"  # as printed


@pytest.mark.parametrize("sure", [0.9, 0.5])
def test_an_owner_code_typed_in_the_head_stands_however_the_running_number_was_read(sure):
    head = read(DEPARTMENT, 2)
    head = replace(head, number=replace(head.number, confidence=sure))
    letters = check_packet([read(PROVINCE.replace("ที่ มท ๐๘๑๐.๗/ว", "ที่ มท ๐๘๑๐.๓/ว")), head], "", Calibration())
    assert str(letters[1].number.value) == "มท 0810.7/ว 456"
    assert "มท 0810.3/ว 456" in {str(rival.value) for rival in letters[1].number.rivals}


def test_a_clerks_slip_in_a_citation_does_not_change_the_head():
    """Two digits swapped (DOMAIN section 4): both stand as printed, and the head names the other as a rival."""
    letters = packet(PROVINCE.replace("ว ๔๕๖", "ว ๔๖๕"), DEPARTMENT)
    assert str(letters[1].number.value) == "มท 0810.7/ว 456"
    assert "มท 0810.7/ว 465" in {str(rival.value) for rival in letters[1].number.rivals}
    assert str(letters[0].references[0].number.value) == "มท 0810.7/ว 465"


@pytest.mark.parametrize(("sure", "number"), [(0.6, "มท 0810.7/ว 456"), (0.3, "มท 0810.7/ว 465")])
def test_swapped_digits_of_a_head_read_badly_are_mended(sure, number):
    head = read(DEPARTMENT, 2)
    head = replace(head, number=replace(head.number, confidence=sure, rivals=()))
    letters = check_packet([read(PROVINCE.replace("ว ๔๕๖", "ว ๔๖๕")), head], "", Calibration())
    assert str(letters[1].number.value) == number


def test_two_copies_that_agree_are_surer_than_one():
    once = packet(DEPARTMENT)[0].number.confidence
    assert [letter.number.confidence for letter in packet(DEPARTMENT, DEPARTMENT)] == [pytest.approx(0.97)] * 2
    assert once < 0.97


def test_two_copies_read_differently_are_rivals_and_nothing_is_changed():
    first, second = packet(DEPARTMENT, DEPARTMENT.replace("ว ๔๕๖", "ว ๔๕๘"))
    assert (str(first.number.value), str(second.number.value)) == ("มท 0810.7/ว 456", "มท 0810.7/ว 458")
    assert [str(rival.value) for rival in first.number.rivals] == ["มท 0810.7/ว 458"]
    assert "number" in {doubt.field for doubt in first.review}


@pytest.mark.parametrize(
    ("old", "new", "rival"),
    [
        ("เรื่อง การสำรวจ", "เรื่อง แผนปีงบประมาณ พ.ศ. ๒๕๖๖ การสำรวจ", "2023-06-05"),
        ("๙ มกราคม ๒๕๖๖", "๙ มกราคม ๒๕๖๖", "2023-06-05"),
    ],
    ids=["fiscal year", "citing order"],
)
def test_a_year_that_breaks_a_rule_gets_the_year_that_keeps_it_as_rival(old, new, rival):
    letter = packet(DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", "๕ มิถุนายน ๒๕๖๐").replace(old, new))[0]
    assert letter.date.value.iso == "2017-06-05"
    assert rival in {other.value.iso for other in letter.date.rivals}
    assert letter.date.confidence <= 0.6
    assert "date" in {doubt.field for doubt in letter.review}


def test_a_stamp_older_than_its_letter_is_doubted():
    text = DEPARTMENT.replace("ที่ มท", "ศาลากลางจังหวัดกระบี่\nเลขที่รับ 1234\nวันที่ 8 มิ.ย. 65\nเวลา 10.30 น.\n\nที่ มท", 1)
    letter = packet(text)[0]
    assert letter.received_stamps[0].date == LetterDate.of(dt.date(2022, 6, 8))
    assert "2022-06-05" in {other.value.iso for other in letter.date.rivals}
    assert any("ตราประทับรับ" in doubt.reason for doubt in letter.review)


def test_a_deadline_that_passed_before_the_letter_was_passed_on_is_kept_and_calls_a_person():
    late = PROVINCE.replace("๑๒ มิถุนายน ๒๕๖๖", "๓ กรกฎาคม ๒๕๖๖").replace("๒๖ มิถุนายน", "๒๖ กรกฎาคม")
    letter = parsed(late, DEPARTMENT).letters[1]
    assert letter.deadlines == ()
    assert [(fact.date.iso, fact.role) for fact in letter.dated_facts][-1] == ("2023-06-30", DateRole.PASSED)
    doubt = next(doubt for doubt in letter.review if doubt.field == "deadlines")
    assert "30 มิ.ย. 2566" in doubt.reason
    assert "30 Jun 2023" in in_english(doubt.reason)


@pytest.mark.parametrize(
    ("subject", "cited", "due"),
    [
        ("การสำรวจถังขยะของสำนักงาน", "๔๕๖\nลงวันที่ ๕", []),
        ("การจัดงานประจำปี", "๔๕๖\nลงวันที่ ๕", []),
        ("การสำรวจถังขยะของสำนักงาน", "๔๙๙\nลงวันที่ ๗", []),
        ("การจัดงานประจำปี", "๔๙๙\nลงวันที่ ๗", ["2023-06-30"]),
    ],
    ids=["encloses it", "encloses it under another subject", "is about the same", "is about something else"],
)
def test_a_deadline_is_over_only_by_a_newer_letter_that_is_about_its_letter(subject, cited, due):
    newer = PROVINCE.replace("๑๒ มิถุนายน", "๓ กรกฎาคม").replace("๔๕๖\nลงวันที่ ๕", cited)
    newer = newer.replace("การสำรวจถังขยะของสำนักงาน", subject)
    assert [item.date.iso for item in parsed(newer, DEPARTMENT).letters[1].deadlines] == due


def test_a_deadline_that_the_covering_letter_tells_as_past_is_plain_history():
    told = "ตามที่ได้ขอให้รายงานภายในวันที่ ๓๐ มิถุนายน ๒๕๖๕ นั้น\n\nด้วยกรมส่งเสริมการปกครองท้องถิ่นขอให้นับถังขยะ"
    cover = PROVINCE.replace("ด้วยกรมส่งเสริมการปกครองท้องถิ่นขอให้นับถังขยะ", told)
    letter = parsed(cover, DEPARTMENT.replace("๒๕๖๖", "๒๕๖๕")).letters[1]
    assert [fact.role for fact in letter.dated_facts if fact.date.iso == "2022-06-30"] == [DateRole.HISTORY]
    assert "deadlines" not in {doubt.field for doubt in letter.review}


@pytest.mark.parametrize(("sure", "due"), [(0.95, []), (0.5, ["2023-06-20"])])
def test_a_day_read_with_doubt_makes_no_deadline_pass(sure, due):
    cover = replace(read(PROVINCE), date=Reading(LetterDate(2023, 6, 30), "", sure))
    old = DEPARTMENT.replace("วันศุกร์ที่ ๓๐ มิถุนายน", "วันที่ ๒๐ มิถุนายน")
    assert [item.date.iso for item in check_packet([cover, read(old, 2)])[1].deadlines] == due


def test_the_most_doubtful_field_stands_first():
    text = DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", "", 1).replace("ว ๔๕๖", "ว ๔๕ ๖")
    review = packet(text)[0].review
    assert review[0].field == "date"  # not there at all
    assert {doubt.field for doubt in review} >= {"date", "number"}
    assert all(in_english(doubt.reason) != doubt.reason for doubt in review)


def test_an_unknown_day_stays_unknown_without_a_witness():
    letter = packet(DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", "มิถุนายน ๒๕๖๖", 1))[0]
    assert letter.date.value.precision is Precision.UNKNOWN_DAY
