"""Which pages make a letter, which are attachments and of what kind, and what is odd about how they lie."""

import pytest

from letters import AttachmentKind, Code, Ink, Kind, Line, Page, Source
from parsing import packet_json, parse_packet
from parsing.attachments import attachment_kind
from tests.parsing.texts import DEPARTMENT, PROVINCE, parsed, text_page

FIRST, REST = DEPARTMENT.split("จึงขอให้", 1)
PAGE_1 = FIRST + "/จึงขอให้แจ้ง......"
PAGE_2 = "- ๒ -\nจึงขอให้" + REST
MANUAL = "คู่มือการใช้งาน\n๑. เข้าสู่ระบบ\n๒. เลือกเมนู"
TABLE = "บัญชีจัดสรร\nลำดับ ชื่อ จำนวน\n๑ เทศบาลตำบลกลาง ๑๐\n๒ เทศบาลตำบลเหนือ ๒๐\n๓ เทศบาลตำบลใต้ ๓๐"


def pages_of(packet):
    return [letter.pages for letter in packet.letters]


def about_pages(packet):
    return [doubt.reason for letter in packet.letters for doubt in letter.review if doubt.field == "pages"]


def test_a_page_scanned_behind_an_attachment_still_belongs_to_its_letter():
    packet = parsed(PAGE_1, MANUAL, PAGE_2, PROVINCE)
    assert pages_of(packet) == [(1, 3), (4,)]
    assert [(item.pages, item.kind.value, item.letter) for item in packet.attachments] == [((2,), "manual", 0)]
    assert about_pages(packet) == ["มีเอกสารอื่นแทรกอยู่ระหว่างหน้าของหนังสือ"]
    assert packet.letters[0].signatory.name == "นายทดสอบ ระบบดี"


def test_pages_in_the_wrong_order_are_read_in_the_right_one_and_flagged():
    packet = parsed(PAGE_2, PAGE_1)
    assert pages_of(packet) == [(1, 2)]
    letter = packet.letters[0]
    assert letter.text.index("เรื่อง") < letter.text.index("จึงเรียนมา")
    assert letter.number.evidence[0].page == 2
    assert about_pages(packet) == ["หน้าสแกนสลับลำดับ อ่านตามลำดับหน้า 2, 1"]


def test_three_pages_of_which_two_are_swapped():
    body, end = REST.split("จึงเรียนมา", 1)
    second, third = "- ๒ -\nจึงขอให้" + body + "/จึงเรียนมา......", "- ๓ -\nจึงเรียนมา" + end
    packet = parsed(PAGE_1, third, second)
    assert pages_of(packet) == [(1, 2, 3)]
    assert about_pages(packet) == ["หน้าสแกนสลับลำดับ อ่านตามลำดับหน้า 1, 3, 2"]
    assert packet.letters[0].signatory.name == "นายทดสอบ ระบบดี"


def test_a_promised_page_that_is_not_there_is_missed():
    assert about_pages(parsed(PAGE_1, PROVINCE)) == ["มีคำต่อหน้าท้ายหน้า แต่ไม่พบหน้าถัดไป"]


def test_a_numbered_page_behind_a_finished_letter_is_an_attachment():
    packet = parsed(DEPARTMENT, "- ๒ -\n" + MANUAL)
    assert pages_of(packet) == [(1,)]
    assert [item.pages for item in packet.attachments] == [(2,)]


def test_the_same_letter_twice_is_kept_twice_and_says_so():
    packet = parsed(PROVINCE, DEPARTMENT, PROVINCE)
    assert pages_of(packet) == [(1,), (2,), (3,)]
    assert [letter.copy_of for letter in packet.letters] == [None, None, 0]
    assert [letter["copy_of"] for letter in packet_json(packet)["letters"]] == [None, None, 0]


def test_of_original_and_file_copy_the_file_copy_is_the_copy():
    packet = parsed("สำเนาคู่ฉบับ\n" + PROVINCE, PROVINCE)
    assert [letter.copy_of for letter in packet.letters] == [1, None]
    assert packet.letters[0].copy_mark.value == "สำเนาคู่ฉบับ"


def test_a_copy_whose_number_was_not_read_is_known_by_its_text():
    packet = parsed(PROVINCE, PROVINCE.replace("ว ๒๒๒๒", "ว"))
    assert [letter.copy_of for letter in packet.letters] == [None, 0]


@pytest.mark.parametrize(
    "other",
    [
        PROVINCE.replace("๑๒ มิถุนายน ๒๕๖๖", "๑๒ กรกฎาคม ๒๕๖๖", 1),
        PROVINCE.replace("ว ๒๒๒๒", "ว ๒๒๒๓"),
        DEPARTMENT,
    ],
    ids=["another date", "another number", "another letter"],
)
def test_another_letter_is_no_copy(other):
    assert [letter.copy_of for letter in parsed(PROVINCE, other).letters] == [None, None]


def test_a_garbled_label_of_the_number_loses_neither_letter_nor_number():
    packet = parsed(PROVINCE, DEPARTMENT.replace("ที่ มท", "ท มท", 1))
    assert [str(letter.number.value) for letter in packet.letters] == ["กบ 0023.3/ว 2222", "มท 0810.7/ว 456"]


ORDER = "คำสั่งจังหวัดกระบี่\nที่ ๑๒/๒๕๖๖\nเรื่อง แต่งตั้งคณะทำงาน\nเพื่อให้เรียบร้อย จึงแต่งตั้ง\nสั่ง ณ วันที่ ๕ มิถุนายน ๒๕๖๖\n(นายทดสอบ ดี)\n"
NOTICE = "ประกาศจังหวัดกระบี่\nเรื่อง กำหนดเขตควบคุม\nด้วยเกิดภัยแล้ง จึงประกาศ\nประกาศ ณ วันที่ ๖ มิถุนายน ๒๕๖๖\n(นายทดสอบ ดี)\n"
RADIO = (
    "วิทยุสื่อสาร\nความเร่งด่วน ด่วน\nที่ กบ ๐๐๑๘/๙ วันที่ ๕ มิถุนายน ๒๕๖๖\nจาก นายอำเภอเกาะลันตา\nถึง กำนัน ทุกตำบล\n"
    "ข้อความ\nให้เฝ้าระวัง\n(นายทดสอบ ดี)\nนายอำเภอเกาะลันตา\n"
)


def test_letters_of_other_kinds_in_a_text_without_page_marks():
    packet = parsed(PROVINCE + "\n\n" + ORDER + "\n\n" + NOTICE + "\n\n" + RADIO + "\n\n" + DEPARTMENT)
    assert [letter.kind.value for letter in packet.letters] == [
        "external",
        "order",
        "announcement",
        "radio",
        "external",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TABLE, AttachmentKind.TABLE),
        ("แบบสำรวจจำนวนสุนัข\nหมู่ บ้าน\n๑ บ้านกลาง ๑๐\n๒ บ้านเหนือ ๑๒\n๓ บ้านใต้ ๙\n๔ บ้านน้อย ๘", AttachmentKind.TABLE),
        ("แบบรายงาน\nชื่อ ............ สกุล ............\nที่อยู่ ...........\nโทร ..........", AttachmentKind.FORM),
        ("ใบสมัคร\nชื่อ ______________", AttachmentKind.FORM),
        (MANUAL, AttachmentKind.MANUAL),
        ("Login\nUsername\nPassword\nคลิกปุ่มตกลง", AttachmentKind.MANUAL),
        ("แบบสำรวจ\nสแกนเพื่อกรอกแบบสำรวจ\nhttps://forms.example.go.th/a", AttachmentKind.QR),
        ("QR Code\nคู่มือการใช้งานระบบ", AttachmentKind.MANUAL),
        ("กำหนดการประชุม\n๐๙.๐๐ น. ลงทะเบียน", AttachmentKind.OTHER),
        ("", AttachmentKind.OTHER),
    ],
)
def test_kinds_of_attachments(text, kind):
    assert attachment_kind(text_page(text)) is kind


def test_a_page_with_a_code_and_hardly_more_is_a_code_page():
    page = Page(1, (Line("คู่มือการใช้งานระบบ"),), Source.OCR, codes=(Code("https://example.go.th"),))
    assert attachment_kind(page) is AttachmentKind.QR


def test_a_packet_of_many_pages_stays_linear():
    """Five hundred pages, most of them attachments, with open letters among them, end in seconds."""
    pages = [PAGE_1, MANUAL, TABLE, PROVINCE, "ก " * 400] * 100
    packet = parse_packet("many", [text_page(text, number) for number, text in enumerate(pages, 1)])
    assert len(packet.letters) == 200


def test_what_was_written_below_the_closing_and_the_foot_is_no_text() -> None:
    rows = [
        "KHAO KOB SAO  FAX 075-000-111  08/06/23  P.01",
        "ที่ ตง 0023.3/ว 88  ศาลากลางจังหวัดตรัง",
        "9 พฤษภาคม 2566",
        "เรื่อง ทดสอบ",
        "เรียน นายอำเภอ ทุกอำเภอ",
        "ด้วยจังหวัดขอให้รายงานผล ทางโทรศัพท์ โทร. 075-000-112",
        "ขอแสดงความนับถือ",
        "- มอบกองช่าง",
        "- แจ้งทุกแห่ง",
        "ว่าที่ร้อยตรี",
        "(สมชาย ใจดีมาก)",
        "ผู้ว่าราชการจังหวัดตรัง",
        "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด",
        "โทร. 075-000-111",
        "(นางสาวสมหญิง เขียนดี)",
        "หัวหน้าสำนักปลัด",
    ]
    letter = parse_packet("one", [Page(1, tuple(map(Line, rows)), Source.OCR)]).letters[0]
    assert letter.text.split("\n") == [row for at, row in enumerate(rows) if at not in (0, 7, 8, 14, 15)]
    assert letter.signatory is not None and letter.signatory.name == "ว่าที่ร้อยตรี สมชาย ใจดีมาก"


@pytest.mark.parametrize("ink", [Ink.HAND, Ink.PRINT])
def test_a_stray_figure_at_the_top_is_no_page_number(ink: Ink) -> None:
    first = [
        "ที่ ตง 0023.3/ว 88",
        "9 พฤษภาคม 2566",
        "เรื่อง ทดสอบ",
        "เรียน นายอำเภอ ทุกอำเภอ",
        "ด้วยจังหวัดขอให้",
        "/รายงานผล...",
    ]
    second = ["- 2 -", "รายงานผลภายในเดือนนี้", "ขอแสดงความนับถือ", "(นายสมชาย ใจดีมาก)", "ผู้ว่าราชการจังหวัดตรัง"]
    pages = [
        Page(1, (Line("8", ink=ink), *map(Line, first), Line("เลขรับ 12", ink=Ink.STAMP)), Source.OCR),
        Page(2, tuple(map(Line, second)), Source.OCR),
    ]
    letter = parse_packet("one", pages).letters[0]
    assert letter.pages == (1, 2) and letter.text.index("ด้วยจังหวัด") < letter.text.index("รายงานผลภายใน")


def test_an_order_whose_heading_was_misread_is_known_by_its_number() -> None:
    rows = [
        "คตำสั่งอำเภอธัมพวา",
        "ที่ 512/2560 |",
        "เรื่อง แต่งตั้งคณะกรรมการ",
        "เพื่อให้การแข่งขันเรียบร้อย จึงแต่งตั้งนายอำเภอเป็นประธาน",
        "สั่ง ณ วันที่ 6 ธันวาคม พ.ศ. 2560",
        "(นายสมชาย ใจดีมาก)",
        "นายอำเภออัมพวา",
    ]
    [letter] = parse_packet("one", [Page(1, tuple(map(Line, rows)), Source.OCR)]).letters
    assert letter.kind is Kind.ORDER and letter.number.value is not None and letter.number.value.serial == "512"


def test_a_note_on_a_memo_stands_between_its_last_words_and_the_name() -> None:
    rows = [
        "บันทึกข้อความ",
        "ส่วนราชการ กองช่าง โทร. 12",
        "ที่ ตง 71001/5  วันที่ 9 พฤษภาคม 2566",
        "เรื่อง ขออนุมัติ",
        "เรียน นายก อบต.",
        "ด้วยกองช่างมีความจำเป็นต้องซ่อมถนน ดังนี้",
        "- ถนนสายหนึ่ง",
        "จึงเรียนมาเพื่อโปรดพิจารณา",
        "- เห็นชอบ",
        "– แจ้งกองคลังดำเนินการ",
        "(นายสมชาย ใจดีมาก)",
        "ผู้อำนวยการกองช่าง",
    ]
    [letter] = parse_packet("one", [Page(1, tuple(map(Line, rows)), Source.OCR)]).letters
    assert "- ถนนสายหนึ่ง" in letter.text and "เห็นชอบ" not in letter.text and "กองคลัง" not in letter.text


def test_a_stray_figure_draws_no_attachment_into_a_letter() -> None:
    head = ["10", "ที่ ตง 0023.3/ว 88", "9 พฤษภาคม 2566", "เรื่อง ทดสอบ", "เรียน นายอำเภอ ทุกอำเภอ", "ด้วยจังหวัดขอให้รายงาน"]
    foot = ["ขอแสดงความนับถือ", "(นายสมชาย ใจดีมาก)", "ผู้ว่าราชการจังหวัดตรัง"]
    agenda = ["9", "กำหนดการประชุม", "เวลา 09.00 น. ลงทะเบียน"]
    pages = [Page(at, tuple(map(Line, rows)), Source.OCR) for at, rows in enumerate(([*head, *foot], agenda), 1)]
    packet = parse_packet("one", pages)
    assert [letter.pages for letter in packet.letters] == [(1,)] and packet.attachments[0].pages == (2,)


OPEN = """ที่ มท ๐๘๑๐.๗/ว ๑๓๔๒
กรมส่งเสริมการปกครองท้องถิ่น
ถนนนครราชสีมา กทม. ๑๐๓๐๐
๕ มิถุนายน ๒๕๖๖
เรื่อง การสำรวจข้อมูลศูนย์พัฒนาเด็กเล็ก
เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด
ด้วยกรมส่งเสริมการปกครองท้องถิ่นมีความจำเป็นต้องใช้ข้อมูลเพื่อประกอบการจัดทำคำของบประมาณ
หากมีข้อสงสัยสอบถามได้ที่กองการศึกษา โทร. ๐ ๒๒๔๑ ๐๐๑๗ จึงขอให้ดำเนินการตามกำหนด ดังนี้"""
TABLE = """แบบรายงานและกำหนดส่ง
๑  แบบ ก.   ๓๐ มิถุนายน ๒๕๖๖
๒  แบบ ข.   ๑๕ กรกฎาคม ๒๕๖๖"""
CLOSED = "จึงเรียนมาเพื่อพิจารณาดำเนินการ\nขอแสดงความนับถือ"
SIGNED = "(นายสมบูรณ์ ทองแท้)\nอธิบดีกรมส่งเสริมการปกครองท้องถิ่น"
FORM_LETTER = "แบบตอบรับ\nชื่อ ....................\nขอแสดงความนับถือ\n(....................)"


@pytest.mark.parametrize(("first", "second", "together"), [
    (OPEN, f"{TABLE}\n{CLOSED}\n{SIGNED}", True),  # it looks like a form, and brings the closing words
    (f"{OPEN}\n{CLOSED}", SIGNED, True),
    (f"{OPEN}\n{CLOSED}\n{SIGNED}", FORM_LETTER, False),
    (f"{OPEN}\n{CLOSED}\n{SIGNED}", TABLE, False),
    (OPEN, TABLE, False),
])
def test_a_page_that_brings_what_the_letter_lacks_goes_with_it(first: str, second: str, together: bool) -> None:
    packet = parsed(first, second)
    assert [letter.pages for letter in packet.letters] == ([(1, 2)] if together else [(1,)])
    assert bool(packet.attachments) is not together


def test_an_office_on_a_page_of_its_own_goes_with_its_letter() -> None:
    letter, foot = DEPARTMENT.split("กองทดสอบ")
    assert pages_of(parsed(letter, "กองทดสอบ" + foot)) == [(1, 2)]
    assert pages_of(parsed(DEPARTMENT, "กองทดสอบ" + foot)) == [(1,)]  # the letter has its office


def test_a_last_page_without_number_or_catch_word_before_its_first() -> None:
    """It brings closing words and signer that the letter behind it lacks; the letter before it has its own."""
    packet = parsed(PROVINCE, "จึงขอให้" + REST, FIRST)
    assert pages_of(packet) == [(1,), (2, 3)]
    assert packet.letters[1].signatory.name == "นายทดสอบ ระบบดี"
    assert about_pages(packet) == ["หน้าสแกนสลับลำดับ อ่านตามลำดับหน้า 3, 2"]


def test_a_last_page_before_its_first_goes_before_an_attachment_behind_it() -> None:
    packet = parsed(PAGE_2, PAGE_1, "ใบรับรอง\nเขียนที่ ........\nลงชื่อ ........ พยาน")
    assert pages_of(packet) == [(1, 2)]
    assert [item.pages for item in packet.attachments] == [(3,)]


RULE = """ประกาศคณะกรรมการกลางพนักงานตัวอย่าง
เรื่อง หลักเกณฑ์การนับถังขยะ
โดยที่เป็นการสมควรกำหนดหลักเกณฑ์การนับถังขยะ
ข้อ ๑ ประกาศนี้ให้ใช้บังคับตั้งแต่วันถัดจากวันประกาศเป็นต้นไป
ข้อ ๒ การนับถังขยะให้ทำปีละครั้ง
ประกาศ ณ วันที่ ๒ มิถุนายน พ.ศ. ๒๕๖๖
(นายประกาศ ใจดี)
ประธานกรรมการ"""
SENDS = DEPARTMENT.replace("อ้างถึง", "สิ่งที่ส่งมาด้วย ประกาศคณะกรรมการกลาง เรื่อง หลักเกณฑ์ จำนวน ๑ ฉบับ\nอ้างถึง", 1)

@pytest.mark.parametrize(
    ("cover", "rule", "letters"),
    [
        (SENDS, RULE, [(1,)]),
        (DEPARTMENT, RULE, [(1,), (2,)]),  # no letter lists it
        (SENDS, "๔\n" * 9 + RULE, [(1,)]),  # strays above it
        (SENDS, RULE.replace("คณะกรรมการกลางพนักงานตัวอย่าง", "กรมส่งเสริมการปกครองท้องถิ่น"), [(1,), (2,)]),  # its own
        (SENDS, "\n".join(RULE.splitlines()[:2] + RULE.splitlines()[5:]), [(1,), (2,)]),  # no clauses: an announcement
    ],
)
def test_rules_of_another_body_go_with_the_letter_that_lists_them(cover: str, rule: str, letters: list[object]) -> None:
    assert pages_of(parsed(cover, rule)) == letters


def test_a_list_of_bodies_makes_no_letter_of_a_page() -> None:
    assert pages_of(parsed(DEPARTMENT, "บัญชีรายชื่อ\n" + "เทศบาลตำบลกลาง\n" * 5)) == [(1,)]
