"""Spaces stand between words though the engine's boxes are off by a character or two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import ImageFont

from ocr.spaces import Gap, Shown, placed, seen_at
from tests.ocr.paper import FONT

SIZE, SPACE = 40, 14.0
FACES = [FONT, FONT.with_name("Garuda.ttf"), FONT.with_name("Norasi.ttf")]
LINES = [  # as the engine has the white, and as it is printed
    ("นายกองค์การบริหารส่วนตำบลทุ|กแห่ง", "นายกองค์การบริหารส่วนตำบล|ทุกแห่ง"),
    ("ประกาศ|ณวั|นที่|๑|สิงหาคม", "ประกาศ|ณ|วันที่|๑|สิงหาคม"),
    ("หนังสือกระทรวงมหาดไทยด่|วนที่สุด|ที่", "หนังสือกระทรวงมหาดไทย|ด่วนที่สุด|ที่"),
    ("ตามหนังสือที่อ้างถึ|ง๒|กรมได้", "ตามหนังสือที่อ้างถึง|๒|กรมได้"),
    ("ว1|215|ลงวันที่", "ว|1215|ลงวันที่"),
    ("โทร.|042|000|612", "โทร.|042|000|612"),
    ("จังหวัดตรัง|ขอ|ส่ง", "จังหวัดตรัง|ขอ|ส่ง"),
    ("เวลา|08.30|น.|ณ|หอประชุม", "เวลา|08.30|น.|ณ|หอประชุม"),
    ("กำหนดและ|เนื่องจากการเบิกจ่าย", "กำหนด|และเนื่องจากการเบิกจ่าย"),
    ("๓.ขอ|เชิญผู้แทนองค์กรปกครอง", "๓.|ขอเชิญผู้แทนองค์กรปกครอง"),
    ("รายงานแล้ว|๗๑จั|งหวัด|นั้น", "รายงานแล้ว|๗๑|จังหวัด|นั้น"),
    ("สถานศึก|ษา/ศู|นย์พัฒนาเด็ก", "สถานศึกษา|/|ศูนย์พัฒนาเด็ก"),
]


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
@pytest.mark.parametrize(("seen", "printed"), LINES)
def test_a_space_goes_where_widths_and_words_have_it(seen: str, printed: str, face: object) -> None:
    line, gaps = line_of(seen, printed, ImageFont.truetype(str(face), SIZE))
    assert parted(line, placed(line, gaps)) == printed


@pytest.mark.parametrize(("seen", "printed"), [LINES[0], LINES[2]])
def test_where_sizes_differ_words_alone_tell(seen: str, printed: str) -> None:
    line, gaps = line_of(seen, printed, ImageFont.truetype(str(FONT), SIZE))
    assert parted(line, placed(line, gaps, by_width=False)) == printed


def test_columns_of_figures_stay_apart() -> None:
    line, gaps = line_of("รวม|5|12|7", "รวม|5|12|7", ImageFont.truetype(str(FONT), SIZE))
    assert parted(line, placed(line, gaps)) == "รวม|5|12|7"


def test_a_space_that_the_engine_read_is_believed() -> None:
    """ข้าว ยากนาน or ข้าวยาก นาน: both are words."""
    text, middles = "ข้าวยากนาน", [10.0 * at + 5 for at in range(10)]
    gap = Gap(60, 66, False)
    assert list(placed(Shown(text, middles, 0, 106, frozenset({7})), [gap])) == [7]
    assert list(placed(Shown(text, middles, 0, 106, frozenset({4})), [gap], by_width=False)) == [4]


def test_a_space_narrower_than_others_is_one_if_the_engine_read_it() -> None:
    line = Shown("กขคงจฉ", [10.0 * at + 5 for at in range(6)], 0, 60, frozenset({0, 3}))
    assert {at: gap.middle for at, gap in placed(line, []).items()} == {3: 30.0}
    assert list(placed(line, [Gap(29, 33, False)])) == [3]


def test_white_beside_a_one_is_no_space() -> None:
    line = Shown("ที่114/2564", [10 * at + 5.0 for at in range(11)], 0.0, 110.0)
    gaps = [Gap(26, 34, False), Gap(39, 44, False)]
    assert list(placed(line, gaps)) == [3]
    assert list(placed(line, [gaps[0], Gap(36, 44, False)])) == [3, 4]


def test_where_widths_fit_nowhere_words_tell() -> None:
    """A word in another size beside a usual one."""
    small, large = (ImageFont.truetype(str(FONT), size) for size in (30, 52))
    one, other = "ความเร่งด่วน", "ด่วนที่สุด"
    begin = small.getlength(one)
    middles = [small.getlength(one[:at]) + 4 for at in range(len(one))]
    middles += [begin + 40 + large.getlength(other[:at]) + 4 for at in range(len(other))]
    line = Shown(one + other, middles, 0.0, begin + 40 + large.getlength(other))
    assert parted(line, placed(line, [Gap(begin, begin + 40, True)])) == f"{one}|{other}"


def test_white_before_and_behind_a_line_is_none_of_its_spaces() -> None:
    line = Shown("กข", (10.0, 30.0), 0.0, 40.0)
    outside = [Gap(-60, -10, False), Gap(50, 90, False)]
    assert seen_at(line, outside) == []
    assert placed(line, outside) == {}
    assert placed(Shown("", (), 0.0, 0.0), []) == {}


def test_more_gaps_than_characters_between_them_stay_where_they_are_seen() -> None:
    line = Shown("กข", (10.0, 60.0), 0.0, 70.0)
    gaps = [Gap(20, 25, False), Gap(30, 35, False), Gap(40, 45, True)]
    assert placed(line, gaps) == {1: gaps[-1]}


def line_of(seen: str, printed: str, font: ImageFont.FreeTypeFont) -> tuple[Shown, list[Gap]]:
    """A line drawn as ``printed``, which the engine takes for ``seen``; ``|`` stands for white."""
    starts, text = [], ""
    for word in seen.split("|"):
        room = SPACE * len(starts)
        starts.append(room)
        text += word
    middles = [font.getlength(text[:at]) + font.getlength(text[at]) / 2 + room
               for word, room, begin in zip(seen.split("|"), starts, begins(seen), strict=True)
               for at in range(begin, begin + len(word))]
    ends = [font.getlength(text[:at]) for at in [*begins(printed), len(text)]]
    rooms = [SPACE * at for at in range(len(ends))]
    gaps = [Gap(end + room - SPACE, end + room, False) for end, room in list(zip(ends, rooms, strict=True))[1:-1]]
    return Shown(text, middles, 0.0, ends[-1] + rooms[-2]), gaps


def begins(line: str) -> list[int]:
    """Where its words begin, white left out."""
    words = line.split("|")
    return [sum(map(len, words[:at])) for at in range(len(words))]


def parted(line: Shown, breaks: dict[int, Gap]) -> str:
    cuts = [0, *sorted(breaks), len(line.text)]
    return "|".join(line.text[one:other] for one, other in pairwise(cuts))
