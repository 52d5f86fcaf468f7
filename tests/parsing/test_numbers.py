"""Numbers in running text and in heads, whole and damaged."""

import pytest

from ocr.confusions import load
from parsing.numbers import find_numbers, head_number
from parsing.owners import owners, provinces


def head(line):
    return next(head_number(line), (0, 0, None))[2]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("ที่ ชย ๐๐๒๓.๓ / ๕๗๖", "ชย 0023.3/576"),
        ("ที่ นม 0117/ 8377", "นม 0117/8377"),
        ("ที่ นม ๐๐๓๗ .๖/๘๓๙๒", "นม 0037.6/8392"),
        ("ที มท ๐๘๑๐.๗/ว ๙๐๘      กรมส่งเสริมการปกครองท้องถิ่น", "มท 0810.7/ว 908"),
        ("ที่ กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙", "กค (กวจ) 0405.2/ว 119"),
        ("ที่ นม 52001/ป 5103  วันที่ 5 มกราคม 2566", "นม 52001/ป 5103"),
        ("ที่ นม ๐๐๒๓.๓/ว        ศาลากลางจังหวัด", "นม 0023.3/ว …"),
        ("ที่ มท ๐๘๐๖/ จ ๒๕", "มท 0806/ว 25"),
        ("ที่ นม 9270 1/559", "นม 92701/559"),
        ("ที่ ชม 0023.4 ว 5510", "ชม 0023.4/ว 5510"),
        ("ที่ ชม 0023.4 5510", "ชม 0023.4/5510"),
        ("ที่ ว ๒๘๘๓", "ว 2883"),
        ("ที่ อว 69.2/123", "อว 69.2/123"),
        ("ที่ สธ ๐๔๐๖ . ๕ / ว ๑ ๒ ๓", "สธ 0406.5/ว 123"),
        ("ที่ นม ๐๐๓๗ ๖/๘๔๗๑", "นม 0037.6/8471"),
        ("ที่ นม 003 7 .3/ว4340", "นม 0037.3/ว 4340"),
        ("ที่ มท ๐๓๐๗.๒/ว ๑๒ (ล)     กรมการปกครอง", "มท 0307.2/ว 12(ล)"),
    ],
)
def test_the_head_line(line, number):
    assert str(head(line).value) == number


@pytest.mark.parametrize(
    "line", ["ที่ทำการองค์การบริหารส่วนตำบล", "ที่ว่าการอำเภอ", "ที่ ๑๒๓", "เรียน นายอำเภอ", "", "ที่ประชุม ครั้งที่ ๑/๒๕๖๖"]
)
def test_what_is_no_head_line(line):
    assert head(line) is None


@pytest.mark.parametrize(
    ("line", "best", "rivals"),
    [
        ("ที่ กบ ๐๐๒๓.๖/ว ๕๕๓)๒", "กบ 0023.6/ว 5532", ["กบ 0023.6/ว 55312", "กบ 0023.6/ว 553"]),
        ("ที่ พช ๐๐๒๓.๓/ว ๓๑ ๕๕", "พช 0023.3/ว 3155", ["พช 0023.3/ว 31"]),
    ],
)
def test_a_damaged_running_number_is_doubted_with_rivals(line, best, rivals):
    reading = head(line)
    assert str(reading.value) == best
    assert [str(rival.value) for rival in reading.rivals] == rivals
    assert reading.confidence < 0.5
    assert reading.repairs


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("หนังสือกระทรวงมหาดไทย ที่ มท 0892.4/ว 435 ลงวันที่ 11 กุมภาพันธ์ 2548", ["มท 0892.4/ว 435"]),
        ("ที่ มท 0808.2/ว๒๒๙๙ และที่ นม ๐๐๓๗.๖/๖๘๒๒", ["มท 0808.2/ว 2299", "นม 0037.6/6822"]),
        ("ตามหนังสือ ที่ ว 2883 ลงวันที่", ["ว 2883"]),
        ("ตามหนังสือที่มท0809.2/ว 6 ลงวันที่", ["มท 0809.2/ว 6"]),
        ("บ้านเลขที่ 12/3 ซ. 5/1 ถ. 12/3 ปี พ.ศ. 2550/2551", []),
        ("หนังสือจังหวัด  ที่  นม  003 7 .3/ว4340  ลงวันที่", ["นม 0037.3/ว 4340"]),
        ("ที่ มท\n0893.3/ว 806", ["มท 0893.3/ว 806"]),
        ("หนังสือ สปสช. ที่ สปสช ๕.๓๑/ว ๐๔๑๒ ลงวันที่", ["สปสช 5.31/ว 0412"]),
        ("ที่ อว 0605.7(3)/1129 ลงวันที่", ["อว 0605.7(3)/1129"]),
        ("หนังสือสถาบันตัวอย่าง ที่ สตย ๐๕/ว ๓๗๗ ลงวันที่ ๒ พฤษภาคม ๒๕๖๘", ["สตย 05/ว 377"]),
        ("ตั้งอยู่ที่ ซอย 05/377 ตำบลตัวอย่าง", []),
        ("โทร. ๐-๒๒๔๑-๙๐๐๐ ต่อ ๑๑๐๗", []),
        ("คำสั่งจังหวัดกระบี่ ที่ 1204/2562 ลงวันที่ 3 มิถุนายน 2562", []),  # an order's number and year
        ("ที่ ชบ 0008/ว 203. 15 ลงวันที่", ["ชบ 0008/ว 203.15"]),
        ("ที่ มท 0307.2/ว 7 (ลม) ลงวันที่", ["มท 0307.2/ว 7(ลม)"]),
        ("มาตรา 15/2 แห่งพระราชบัญญัติ พ.ศ. 2537", []),
    ],
)
def test_numbers_in_running_text(text, numbers):
    assert [str(found.reading.value) for found in find_numbers(text)] == numbers


@pytest.mark.parametrize(
    ("text", "sender", "number", "rule"),
    [
        ("ที่ ขย ๐๐๒๓.๖/๓๐๖๒", "จังหวัดชัยภูมิ", "ชย 0023.6/3062", "owner letters"),
        ("ที่ ปช ๐๐๒๓.๓/ว ๙๘๗", "จังหวัดประจวบคีรีขันธ์", "ปข 0023.3/ว 987", "owner letters"),  # ป.ป.ช. is no province
        ("ที่ มท ๐๔๐๖/ว ๒๕", "กรมส่งเสริมการปกครองท้องถิ่น", "มท 0806/ว 25", "owner code"),
        ("ที่ มท ๐๘๐๖/จ ๒๕", None, "มท 0806/ว 25", "circular mark"),
        ("ที่ มท ๐๘๐๖ ว ๒๕", None, "มท 0806/ว 25", "lost slash"),
        ("ที่ มท ๐๘๐๖|ว ๒๕", None, "มท 0806/ว 25", "slash"),
        ("ที่ มท ๐๘๐๖/ว ๑๒ ๓๔ ลงวันที่", None, "มท 0806/ว 1234", "blank in number"),
    ],
)
def test_repairs_are_named_and_what_was_read_is_kept(text, sender, number, rule):
    reading = find_numbers(text, sender=sender)[0].reading
    assert str(reading.value) == number
    assert [repair.rule for repair in reading.repairs] == [rule]
    assert reading.printed in text


def test_every_repair_says_why_and_how_sure():
    for text in ("ที่ ขย ๐๐๒๓.๖/๓๐๖๒", "ที่ มท ๐๘๐๖ ว ๒๕", "ที่ มท ๐๘๐๖|จ ๒๕"):
        for repair in find_numbers(text, sender="จังหวัดชัยภูมิ")[0].reading.repairs:
            assert repair.reason
            assert 0 < repair.confidence <= 1
            assert repair.before != repair.after


def test_a_number_printed_wrong_stays_as_printed():
    """Two digits of the owner code swapped in print, and read surely: nothing knows better than the page."""
    reading = find_numbers("หนังสือจังหวัดนครราชสีมา ที่ นม ๐๐๓๖.๗/๘๒๕๓ ลงวันที่", sender="จังหวัดนครราชสีมา")[0].reading
    assert str(reading.value) == "นม 0036.7/8253"
    assert (reading.repairs, reading.rivals) == ((), ())


@pytest.mark.parametrize("line", ["ที่ ชม 0023.4 ว 5510", "ที่ ชม 0023.4 5510"])
def test_a_lost_slash_of_the_head_is_put_back_and_said(line):
    assert [repair.rule for repair in head(line).repairs] == ["lost slash"]


def test_lookalikes_are_ranked_by_measured_confusions():
    rivals = [rival for rival in find_numbers("ที่ ขย ๐๐๒๓.๖/๓๐๖๒")[0].reading.rivals if rival.value.code != "ขย"]
    chances = [load().text_likelihood("ขย", rival.value.code) for rival in rivals]
    assert chances == sorted(chances, reverse=True)


def test_without_a_sender_lookalikes_stay_rivals():
    reading = find_numbers("ที่ ขย ๐๐๒๓.๖/๓๐๖๒")[0].reading
    assert reading.value.code == "ขย"
    assert "ชย" in {rival.value.code for rival in reading.rivals}
    assert reading.confidence <= 0.5


def test_the_table_of_owner_letters_is_whole():
    assert len(provinces()) == 77
    assert owners()["มท"] == "กระทรวงมหาดไทย"
    assert len(set(provinces().values())) == 77


def test_a_lost_dot_is_put_back_and_said():
    reading = head("ที่ นม ๐๐๓๗ ๖/๘๔๗๑")
    assert [(repair.rule, repair.after) for repair in reading.repairs] == [("lost dot", "0037.6")]


@pytest.mark.parametrize(("line", "agency", "rules"), [
    ("ที่ มท 08092/ ว 68", "0809.2", ["lost dot"]),
    ("ที่  ลบ  01183  /ว", "0118.3", ["lost dot"]),
    ("ที่ ปข ๐๐๒๓.-๑๐/ว ๔๑๒", "0023.10", ["dot"]),
    ("ที่ กจ ๐๐๑๔:๓/ว ๗๐๒", "0014.3", ["dot"]),
    ("ที่.ตร ๐๑๑๘/ว ๒๐๕", "0118", []),
    ("ที่ รอ 77903/52", "77903", []),
    ("ที่ ปข 00 2 3 .3ว6/", "0023.3", ["lost slash"]),
    ("ที่ กพ 0023.1 2ว  /1671", "0023.12", []),
    ("ที่ น ว๐๐๒๓.๙/ว ๓๑๘", "0023.9", []),
    ("ที่ ฉชุ  ๐๐๑๗.๓/ว ๙๘๖", "0017.3", []),
])
def test_a_full_stop_read_as_another_sign_or_not_at_all(line, agency, rules):
    reading = head(line)
    assert reading.value.agency == agency
    assert [repair.rule for repair in reading.repairs] == rules


def test_a_full_stop_of_a_citation_read_as_a_comma():
    (found,) = find_numbers("อ้างถึง หนังสือจังหวัด ที่ กพ 0023,3 ว 1580 ลงวันที่ 5")
    assert (found.reading.value.agency, found.reading.value.serial) == ("0023.3", "1580")
    assert find_numbers("ที่ มท 0810, 0023") == []
