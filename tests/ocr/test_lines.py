"""The line finder on drawn pages: marks stay with their letters, rules and dots go, columns share a line."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from letters import Box
from ocr.clean import clean
from ocr.crops import cut, stretch_of
from ocr.glyphs import components, find_glyphs
from ocr.lines import Layout, Segment, find_lines, leaders
from tests.ocr.paper import DPI, letter, page_of_text, sheet, write

MARKS = "ที่นี้ปู่ฟื้นฟูฎีกาญาติกู้น้ำผู้ใหญ่ฝั่งซึ่งปั๊มรู้"


def layout_of(page: Image.Image) -> Layout:
    found = find_lines(clean(page).print, DPI)
    assert found is not None
    return found


def ink_of(segment: Segment, layout: Layout) -> int:
    members = segment.letters + segment.marks
    return int(np.isin(layout.glyphs.labels, members).sum())


def test_empty_page_has_no_lines() -> None:
    assert find_lines(np.full((2339, 1654), 255, np.uint8), DPI) is None


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (5, 40), (40, 5), (8, 8)])
def test_smallest_images_have_no_lines(size: tuple[int, int]) -> None:
    assert find_lines(np.zeros(size, np.uint8), DPI) is None


def test_letter_has_its_lines_and_columns() -> None:
    layout = layout_of(letter())
    assert [len(row) for row in layout.rows] == [2, 1, 1]
    tops = [row[0].middle for row in layout.rows]
    assert all(one < other for one, other in pairwise(tops))


@pytest.mark.parametrize(("size", "pitch"), [(30, 1.7), (48, 1.5), (48, 2.0)])
def test_every_mark_goes_to_its_own_line(size: int, pitch: float) -> None:
    """Lines set as close as letters are: each segment holds all the ink of its line and no other."""
    page, lines = sheet(), 5
    alone = sheet()
    write(alone, (150, 300), MARKS, size)
    found = find_glyphs(clean(alone).print, DPI)
    assert found is not None
    whole = int(found[0].sum())
    for line in range(lines):
        write(page, (150, 300 + round(line * size * pitch)), MARKS, size)
    layout = layout_of(page)
    assert [len(row) for row in layout.rows] == [1] * lines
    for (segment,) in layout.rows:
        assert ink_of(segment, layout) == pytest.approx(whole, rel=0.01)


def test_rules_and_frames_are_erased_and_the_text_stays() -> None:
    page, framed = letter(), letter()
    draw = ImageDraw.Draw(framed)
    draw.rectangle((120, 260, 1560, 600), outline="black", width=3)
    draw.line((120, 505, 1560, 505), fill="black", width=2)
    plain, other = layout_of(page), layout_of(framed)
    assert [len(row) for row in other.rows] == [len(row) for row in plain.rows]
    for row, same in zip(other.rows, plain.rows, strict=True):
        for one, two in zip(row, same, strict=True):
            assert ink_of(one, other) == pytest.approx(ink_of(two, plain), rel=0.02)


def test_dotted_leaders_are_erased_and_an_ellipsis_is_not() -> None:
    page = sheet()
    write(page, (180, 300), "เลขรับ....................วันที่...ใจ")
    layout = layout_of(page)
    glyphs = layout.glyphs
    dots = [one for row in layout.rows for segment in row for one in segment.marks
            if max(glyphs.height[one], glyphs.width[one]) < 8 and glyphs.top[one] > 320]
    assert len(dots) == 3


def test_scraps_of_broken_print_in_a_row_are_no_dotted_line() -> None:
    ink = np.zeros((60, 400), np.uint8)
    for scrap, dot in zip((10, 26, 51, 60, 89, 100, 128), range(10, 150, 20), strict=True):
        ink[20:25, scrap:scrap + 5] = 1
        ink[40:45, dot:dot + 5] = 1
    glyphs = components(ink)
    assert glyphs.top[leaders(glyphs, 30)].tolist() == [40] * 7


@pytest.mark.parametrize("digit", ["๑", "1", "7"])
def test_a_digit_that_stands_alone_between_words_is_read(digit: str) -> None:
    page = sheet()
    write(page, (180, 300), "สิ่งที่ส่งมาด้วย")
    for at, text in ((700, "จำนวน"), (980, digit), (1150, "ชุด")):
        write(page, (at, 300), text)
    (row,) = layout_of(page).rows
    assert [segment.left for segment in row] == pytest.approx([180, 700, 980, 1150], abs=15)


def test_what_stands_alone_off_the_line_or_is_but_a_stroke_is_not_read() -> None:
    page = sheet()
    write(page, (180, 300), "สิ่งที่ส่งมาด้วย")
    draw = ImageDraw.Draw(page)
    draw.rectangle((900, 318, 906, 350), fill="black")
    write(page, (1000, 275), "๑")
    (row,) = layout_of(page).rows
    assert len(row) == 1


def faded(page: Image.Image, foot: float) -> Image.Image:
    """The page in grey, its print paler from left to right down to this share of its darkness."""
    pixels = np.asarray(page.convert("L")).astype(np.float32)
    return Image.fromarray((255 - (255 - pixels) * np.linspace(1, foot, page.width)).astype(np.uint8))


def test_print_that_fades_is_found_whole() -> None:
    page = page_of_text()
    plain, pale = layout_of(page), layout_of(faded(page, 0.4))
    assert [len(row) for row in pale.rows] == [len(row) for row in plain.rows]
    for (one,), (two,) in zip(pale.rows, plain.rows, strict=True):
        assert len(one.letters + one.marks) == len(two.letters + two.marks)
        assert ink_of(one, pale) == pytest.approx(ink_of(two, plain), rel=0.1)


def test_a_pale_scribble_takes_no_letters_with_it() -> None:
    """Fading print is found by a lighter threshold: a stroke that pale joins it to what stands above and below."""
    page = faded(page_of_text(lines=6), 0.55)
    strokes = Image.new("L", page.size, 255)
    ImageDraw.Draw(strokes).line([(300 + 40 * at, 520 if at % 2 else 640) for at in range(28)], fill=150, width=4)
    lines = [row[0] for row in layout_of(ImageChops.darker(page, strokes)).rows if len(row[0].letters) > 4]
    assert [len(line.letters) for line in lines] == [len(row[0].letters) for row in layout_of(page).rows]


def test_what_shows_through_is_no_print() -> None:
    page, back = np.asarray(page_of_text(lines=6).convert("L")), np.asarray(page_of_text().convert("L"))
    through = 255 - (255 - back[:, ::-1].astype(np.float32)) * 0.3
    seen = Image.fromarray(np.minimum(page, through).astype(np.uint8))
    assert len(layout_of(seen).rows) == 6


@pytest.mark.parametrize("degrees", [-1.5, 0.7, 1.5])
def test_skewed_lines_are_found_and_levelled(degrees: float) -> None:
    page = sheet()
    for row in range(4):
        write(page, (150, 400 + 90 * row), MARKS + MARKS)
    layout = layout_of(page.rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC))
    assert [len(row) for row in layout.rows] == [1] * 4
    segment = layout.rows[1][0]
    assert segment.slope == pytest.approx(-np.tan(np.radians(degrees)), abs=0.003)
    crop = cut(clean(page).print, layout, segment)
    assert crop.image.shape[0] < 110  # the line is as high as one that was printed level


def test_a_falling_line_too_pale_to_be_trimmed_is_cut_out_all_the_same() -> None:
    page = sheet()
    for row in range(4):
        write(page, (150, 400 + 90 * row), MARKS + MARKS)
    grey = clean(page.rotate(1.5, fillcolor="white", resample=Image.Resampling.BICUBIC)).print
    layout = find_lines(grey, DPI)
    assert layout is not None
    assert cut(np.maximum(grey, 215), layout, layout.rows[1][0]).image.min() == 215


def test_a_line_image_holds_only_its_own_ink() -> None:
    page = sheet()
    write(page, (150, 300), "ญาติปู่ผู้ใหญ่")
    write(page, (150, 345), "ที่นี้ฟื้นฟูน้ำ")
    layout = layout_of(page)
    grey = clean(page).print
    crops = [cut(grey, layout, row[0]) for row in layout.rows]
    assert len(crops) == 2
    assert sum(int((crop.image < 128).sum()) for crop in crops) == pytest.approx(int((grey < 128).sum()), rel=0.02)
    assert crops[0].top + crops[0].image.shape[0] > crops[1].top  # they overlap on the page, and yet share nothing


def test_large_stamped_word_is_a_line_of_its_own() -> None:
    page = letter()
    write(page, (180, 120), "ด่วนที่สุด", size=130)
    layout = layout_of(page)
    assert [len(row) for row in layout.rows] == [1, 2, 1, 1]
    assert layout.rows[0][0].body > 2 * layout.rows[1][0].body


def test_office_half_a_line_higher_comes_after_the_number() -> None:
    page = sheet()
    write(page, (1050, 252), "ศาลากลางจังหวัดเชียงใหม่")
    write(page, (180, 300), "ที่ ชม 0023.3/ว 125")
    write(page, (1050, 375), "ถนนโชตนา ชม 50300")
    assert [row[0].left < 1000 for row in layout_of(page).rows] == [True, False, False]


@pytest.mark.parametrize(("size", "dpi"), [(48, 200), (36, 150), (72, 300)])
def test_body_height_follows_the_print(size: int, dpi: int) -> None:
    page = sheet()
    write(page, (150, 300), "การบันทึกขอมลในระบบกลาง", size)
    found = find_glyphs(clean(page).print, dpi)
    assert found is not None
    assert found[2] == pytest.approx(0.61 * size, rel=0.1)


@pytest.mark.parametrize("ruled", [True, False])
def test_cells_of_a_table_are_read_row_by_row(ruled: bool) -> None:
    """Rows stay in order and cells of a row go from left to right, with rules around them and without."""
    page = sheet()
    cells = [["ลำดับ", "อำเภอ", "จำนวน"], ["๑.", "เชียงคำ", "๑,๒๓๐"], ["๒.", "ปง", "๙๐"], ["๓.", "จุน", "๔๕๖"]]
    left, tops = (200, 420, 1100), [300 + 110 * row for row in range(len(cells) + 1)]
    draw = ImageDraw.Draw(page)
    for top in tops if ruled else ():
        draw.line((180, top, 1400, top), fill="black", width=3)
    for column in (180, 400, 1080, 1400) if ruled else ():
        draw.line((column, tops[0], column, tops[-1]), fill="black", width=3)
    for row, texts in enumerate(cells):
        for at, text in zip(left, texts, strict=True):
            write(page, (at, tops[row] + 20), text)
    layout = layout_of(page)
    assert len(layout.rows) == len(cells)
    for row, top in zip(layout.rows, tops[:-1], strict=True):
        assert all(top < segment.middle < top + 110 for segment in row)
        lefts = [segment.left for segment in row]
        assert lefts == sorted(lefts)
        assert {min(left, key=lambda at, one=one: abs(at - one)) for one in lefts} == set(left)


def streaked(page: Image.Image, lean: float, dash: int) -> Image.Image:
    """The page with a streak of one pixel down through its lines, in dashes of about so many pixels (0: whole)."""
    pixels = np.asarray(page).copy()
    gaps = np.random.default_rng(3).integers(1, 4, page.height)
    rows = np.arange(page.height)
    drawn = rows[(rows % (dash + 3)) < dash + 3 - gaps[rows // (dash + 3)]] if dash else rows
    pixels[drawn, np.rint(430 + lean * drawn).astype(int)] = 40
    return Image.fromarray(pixels)


@pytest.mark.parametrize("lean", [0.0, 0.013, -0.02])
@pytest.mark.parametrize("dash", [0, 25, 60])
def test_streaks_down_the_page_are_erased_and_the_letters_stay(lean: float, dash: int) -> None:
    page = page_of_text(lines=10)
    clear, dirty = layout_of(page), layout_of(streaked(page, lean, dash))
    assert [len(row) for row in dirty.rows] == [len(row) for row in clear.rows]
    for (one,), (same,) in zip(dirty.rows, clear.rows, strict=True):
        assert len(one.letters) == pytest.approx(len(same.letters), abs=1)
        assert ink_of(one, dirty) == pytest.approx(ink_of(same, clear), rel=0.04)


def test_thin_letters_one_below_the_other_are_no_streak() -> None:
    page = sheet()
    for line in range(20):
        write(page, (180, 200 + 90 * line), "11. ที่ ก่า I. 111")
    layout = layout_of(page)
    assert len({len(row[0].letters + row[0].marks) for row in layout.rows}) == 1
    found = find_glyphs(clean(page).print, DPI)
    assert found is not None and len(layout.glyphs.left) == len(found[1].left)


def test_specks_of_a_noisy_page_stay_out_of_the_lines() -> None:
    page = letter()
    noise = np.random.default_rng(1).random((page.height, page.width)) < 0.002
    noisy = Image.fromarray(np.where(noise[..., None], 0, np.asarray(page)).astype(np.uint8))
    clear, dirty = layout_of(page), layout_of(noisy)
    assert [len(row) for row in dirty.rows] == [len(row) for row in clear.rows]
    for row, same in zip(dirty.rows, clear.rows, strict=True):
        for one, two in zip(row, same, strict=True):
            assert len(one.letters + one.marks) == pytest.approx(len(two.letters + two.marks), abs=3)


def test_full_stops_survive_on_a_noisy_page() -> None:
    page = letter()
    write(page, (180, 700), "1. โทร. 0.5 พ.ศ.")
    noise = np.random.default_rng(1).random((page.height, page.width)) < 0.002
    noisy = Image.fromarray(np.where(noise[..., None], 0, np.asarray(page)).astype(np.uint8))
    layout = layout_of(noisy)
    segments = [segment for row in layout.rows[3:] for segment in row]
    glyphs = layout.glyphs
    stops = [mark for segment in segments for mark in segment.marks
             if 4 <= glyphs.height[mark] <= 9 and abs(glyphs.bottom[mark] - segment.middle) < 5]
    assert len(stops) == 5


@pytest.mark.parametrize("text", ["โทร. ๐ ๐๐๐๐ ๐๐๐๐", "กทม. ๐๐๐๐๐๐", "๐๐๐๐๐๐ นาฬิกา", "โทร. ๐๐๐๐ ๐๐๐๐ ต่อ ๐๐"])
def test_low_digits_stay_in_their_line_however_many(text: str) -> None:
    """๐ is lower than any letter, and yet no mark: a run of them at either end of a line belongs to it."""
    page = page_of_text(lines=6)
    write(page, (180, 1200), text)
    layout = layout_of(page)
    grey = clean(page).print
    crop = cut(grey, layout, layout.rows[-1][0])
    assert len(layout.rows[-1]) == 1
    assert int((crop.image < 128).sum()) == pytest.approx(int((grey[1190:] < 128).sum()), rel=0.01)


def test_a_large_line_keeps_the_vowels_below_it() -> None:
    page = page_of_text(lines=6)
    write(page, (180, 100), "ด่วนที่สุด", size=78)
    layout = layout_of(page)
    first = layout.rows[0][0]
    assert first.body > 1.3 * layout.rows[1][0].body
    assert int((cut(clean(page).print, layout, first).image < 128).sum()) == pytest.approx(
        int((clean(page).print[:280] < 128).sum()), rel=0.01)


def test_a_number_that_stands_a_little_lower_than_the_office_comes_first() -> None:
    page = page_of_text(lines=3)
    for at, text in (((180, 840), "ที่ ชม 0023.3/ว 125"), ((1050, 800), "ศาลากลางจังหวัดเชียงใหม่"),
                     ((1050, 880), "ถนนสายหลัก")):
        write(page, at, text)
    layout = layout_of(page)
    assert [row[0].left < 500 for row in layout.rows[3:]] == [True, False, False]


def test_a_short_line_set_close_over_a_long_one_is_a_line() -> None:
    page = page_of_text(lines=2)
    write(page, (180, 1000), "ที่ ชม 0318")
    write(page, (180, 1059), "จาก นายอำเภอและปลัดอำเภอทุกคนในจังหวัด")
    assert len(layout_of(page).rows) == 4


def test_tall_digits_by_hand_are_no_marks_of_the_line_below() -> None:
    """A day written large before its month hangs down to the row of the subject."""
    page, plain = page_of_text(lines=0), page_of_text(lines=0)
    for one in (page, plain):
        write(one, (180, 1075), "เรื่อง ขอความร่วมมือรายงานผลการดำเนินงานประจำปี")
        write(one, (1150, 1000), "มิถุนายน 2562")
    write(page, (1030, 955), "24", size=90)
    subject, alone = (layout_of(one).rows[-1][0] for one in (page, plain))
    assert subject.marks and len(subject.marks) == len(alone.marks)


def test_scratches_are_no_lines() -> None:
    page = page_of_text(lines=3)
    draw = ImageDraw.Draw(page)
    for top in range(900, 2000, 60):
        draw.line((1500, top, 1500, top + 40), fill="black", width=2)
    assert len(layout_of(page).rows) == 3


def test_what_stands_between_the_parts_of_an_emblem_is_no_line() -> None:
    page = page_of_text(lines=3)
    draw = ImageDraw.Draw(page)
    for left in (700, 860):
        draw.rectangle((left, 60, left + 120, 200), outline="black", width=14)
    draw.ellipse((828, 110, 852, 134), fill="black")
    draw.ellipse((828, 136, 852, 160), fill="black")
    assert len(layout_of(page).rows) == 3


def test_captions_of_photographs_are_lines_and_their_grain_is_none() -> None:
    page, rng = sheet(), np.random.default_rng(3)
    write(page, (600, 180), "ภาพถ่ายประกอบ")
    for top in (300, 900):
        grey = np.repeat(np.linspace(60, 245, 900)[None, :], 480, axis=0)
        grey[rng.random(grey.shape) < 0.01] = 250
        photo = Image.fromarray(grey.astype(np.uint8)).rotate(1, expand=True, fillcolor=255)
        page.paste(photo, (380, top))
        write(page, (520, top + 500), f"จุดที่ {top // 100} หมู่ที่ 2 ตำบลแหลมตะลุมพุก", size=36)
    lines = [segment for row in layout_of(page).rows for segment in row]
    assert [round(segment.middle, -2) for segment in lines] == [200, 800, 1400]
    assert all(len(segment.letters) >= 10 for segment in lines)


@pytest.mark.parametrize("number", ["๑", "๐", "๑๐", "1", "7", "๖"])
def test_a_number_alone_in_a_row_of_a_table_is_read(number: str) -> None:
    page = table(number)
    _, row = layout_of(page).rows
    assert [segment.left for segment in row] == [pytest.approx(230, abs=12)]
    assert len(row[0].letters) == len(number)


@pytest.mark.parametrize("scrap", [(205, 395, 210, 412), (300, 390, 306, 400)])
def test_a_number_in_a_cell_is_cut_out_without_scraps_of_the_rules(scrap: tuple[int, int, int, int]) -> None:
    page = table("3")
    alone = cut(grey := np.asarray(page.convert("L")), layout := layout_of(page), layout.rows[1][0]).image
    ImageDraw.Draw(page).rectangle(scrap, fill="black")
    layout = layout_of(page)
    assert cut(np.asarray(page.convert("L")), layout, layout.rows[1][0]).image.shape == alone.shape
    assert grey.shape == (page.height, page.width)


def test_a_word_of_one_letter_in_a_cell_keeps_its_marks() -> None:
    """Of a bold ที่ both marks may be one piece, as high as a letter."""
    page = table("")
    write(page, (230, 420), "ท")
    ImageDraw.Draw(page).rectangle((236, 418, 254, 436), outline="black", width=4)
    _, row = layout_of(page).rows
    assert [(len(segment.letters), len(segment.marks)) for segment in row] == [(1, 1)]


def table(number: str) -> Image.Image:
    """A head of three columns, and a row that is empty but for a number in its first cell."""
    page, draw = (drawn := sheet()), ImageDraw.Draw(drawn)
    for top in (280, 390, 500):
        draw.line((180, top, 1400, top), fill="black", width=3)
    for column in (180, 340, 1000, 1400):
        draw.line((column, 280, column, 500), fill="black", width=3)
    for left, head in ((200, "ลำดับ"), (500, "ชื่อสถานที่พัก"), (1060, "จำนวนห้อง")):
        write(page, (left, 300), head)
    write(page, (230, 415), number)
    return page


def test_a_line_across_the_ring_of_a_seal_is_read_whole() -> None:
    """The ring grows together with the letters that it crosses; the letters stay in their line, the ring does not."""
    page, plain = page_of_text(lines=3), page_of_text(lines=3)
    for one in (page, plain):
        write(one, (700, 1000), "จังหวัดเชียงใหม่")
    ImageDraw.Draw(page).ellipse((820, 840, 1080, 1100), outline="black", width=6)
    write(page, (930, 870), "ก")
    layout, alone = layout_of(page), layout_of(plain)
    assert [len(row) for row in layout.rows] == [1, 1, 1, 1]
    (line,), (same,) = layout.rows[3], alone.rows[3]
    assert ink_of(line, layout) == pytest.approx(ink_of(same, alone), rel=0.15)
    assert (line.left, line.right) == pytest.approx((same.left, same.right), abs=4)


@pytest.mark.parametrize(("wide", "stretch"), [(1.0, 1.0), (0.75, 1.25)])
def test_narrow_faces_are_read_wider_and_boxes_lead_back(wide: float, stretch: float) -> None:
    page = page_of_text(lines=4)
    page = page.resize((round(page.width * wide), page.height))
    layout = layout_of(page)
    assert stretch_of(layout) == pytest.approx(stretch, abs=0.12)
    crop = cut(clean(page).print, layout, layout.rows[0][0], stretch)
    height, width = crop.image.shape
    assert crop.to_read.shape == (height, round(width * stretch))
    whole = crop.on_page(Box(0, 0, crop.to_read.shape[1], height))
    assert (whole.left, whole.right) == pytest.approx((crop.left, crop.right), abs=1)
