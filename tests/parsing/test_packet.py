"""Whole packets: splitting, fields, what letters of a packet know of one another."""

import pytest

from letters import Alternative, AttachmentKind, Box, Ink, Kind, Line, Page, Precision, Source, Word
from parsing import packet_json, parse_packet
from parsing.finders import read_letter
from parsing.flow import mended, rows_of
from parsing.labels import with_whole_label
from parsing.pipeline import annotated
from tests.parsing.texts import DEPARTMENT, PROVINCE, parsed, text_page


def test_all_fields_of_one_letter():
    letter = parsed(DEPARTMENT).letters[0]
    assert letter.kind is Kind.EXTERNAL
    assert str(letter.number.value) == "มท 0810.7/ว 456"
    assert letter.date.value.iso == "2023-06-05"
    assert letter.issuer.value == "กรมส่งเสริมการปกครองท้องถิ่น"
    assert letter.subject.value == "การสำรวจถังขยะของสำนักงาน"
    assert letter.addressed_as == "เรียน"
    assert [recipient.name for recipient in letter.recipients] == ["ผู้ว่าราชการจังหวัด ทุกจังหวัด"]
    assert [(str(item.number.value), item.date.value.iso, item.urgency, item.issuer) for item in letter.references] == [
        ("มท 0810.7/ว 123", "2023-01-09", "ด่วนที่สุด", "กรมส่งเสริมการปกครองท้องถิ่น")
    ]
    assert letter.urgency.value is None
    assert [deadline.date.iso for deadline in letter.deadlines] == ["2023-06-30"]
    assert (letter.signatory.name, letter.signatory.position) == ("นายทดสอบ ระบบดี", "รองอธิบดี")
    assert (letter.signatory.acting_kind, letter.signatory.acting_for) == (
        "ปฏิบัติราชการแทน",
        "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น",
    )
    assert letter.phones == ("0 2000 0000 ต่อ 12",)
    assert letter.emails == ("saraban@example.go.th",)
    assert letter.review == ()


@pytest.mark.parametrize(
    "pages", [(PROVINCE + "\n\n\n" + DEPARTMENT,), (PROVINCE, DEPARTMENT)], ids=["no page marks", "pages"]
)
def test_letters_of_a_packet_with_and_without_page_marks(pages):
    packet = parsed(*pages)
    assert [str(letter.number.value) for letter in packet.letters] == ["กบ 0023.3/ว 2222", "มท 0810.7/ว 456"]
    assert [letter.pages for letter in packet.letters] == [(1,), (2,)]
    assert [recipient.name for recipient in packet.letters[0].recipients] == [
        "นายอำเภอ ทุกอำเภอ",
        "นายกองค์การบริหารส่วนจังหวัดกระบี่",
        "นายกเทศมนตรีเมืองกระบี่",
    ]
    assert packet.letters[0].signatory.acting_kind == "รักษาราชการแทน"
    assert packet.letters[0].enclosures[0].count == "๑ ชุด"


def test_continuation_pages_and_attachments():
    first, second = DEPARTMENT.split("จึงขอให้", 1)
    packet = parsed(
        first + "/จึงขอให้......",
        "- ๒ -\nจึงขอให้" + second,
        "คู่มือการใช้งาน\n๑. เข้าสู่ระบบ\n๒. เลือกเมนู",
        "ตารางที่ ๑\nลำดับ ชื่อ จำนวน",
    )
    assert [letter.pages for letter in packet.letters] == [(1, 2)]
    assert [(item.pages, item.kind) for item in packet.attachments] == [
        ((3,), AttachmentKind.MANUAL),
        ((4,), AttachmentKind.TABLE),
    ]
    assert "จึงขอให้......" not in packet.letters[0].text
    assert [deadline.date.iso for deadline in packet.letters[0].deadlines] == ["2023-06-30"]


@pytest.mark.parametrize("label", ["เรื่อง", "เรียน", "อ้างถึง"])
def test_one_garbled_label_does_not_lose_a_letter(label):
    packet = parsed(PROVINCE, DEPARTMENT.replace(f"{label} ", "ฌฌ ", 1))
    assert [letter.pages for letter in packet.letters] == [(1,), (2,)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "บันทึกข้อความ\nส่วนราชการ สำนักปลัด องค์การบริหารส่วนตำบลทดสอบ โทร. ๐ ๒๐๐๐ ๐๐๐๐\n"
            "ที่ กบ ๗๑๐๐๑/๑๒  วันที่ ๕ มิถุนายน ๒๕๖๖\n"
            "เรื่อง ขออนุมัติ\nเรียน นายกองค์การบริหารส่วนตำบลทดสอบ\nด้วยมีความจำเป็นต้องซื้อถังขยะ จึงขออนุมัติ\n"
            "(นางทดสอบ งานดี)\nหัวหน้าสำนักปลัด",
            Kind.MEMO,
        ),
        (
            "ที่ กบ ๐๐๒๓.๓/๕๗\nถึง สำนักงานเทศบาลเมืองกระบี่\nพร้อมนี้ จังหวัดกระบี่ขอส่งแบบสำรวจมาเพื่อทราบ\n"
            "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด\nโทร. ๐-๗๕๐๐-๐๐๐๐",
            Kind.STAMPED,
        ),
        (
            "วิทยุสื่อสาร\nความเร่งด่วน ด่วนที่สุด\nที่ กบ ๐๑๑๗/๘๘  วันที่ ๕ มิถุนายน ๒๕๖๖\nจาก นายอำเภอเมืองกระบี่\n"
            "ถึง นายกเทศมนตรี ทุกแห่ง\nข้อความ\n"
            "ด้วยฝนตกหนัก ขอให้เฝ้าระวังและรายงานโดยด่วน\n(นายทดสอบ ดี)\nนายอำเภอเมืองกระบี่",
            Kind.RADIO,
        ),
        (
            "คำสั่งจังหวัดกระบี่\nที่ ๑๒๓/๒๕๖๖\nเรื่อง แต่งตั้งคณะทำงาน\nเพื่อให้การทำงานเรียบร้อย จึงแต่งตั้งคณะทำงาน ดังนี้\n"
            "สั่ง ณ วันที่ ๕ มิถุนายน พ.ศ. ๒๕๖๖\n(นายทดสอบ ดี)",
            Kind.ORDER,
        ),
    ],
)
def test_all_kinds(text, kind):
    packet = parsed(text)
    assert [letter.kind for letter in packet.letters] == [kind]
    assert packet.letters[0].number.value is not None


def test_notes_and_stamps_are_not_the_letter():
    text = DEPARTMENT.replace("ที่ มท", "ศาลากลางจังหวัดกระบี่\nเลขที่รับ 1234\nวันที่ 8 มิ.ย. 66\nเวลา 10.30 น.\n\nที่ มท", 1)
    text = text.replace("ขอแสดงความนับถือ", "เรียน ผู้ว่าราชการจังหวัดกระบี่\n- เพื่อโปรดทราบ\n\nขอแสดงความนับถือ")
    letter = parsed(text).letters[0]
    assert [recipient.name for recipient in letter.recipients] == ["ผู้ว่าราชการจังหวัด ทุกจังหวัด"]
    stamp = letter.received_stamps[0]
    assert (stamp.office, stamp.number, stamp.date.iso, stamp.time) == (
        "ศาลากลางจังหวัดกระบี่",
        "1234",
        "2023-06-08",
        "10:30",
    )
    assert letter.issuer.value == "กรมส่งเสริมการปกครองท้องถิ่น"
    assert letter.date.value.iso == "2023-06-05"
    assert "เพื่อโปรดทราบ" not in letter.text


def test_a_typed_citation_mends_a_damaged_head():
    damaged = DEPARTMENT.replace("ว ๔๕๖", "ว ๔๕ ๑").replace("๕ มิถุนายน ๒๕๖๖", "มิถุนายน ๒๕๖๖", 1)
    letter = parsed(PROVINCE, damaged).letters[1]
    assert str(letter.number.value) == "มท 0810.7/ว 456"
    assert letter.date.value.iso == "2023-06-05"
    assert "typed citation" in [repair.rule for repair in letter.number.repairs]
    assert {doubt.field for doubt in letter.review} >= {"number", "date"}


def test_a_cited_letter_is_never_younger_than_the_one_that_cites_it():
    letter = parsed(PROVINCE, DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", "๕ มิถุนายน ๒๕๖๗", 1)).letters[1]
    assert letter.date.value.iso == "2023-06-05"
    assert any("ไม่ใหม่กว่า" in repair.reason for repair in letter.date.repairs)


def test_deadlines_past_when_the_packet_was_made_are_history():
    old = DEPARTMENT.replace("๒๕๖๖", "๒๕๖๕")
    packet = parsed(PROVINCE, old)
    assert packet.letters[1].deadlines == ()


@pytest.mark.parametrize(
    ("foot", "iso"), [("สั่ง ณ วันที่ ๕ มิถุนายน พ.ศ. ๒๕๖๖", "2023-06-05"), ("ให้ไว้ ณ วันที่ ๑๒ มกราคม ๒๕๖๕", "2022-01-12")]
)
def test_an_order_is_dated_at_its_foot(foot, iso):
    text = f"คำสั่งจังหวัดกระบี่\nที่ ๑๒๓/๒๕๖๖\nเรื่อง แต่งตั้งคณะทำงาน\nเพื่อให้การทำงานเรียบร้อย จึงแต่งตั้ง ดังนี้\n{foot}\n(นายทดสอบ ดี)"
    assert parsed(text).letters[0].date.value.iso == iso


def test_an_old_letter_alone_keeps_its_deadline():
    old = DEPARTMENT.replace("๒๕๖๖", "๒๕๖๕")
    assert parsed(old).letters[0].deadlines[0].date.iso == "2022-06-30"


def test_an_unread_day_stays_unknown():
    letter = parsed(DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", "มิถุนายน ๒๕๖๖", 1)).letters[0]
    assert letter.date.value.precision is Precision.UNKNOWN_DAY
    assert packet_json(parsed(DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", "มิถุนายน ๒๕๖๖", 1)))["letters"][0]["date"] is None


def test_spans_of_the_document_are_exact():
    page = text_page(DEPARTMENT)
    letter, doc = read_letter(rows_of(page), (1,)), annotated(rows_of(page))
    assert [span.text for span in doc.spans["number"]] == [letter.number.evidence[0].text]
    assert [span.text for span in doc.spans["deadlines"]] == [letter.deadlines[0].evidence.text]
    assert {span.label_ for span in doc.spans["dated_facts"]} == {"dated_facts"}
    for reference in letter.references:
        assert page.text[reference.evidence.start : reference.evidence.end] == reference.evidence.text


def test_an_empty_packet_has_no_letters():
    assert parsed("").letters == ()
    assert parse_packet("none", []).letters == ()


@pytest.mark.parametrize(
    ("read", "field"),
    [("๒๕๖๖", None), ("๒๕๐๖", "date"), ("๒๕๕๖", "deadlines[0]")],
    ids=["right", "before the Regulation", "years away"],
)
def test_odd_times_are_doubted(read, field):
    letter = parsed(DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", f"๕ มิถุนายน {read}", 1)).letters[0]
    assert (field in {doubt.field for doubt in letter.review}) if field else letter.review == ()


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("เรื่ออ  การสำรวจ", "เรื่อง  การสำรวจ"),
        ("สิ่งที่ส่งมาค้วย  สำเนา", "สิ่งที่ส่งมาด้วย  สำเนา"),
        ("อ้างกึง  หนังสือ", "อ้างถึง  หนังสือ"),
        ("เรือน  จำ", "เรือน  จำ"),
        ("เรื่ออการสำรวจ", "เรื่ออการสำรวจ"),
        ("ประเภท  อื่น", "ประเภท  อื่น"),
    ],
)
def test_a_label_but_for_a_letter_is_whole(read, whole):
    assert with_whole_label(read) == whole


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("๒  ๘ มิถุนายน ๒๕๖๖", "2023-06-28"),
        ("วัน, ๒ ๘ มิถุนายน ๒๕๖๖", "2023-06-28"),
        ("of มิถุนายน ๒๕๖๖", "2023-06"),
        ("๕ มิถุ  นายน ๒๕๖๖", "2023-06-05"),
        ("§9 มิถุนายน ๒๕๖๖", "2023-06"),
    ],
)
def test_a_torn_date_line_is_put_together_or_left_unknown(line, iso):
    letter = parsed(DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", line, 1)).letters[0]
    assert letter.date.value.iso == iso
    assert iso == "2023-06-05" or any(doubt.field == "date" for doubt in letter.review)


def written(line: Line, entry: str, confidence: float, *rivals: tuple[str, float]) -> Line:
    """The line with one of its words entered by hand."""
    words = tuple(
        Word(part, confidence, None, tuple(Alternative(*rival) for rival in rivals), Ink.HAND)
        if part == entry
        else Word(part, 0.95)
        for part in line.text.split()
    )
    return Line(line.text, words)


def test_other_readings_of_a_hand_are_rivals_and_call_a_person():
    page = text_page(DEPARTMENT.replace("ว ๔๕๖", "ว  ๔๕๖"))
    lines = [
        written(line, "๔๕๖", 0.5, ("๔๕๘", 0.3), ("๙๕๖", 0.1))
        if "๔๕๖" in line.text and line.text.startswith("ที่")
        else written(line, "๕", 0.7, ("๖", 0.2), ("๓๕", 0.05))
        if line.text.startswith("๕ มิ")
        else line
        for line in page.lines
    ]
    letter = parse_packet("hand", [Page(1, tuple(lines), Source.TEXT)]).letters[0]
    assert [(str(rival.value), rival.confidence) for rival in letter.number.rivals] == [
        ("มท 0810.7/ว 458", 0.3),
        ("มท 0810.7/ว 956", 0.1),
    ]
    assert [rival.value.iso for rival in letter.date.rivals] == ["2023-06-06"]
    assert any(doubt.field == "number" for doubt in letter.review)
    assert {doubt.field for doubt in letter.review} == {"number", "date"}


def test_the_day_a_hand_wrote_below_an_order_keeps_its_rivals() -> None:
    texts = (
        "คำสั่งเทศบาลตำบลบ้านใหม่",
        "ที่ ๑๐/๒๕๖๗",
        "เรื่อง แต่งตั้งคณะกรรมการ",
        "เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย จึงแต่งตั้งคณะกรรมการ",
        "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
    )
    given = written(Line("สั่ง ณ วันที่ ๑๒ มีนาคม พ.ศ. ๒๕๖๗"), "๑๒", 0.6, ("๑๗", 0.3))
    page = Page(1, (*(Line(text) for text in texts), given), Source.OCR)
    letter = parse_packet("order", [page]).letters[0]
    assert letter.date.value is not None and letter.date.value.iso == "2024-03-12"
    assert [rival.value.iso for rival in letter.date.rivals] == ["2024-03-17"]
    assert letter.date.confidence <= 0.6


def test_what_a_hand_entered_is_no_print_of_the_letter() -> None:
    words = (Word("ที่", 1), Word("มท", 1), Word("0810.7/", 1), Word("ว908", 0.9, ink=Ink.HAND))
    line = Line("ที่ มท 0810.7/ว908", words)
    rest = [Line(text) for text in ("เรื่อง ทดสอบ", "เรียน นายอำเภอ ทุกอำเภอ", "ด้วยจังหวัดขอให้รายงาน", "ขอแสดงความนับถือ")]
    letter = parse_packet("one", [Page(1, (line, *rest), Source.OCR)]).letters[0]
    assert letter.number.value is not None and letter.number.value.serial == "908"
    assert [letter.text[start:end] for start, end in letter.by_hand] == ["908"]
    assert letter.printed.startswith("ที่ มท 0810.7/ว\nเรื่อง ทดสอบ")


def test_a_row_with_two_labels_is_cut_between_its_words() -> None:
    texts = ["ที่", "กบ", "0023.3/ว", "12", "ถึง", "เทศบาล", "ทุกแห่ง"]
    words = tuple(Word(text, 0.9, Box(place * 100, 10, place * 100 + 80, 40)) for place, text in enumerate(texts))
    row = Line("ที่ กบ 0023.3/ว 12     ถึง เทศบาล ทุกแห่ง", words, Box(0, 10, 680, 40))
    first, second = mended(Page(1, (row,), Source.OCR)).lines
    assert (first.text, second.text) == ("ที่ กบ 0023.3/ว 12", "ถึง เทศบาล ทุกแห่ง")
    assert (first.box, second.box) == (Box(0, 10, 380, 40), Box(400, 10, 680, 40))
    assert mended(Page(1, (first,), Source.OCR)).lines == (first,)


def boxed(*words: tuple[str, int, int]) -> Line:
    """A row of words, each with where it begins and ends."""
    placed = tuple(Word(text, 0.9, Box(left, 0, right, 30)) for text, left, right in words)
    return Line(" ".join(text for text, _, _ in words), placed, Box(words[0][1], 0, words[-1][2], 30))


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (boxed(("๑", 20, 40), ("ลงวันที่", 200, 300)), "ลงวันที่"),
        (boxed(("-", 20, 40), ("ทราบ", 60, 120)), "- ทราบ"),  # a note in the margin
        (boxed(("๑.", 210, 230), ("แบบสำรวจ", 260, 400)), "๑. แบบสำรวจ"),
        (boxed(("เรียน", 20, 90), ("นายอำเภอ", 200, 300)), "เรียน นายอำเภอ"),
    ],
)
def test_a_sign_left_of_the_text_is_no_part_of_a_row(row: Line, text: str) -> None:
    page = Page(1, (*[boxed(("ข้อความ", 200, 900))] * 4, row), Source.OCR, 1000, 1400)
    assert mended(page).lines[-1].text == text
