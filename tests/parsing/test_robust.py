"""Any text gives a result, in linear time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing import packet_json
from tests.parsing.texts import DEPARTMENT, PROVINCE, body, parsed

PIECES = [
    "ที่ มท ๐๘๑๐.๗/ว ",
    "เรื่อง ",
    "เรียน ",
    "ภายในวันที่ ",
    "๓๑ มีนาคม ๒๕๖๖",
    "ตามที่ ",
    " นั้น",
    "\n",
    "\n\n",
    "๑. ",
    "(",
    ")",
    "ขอแสดงความนับถือ",
    "โทร. ",
    "๐๐๒๓.๓/",
    "ลงวันที่ ",
    "สิ่งที่ส่งมาด้วย ",
    "อ้างถึง ",
    "....",
    " ",
    "ด่วนที่สุด",
    "\u0e48",
    "\f",
    "ทุกวันที่ ๕ ของเดือน",
    "ปีละสองครั้ง",
    "ภายในสามสิบวันนับแต่",
    "ภายในสิ้นเดือนนี้",
    "ระหว่างวันที่ ๑ - ",
    "ก่อนเวลา ๑๖.๓๐ น. ของวันศุกร์ที่ ",
    "๙๙ กุมภาพันธ์ ๒๕๙๙",
    "ทุก ๐ เดือน",
    "2 5 6 6",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60))
def test_any_text_gives_a_packet(pieces):
    packet = parsed("".join(pieces))
    assert packet_json(packet)["packet"] == "test"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40))
def test_any_body_gives_a_letter(pieces):
    """Whatever the body says, its deadlines have rules and days that exist, and evidence that stands on the page."""
    packet = parsed(body("".join(pieces).replace("\f", "")))
    for letter in packet.letters:
        pages = {page.number: page.text for page in packet.pages}
        for deadline in letter.deadlines:
            evidence = deadline.evidence
            assert pages[evidence.page][evidence.start : evidence.end] == evidence.text
            assert 0 <= deadline.confidence <= 1
            assert deadline.rule is None or deadline.rule.startswith("FREQ=")
            assert "INTERVAL=0" not in (deadline.rule or "")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DEPARTMENT)), st.integers(0, len(PROVINCE)))
def test_torn_letters_give_a_packet(first, second):
    assert packet_json(parsed(DEPARTMENT[first:] + PROVINCE[:second]))["pages"] >= 1


def test_long_texts_stay_linear():
    """A hundred letters in one text, and lines of one kind by the ten thousand, end in seconds."""
    packet = parsed("\n".join([PROVINCE, DEPARTMENT] * 50))
    assert len(packet.letters) == 100
    for line in ("ที่ ", "ตามที่ ", "ภายใน ", "๑๒๓/", "เรียน ก ", "ขอให้", "ก" * 50):
        parsed(line * 4000)
        parsed((line + "\n") * 4000)


REPEATED = (
    *("ที่ ", "ตามที่ ", "ภายใน ", "๑๒๓/", "ขอให้", "ก", "ทุกวันที่ ", "๑ ๒ ", "มีนาคม ", "ปีละ ", "(", ". ", "  ", "\n\n"),
    *("ภายในวันที่ ๕ มีนาคม ๒๕๖๖ ", "หนังสือ ที่ มท ๐๘๑๐.๗/ว ๔๕๖ ", "ทุกวันจันทร์และ", "ที่ผ่านมา ", "บัดนี้ ", "ลงวันที่ ", "แจ้ง"),
    *("ก่อนวันดังกล่าว ", "ให้ส่งล่วงหน้าอย่างน้อย ๓ วัน ", "ขอให้ส่งก่อน", "ระบบจะปิด ", "เริ่มบันทึก "),
    *("เพื่อรวบรวมส่ง", "รอบที่ ๑ ๕ มีนาคม "),
)


def cpu_seconds(text: str) -> float:
    started = time.process_time()
    parsed(text)
    return time.process_time() - started


@pytest.mark.parametrize("piece", REPEATED)
def test_a_piece_over_and_over_in_a_body_takes_linear_time(piece):
    """Eight times the text takes far less than the sixty-four times of a pattern that goes over it again and again;
    what takes no time worth measuring passes."""
    cpu_seconds(body(piece * 100))
    short, long = cpu_seconds(body(piece * 250)), cpu_seconds(body(piece * 2000))
    assert long < max(24 * short, 1.0)


def test_blanks_by_the_hundred_are_cut_before_anything_looks_at_them():
    packet = parsed(body("ก" + " " * 5000 + "ข" + "\n" * 500 + "ค"))
    assert len(packet.pages[0].text) < 2500
