"""Received stamps: frames aslant are found and straightened, rows read apart, and the letter's own lines kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from letters import Box, Ink, Line
from letters.text import squeeze
from ocr.clean import clean
from ocr.frames import Frame, find_frames
from ocr.handwriting.decode import Kind
from ocr.layout import _repeated
from ocr.lines import Segment, find_lines
from ocr.raster import PAPER
from ocr.stamps import Stamp, black_stamps, coloured_stamps, darkened, outside, without_frames
from ocr.unframed import Labelled, unframed
from tests.ocr.paper import DPI, page_of_text, sheet, write
from tests.ocr.test_reader import one, saved

BLUE, RED, BLACK = "#2850c8", "#d02030", "black"
ROWS = ("เทศบาลตำบลบ้านใหม่", "เลขรับที่  1290", "วันที่  15 มี.ค. 67", "เวลา  10.30")


def stamp(ink: str, hand: str | None = None) -> Image.Image:
    """A received stamp of 6.2 by 2.7 cm on a transparent sheet; ``hand``: the ink of what is entered."""
    image = Image.new("RGBA", (490, 216), (255, 255, 255, 0))
    ImageDraw.Draw(image).rectangle((3, 3, 486, 212), outline=ink, width=4)
    for row, text in enumerate(ROWS):
        label, _, entry = text.partition("  ")
        write(image, (150 if row == 0 else 20, 12 + 50 * row), label, 30, ink)
        write(image, (170, 12 + 50 * row), entry, 30, hand or ink)
    return image


def stamped(ink: str, degrees: float = 0.0, at: tuple[int, int] = (1000, 120), hand: str | None = None) -> Image.Image:
    page = page_of_text()
    turned = stamp(ink, hand).rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    page.paste(turned, at, turned)
    return page


@pytest.mark.parametrize("degrees", [-5, -2, 0, 3, 6])
def test_frame_is_found_and_straightened(degrees: float) -> None:
    page = clean(stamped(BLUE, degrees)).coloured
    (frame,) = find_frames(page, DPI)
    assert frame.size == pytest.approx((484, 210), abs=12)
    straight = frame.straight(page)
    assert (straight[10:-10, 12:18] < 190).mean() < 0.05  # between the left side and the labels
    left_top = frame.on_page(Box(0, 0, 1, 1))
    assert (left_top.left, left_top.top) == pytest.approx(tuple(frame.corners[0]), abs=2)
    assert frame.in_frame(*map(float, frame.corners[2])) == pytest.approx(frame.size, abs=1)


@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
def test_frame_with_a_worn_side(side: str) -> None:
    image = np.asarray(clean(stamped(BLUE)).coloured).copy()
    worn = {"left": np.s_[150:300, 990:1015], "right": np.s_[150:300, 1470:1500], "top": np.s_[110:135, 1050:1200],
            "bottom": np.s_[320:345, 1150:1350]}
    image[worn[side]] = 255
    (frame,) = find_frames(image, DPI)
    assert frame.size == pytest.approx((484, 210), abs=14)


def test_plain_page_and_table_of_a_page_have_no_stamp_frame() -> None:
    assert find_frames(clean(page_of_text()).print, DPI) == []
    page = sheet()
    ImageDraw.Draw(page).rectangle((150, 200, 1500, 2000), outline="black", width=4)
    assert find_frames(clean(page).print, DPI) == []


def test_rows_of_a_stamp_are_cut_apart() -> None:
    page = clean(stamped(BLUE, 3))
    (found,) = coloured_stamps(page, find_lines(page.print, DPI), DPI)
    assert len(found.strips) == 4
    assert [strip.top for strip in found.strips] == sorted(strip.top for strip in found.strips)
    assert len(found.bands) == 3  # no line of the letter runs through number, day and hour


def test_entries_in_black_belong_to_the_coloured_stamp() -> None:
    page = clean(stamped(BLUE, 2, at=(1000, 40), hand=BLACK))
    layout = find_lines(page.print, DPI)
    (found,) = coloured_stamps(page, layout, DPI)
    assert len(found.bands) == 3
    assert layout is not None
    owned = [segment for row in layout.rows for segment in row if found.owns(segment)]
    assert owned
    assert all(segment.middle < 270 for segment in owned)


@pytest.mark.parametrize("ink", ["#a8b8ee", "#f0a8b0"])
def test_pale_ink_is_darkened_to_be_read(ink: str) -> None:
    page = clean(stamped(ink, 2, at=(1000, 60), hand=BLUE))
    (found,) = coloured_stamps(page, find_lines(page.print, DPI), DPI)
    office = found.strips[0].image
    assert np.quantile(office[office < PAPER], 0.5) < 205
    assert (page.coloured < PAPER).sum() == pytest.approx((darkened(page.coloured) < PAPER).sum())


def test_frame_goes_and_letters_across_it_stay() -> None:
    plain, page = clean(page_of_text()), clean(stamped(BLACK, at=(400, 220)))
    found = black_stamps(page, find_lines(page.print, DPI), DPI)
    rest = without_frames(page.print, found, DPI) < 140
    side = np.s_[215:440, 400:410]
    assert (page.print < 140)[side].mean() > 0.3
    assert rest[side].mean() < 0.1
    text = plain.print < 140
    assert (rest & text).sum() > 0.97 * text.sum()
    assert (outside(page.print, found, DPI)[230:420, 420:870] == 255).all()


@pytest.mark.parametrize("degrees", [-1.5, 0, 2])
def test_side_through_the_heads_of_letters_takes_none_of_them(degrees: float) -> None:
    plain = sheet()
    write(plain, (1030, 330), "ศาลากลางจังหวัดเชียงใหม่", 40)
    page = plain.copy()
    turned = stamp(BLACK).rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    page.paste(turned, (1000, 140), turned)
    cleaned, text = clean(page), clean(plain).print < 140
    rest = without_frames(cleaned.print, black_stamps(cleaned, find_lines(cleaned.print, DPI), DPI), DPI) < 140
    assert (rest & text).sum() > 0.9 * text.sum()


@pytest.mark.parametrize("gaps", [0, 4, 8])
def test_worn_lower_side_is_found_above_print_that_looks_like_one(gaps: int) -> None:
    page = sheet()
    page.paste(stamp(BLACK), (1000, 140))
    for gap in range(gaps):
        ImageDraw.Draw(page).rectangle((1050 + 55 * gap, 345, 1072 + 55 * gap, 358), fill="white")
    write(page, (1030, 345), "ถนนปทุมธานี - ลาดหลุมแก้ว ปท 12140", 36)
    (frame,) = find_frames(clean(page).print, DPI)
    assert frame.corners[2:, 1] == pytest.approx([352, 352], abs=2)


def test_frame_is_found_beside_the_shadow_of_a_papers_edge() -> None:
    page = stamped(BLACK)
    for stroke in range(30):
        ImageDraw.Draw(page).line((20 + 24 * stroke, 0, 34 + 24 * stroke, 780), fill="black", width=4)
    found = find_frames(np.asarray(page.convert("L"))[:800], DPI)
    assert any(frame.size == pytest.approx((484, 210), abs=12) for frame in found)


@pytest.mark.parametrize(("foot", "owned"), [(0.78, True), (1.08, False)])
def test_short_line_through_the_lower_side_is_no_entry(foot: float, owned: bool) -> None:
    frame = Frame(np.array([[1000, 100], [1480, 100], [1480, 310], [1000, 310]], np.float32))
    segment = Segment(20.0, letters=[1, 2, 3], rise=100 + foot * 210, left=1050, right=1150)
    assert Stamp(frame, (), ((0, 52), (52, 105), (105, 157), (157, 210))).owns(segment) is owned


@pytest.mark.parametrize(("text", "top", "repeated"), [
    ("เลขรับที่  2480/62", 100, True),
    ("เลขรับที่  2486/62", 100, True),
    ("เลขรับที่  2480/62", 180, False),            # elsewhere
    ("ศาลากลางจังหวัดชลบุรี", 100, False),       # a line of the letter that the stamp stands on
])
def test_number_of_a_stamp_that_is_as_long_as_a_line_counts_once(text: str, top: int, repeated: bool) -> None:
    row = Line("เลขรับที่  ๒๔๘๐/๖๒", box=Box(1000, 95, 1250, 142), ink=Ink.STAMP)
    assert _repeated(Line(text, box=Box(1002, top, 1248, top + 40)), [row]) is repeated


@pytest.mark.tesseract
@pytest.mark.parametrize(("ink", "hand"), [(BLUE, None), (RED, "#203080"), (BLUE, BLACK), (BLACK, None)])
def test_stamp_is_read_row_by_row_and_stays_out_of_the_print(tmp_path: Path, ink: str, hand: str | None) -> None:
    page = one(saved(tmp_path, stamped(ink, 2.5, at=(1000, 60), hand=hand)))
    stamp_lines = [line for line in page.lines if line.ink is Ink.STAMP]
    assert len(stamp_lines) == 4
    assert squeeze(stamp_lines[3].text).startswith("เวลา")
    assert "67" in stamp_lines[2].text
    assert "1290" in stamp_lines[1].text
    for line in stamp_lines:
        assert line.box and 980 < line.box.left < line.box.right < 1560
    assert all(squeeze(line.text).startswith("องค์กร") for line in page.lines if line.ink is Ink.PRINT)


@pytest.mark.tesseract
@pytest.mark.parametrize("ink", [BLUE, BLACK])
def test_stamp_without_a_frame_is_known_by_its_labels(tmp_path: Path, ink: str) -> None:
    page, bare = page_of_text(), Image.new("RGBA", (600, 250), (255, 255, 255, 0))
    for row, text in enumerate(ROWS):
        write(bare, (150 if row == 0 else 20, 60 * row), text.replace("  ", "   "), 40, ink)
    turned = bare.rotate(2, Image.Resampling.BICUBIC, expand=True)
    page.paste(turned, (950, 20), turned)
    lines = one(saved(tmp_path, page)).lines
    rows = [squeeze(line.text) for line in lines if line.ink is Ink.STAMP]
    assert len(rows) == 4
    assert "1290" in rows[1] and rows[3].startswith("เวลา")
    assert all(squeeze(line.text).startswith("องค์กร") for line in lines if line.ink is Ink.PRINT)


def labelled(left: int, foot: int, label: Kind | None, slope: float = 0.0, letters: int = 9,
             coloured: bool = False) -> Labelled:
    rise = foot - slope * left
    return Labelled(Segment(16.0, list(range(letters)), [], slope, rise, left, left + 240), label, coloured)


@pytest.mark.parametrize(("below", "found"), [
    ([(1000, 250, Kind.DAY), (1000, 300, Kind.TIME)], True),
    ([(1000, 250, Kind.DAY)], True),
    ([(1002, 300, Kind.TIME)], True),
    ([(1000, 250, None), (1000, 300, None)], False),
    ([(700, 250, Kind.DAY), (1000, 700, Kind.TIME)], False),  # the letter's own day, a deadline's hour
])
def test_labels_below_one_another_make_a_stamp(below: list[tuple[int, int, Kind | None]], found: bool) -> None:
    rows = [labelled(1080, 150, None), labelled(1000, 200, Kind.RECEIVED), *(labelled(*row) for row in below)]
    frames = [frame for frame, _ in unframed(rows)]
    assert bool(frames) is found
    assert unframed(rows, frames) == []
    for frame in frames:
        (left, top), (right, foot) = frame.corners[0], frame.corners[2]
        assert left < 1000 and right > 1320 and top < 125 and 300 < foot < 330


@pytest.mark.parametrize(("coloured", "office", "found"), [
    (True, (1080, 150), True),
    (False, (1080, 150), False),   # in black any line of a letter may begin with the words of a label
    (True, (1080, 60), False),     # too far above
    (True, (500, 150), False),     # beside
])
def test_office_above_the_first_label_makes_a_stamp_in_coloured_ink(
    coloured: bool, office: tuple[int, int], found: bool
) -> None:
    rows = [labelled(*office, None, coloured=coloured), labelled(1000, 200, Kind.RECEIVED, coloured=coloured)]
    frames = unframed(rows)
    assert [own for _, own in frames] == [True] * found
    for frame, _ in frames:
        assert frame.corners[2][1] > 300


def dotted(page: Image.Image, rows: tuple[tuple[int, str], ...]) -> Image.Image:
    """A page with a large stamp whose rows (foot, entry) stand on dotted lines, entries wherever a hand put them."""
    draw = ImageDraw.Draw(page)
    draw.rectangle((900, 60, 1580, 340), outline=BLUE, width=5)
    write(page, (980, 75), "เทศบาลตำบลบ้านใหม่", 40, BLUE)
    for line in (187, 250):
        for dot in range(40):
            draw.ellipse((1000 + 13 * dot, line - 5, 1004 + 13 * dot, line - 1), fill=BLUE)
    for foot, text in rows:
        write(page, (1120, foot), text, 36, "#182060")
    return page


def test_rows_end_at_the_dotted_lines_on_which_entries_stand() -> None:
    page = clean(dotted(page_of_text(), ((140, "1290"), (193, "15 มี.ค. 67"), (266, "10.30"))))
    (found,) = coloured_stamps(page, find_lines(page.print, DPI), DPI)
    assert found.dotted
    assert len(found.strips) == 4
    tops = [strip.top for strip in found.strips]
    assert tops == pytest.approx([20, 85, 135, 210], abs=18)
    assert all(strip.dotted for strip in found.strips)


def test_letters_own_line_under_a_stamp_is_no_entry_of_it() -> None:
    entries = ((140, "1290"), (193, "15 มี.ค. 67"), (290, "10.30"))
    inked = []
    for text in ("", "ศาลากลางจังหวัดเชียงใหม่ ถนนโชตนา"):
        page = dotted(page_of_text(), entries)
        write(page, (930, 245), text, 38, BLACK)
        cleaned = clean(page)
        (found,) = coloured_stamps(cleaned, find_lines(cleaned.print, DPI), DPI)
        inked.append(sum(int((strip.image < 140).sum()) for strip in found.strips))
    assert inked[1] == pytest.approx(inked[0], rel=0.1)


@pytest.mark.tesseract
def test_frame_that_is_no_received_stamp_is_read_as_lines(tmp_path: Path) -> None:
    page = page_of_text(lines=8)
    write(page, (1050, 1300), "สำเนาถูกต้อง", 60, RED)
    ImageDraw.Draw(page).rectangle((1000, 1280, 1500, 1420), outline=RED, width=4)
    lines = one(saved(tmp_path, page)).lines
    assert [squeeze(line.text) for line in lines if line.ink is Ink.STAMP] == ["สำเนาถูกต้อง"]
