"""Any text gives a result, in linear time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from parsing import packet_json
from tests.parsing.texts import DEPARTMENT, PROVINCE, parsed

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
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60))
def test_any_text_gives_a_packet(pieces):
    packet = parsed("".join(pieces))
    assert packet_json(packet)["packet"] == "test"


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
