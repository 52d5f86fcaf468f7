"""Entries by hand: decoding of made scores, the model on drawn digits, and entries found on made pages."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from letters import Alternative, Box, Ink
from letters.text import arabic, thai
from ocr.clean import clean
from ocr.handwriting.decode import Beliefs, Kind, Scores, readings, typed
from ocr.handwriting.fill import FLOOR, Reading, _is_print, fill
from ocr.handwriting.find import Found, _narrowed, characters, find_day, find_number
from ocr.handwriting.model import MODELS, temperature, version, views
from ocr.handwriting.signs import HEIGHT, SIGNS, TYPED, WIDTH, picture
from ocr.handwriting.view import View, alone
from ocr.lines import find_lines
from ocr.raster import Grey
from ocr.spaces import Gap
from ocr.words import Piece, assemble
from tests.ocr.paper import DPI, FONT, printed, sheet, write

DRAWN = Path(__file__).parent / "handwriting"  # named by what they say, in Arabic digits


def scores(*columns: dict[str, float], looks: float = -4.0) -> Scores:
    """Scores of a row of columns: each gives signs their probability, the rest is blank."""
    out = np.full((TYPED + 1, len(columns)), -20.0, np.float32)
    for place, column in enumerate(columns):
        out[0, place] = math.log(max(1e-9, 1 - sum(column.values())))
        for sign, share in column.items():
            out[SIGNS.index(sign) + 1, place] = math.log(share)
    out[TYPED] = looks
    return out


def said(text: str) -> list[dict[str, float]]:
    """Columns that say a text plainly."""
    return [column for sign in text for column in ({sign: 0.96}, {})]


def texts(found: tuple[Alternative, ...]) -> list[str]:
    return [one.text for one in found]


# --- decoding --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("text", ["๘๔๗๑", "557", "ว๔๗๒๑", "ว166", "1188", "๓", "203.15"])
def test_plain_scores_are_read(text: str) -> None:
    assert texts(readings([scores({}, *said(text))], Kind.NUMBER, Beliefs()))[0] == text


def test_a_slash_before_the_number_is_no_part_of_it() -> None:
    assert texts(readings([scores(*said("/๕๓"))], Kind.NUMBER, Beliefs()))[0] == "๕๓"


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.RECEIVED, Kind.DAY])
@pytest.mark.parametrize(("slash", "best"), [(0.02, "18"), (0.9, "8")])
def test_a_slanting_stroke_is_a_1_where_no_slash_was_cut_out(kind: Kind, slash: float, best: str) -> None:
    view = scores({"/": 0.7, "1": 0.28}, {}, {"8": 0.96}, {})
    assert texts(readings([view], kind, Beliefs(thai=0.1, slash=slash)))[0] == best


def test_days_are_those_of_a_calendar() -> None:
    view = scores({"3": 0.6, "2": 0.3}, {}, {"9": 0.9})
    assert texts(readings([view], Kind.NUMBER, Beliefs(thai=0.1)))[0] == "39"
    assert texts(readings([view], Kind.DAY, Beliefs(thai=0.1)))[0] == "29"
    assert all(1 <= int(arabic(text)) <= 31 for text in texts(readings([view], Kind.DAY, Beliefs())))


def test_dirt_beside_a_day_counts_as_nothing() -> None:
    assert texts(readings([scores(*said("/๑๒."))], Kind.DAY, Beliefs()))[0] == "๑๒"


@pytest.mark.parametrize(("share", "best"), [(0.9, "๐"), (0.1, "0")])
def test_the_script_beside_it_decides_between_like_digits(share: float, best: str) -> None:
    view = scores({}, {"๐": 0.5, "0": 0.5}, {})
    assert texts(readings([view], Kind.NUMBER, Beliefs(thai=share)))[0] == best


def test_scripts_are_not_mixed_within_a_number() -> None:
    view = scores({"๘": 0.9, "8": 0.05}, {}, {"1": 0.6, "๑": 0.3})
    for text in texts(readings([view], Kind.NUMBER, Beliefs())):
        assert text in (thai(text), arabic(text))


def test_what_another_reader_heard_is_likelier() -> None:
    view = scores({"๕": 0.5, "๔": 0.45}, {}, {"๓": 0.9})
    alone = readings([view], Kind.NUMBER, Beliefs(0.9))
    with_it = readings([view], Kind.NUMBER, Beliefs(0.9, heard="๔๓"))
    assert (texts(alone)[0], texts(with_it)[0]) == ("๕๓", "๔๓")


def test_a_view_that_no_number_fits_says_little() -> None:
    plain, poor = scores(*said("๗๓")), scores({".": 0.9, "๕": 0.08}, {}, {".": 0.9, "๓": 0.08}, {})
    best = readings([plain, poor], Kind.NUMBER, Beliefs(0.9))[0]
    assert best.text == "๗๓" and best.probability > 0.9


def test_the_number_of_a_stamp_may_end_in_a_year() -> None:
    view = scores(*said("1290/66"))
    assert texts(readings([view], Kind.RECEIVED, Beliefs(year=0.3)))[0] == "1290/66"


def test_nothing_to_read_leaves_no_reading_likely() -> None:
    assert all(one.probability < FLOOR for one in readings([scores({}, {}, {})], Kind.NUMBER, Beliefs()))


def test_higher_temperature_is_less_sure() -> None:
    view = scores(*said("๗๓"))
    cool, warm = (readings([view], Kind.NUMBER, Beliefs(0.9), value)[0].probability for value in (1.0, 3.0))
    assert warm < cool


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(-6, 6), min_size=24, max_size=24), min_size=1, max_size=6))
def test_probabilities_are_a_distribution(rows: list[list[float]]) -> None:
    view = np.concatenate([np.array(rows, np.float32).T, np.zeros((1, len(rows)), np.float32)])
    for kind in Kind:
        found = readings([view], kind, Beliefs())
        shares = [one.probability for one in found]
        assert len(found) <= 5 and sum(shares) <= 1.001 and shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(("looks", "is_print"), [(4.0, True), (-4.0, False)])
def test_the_last_channel_tells_print(looks: float, is_print: bool) -> None:
    assert (typed([scores({}, looks=looks)]) > 0.5) is is_print


# --- the model -------------------------------------------------------------------------------------------------------

def drawn(name: str) -> Grey:
    return np.asarray(Image.open(DRAWN / f"{name}.png").convert("L"))


@pytest.mark.parametrize("file", sorted(DRAWN.glob("*.png")), ids=lambda file: file.stem)
def test_drawn_digits_are_read(file: Path) -> None:
    found = readings(views(drawn(file.stem)), Kind.NUMBER, Beliefs(thai=0.92), temperature())
    digits, _, circular = file.stem.partition("-")
    assert arabic(found[0].text) == ("ว" if circular else "") + digits
    assert typed(views(drawn(file.stem))) < 0.5


def test_drawn_digits_are_there() -> None:
    assert len(list(DRAWN.glob("*.png"))) >= 4


def test_the_models_tell_their_version() -> None:
    assert len(version()) == 8


def test_the_looks_are_shared_between_the_models() -> None:
    crop = drawn(sorted(DRAWN.glob("*.png"))[0].stem)
    one, other = views(crop, MODELS[:1]), views(crop, MODELS[1:])
    both = views(crop)
    assert (len(one), len(other), len(both)) == (5, 5, 6)
    for seen, wanted in zip(both, [*one[:3], other[0], *other[3:]], strict=True):
        np.testing.assert_allclose(seen, wanted, atol=1e-4)


def test_the_models_differ() -> None:
    assert len({model.read_bytes() for model in MODELS}) == len(MODELS)


@pytest.mark.parametrize("size", [(20, 12), (60, 900), (7, 7)])
def test_any_crop_becomes_a_picture(size: tuple[int, int]) -> None:
    shown = picture(np.full(size, 255, np.uint8))
    assert shown.shape == (HEIGHT, WIDTH)
    assert shown.max() == 0


# --- entries on pages ------------------------------------------------------------------------------------------------

TOP, LEFT, SIZE = 300, 180, 48


def pieces(text: str, left: int = LEFT, top: int = TOP) -> tuple[Piece, ...]:
    """What Tesseract would say of text that :func:`write` drew, character by character."""
    font = ImageFont.truetype(str(FONT), SIZE)
    ends = [left + font.getlength(text[:count]) for count in range(len(text) + 1)]
    return tuple(Piece(sign, 0.95, Box(start, top + 10, end, top + 50))
                 for sign, start, end in zip(text, ends, ends[1:], strict=False) if not sign.isspace())


def put(page: Image.Image, crop: Grey, left: int, foot: int, high: int = 44, ink: str = "black") -> int:
    """A drawn entry on a page, in any ink; gives its right edge."""
    wide = round(crop.shape[1] * high / crop.shape[0])
    mask = Image.fromarray(255 - np.asarray(cv2.resize(crop, (wide, high), interpolation=cv2.INTER_AREA)))
    page.paste(Image.new("RGB", mask.size, ink), (left, foot - high), mask)
    return left + wide


def read_line(page: Image.Image, read: tuple[Piece, ...], left: int = LEFT) -> Reading:
    """The line of a page at TOP as Tesseract might have read it."""
    found = find_lines(clean(page).print, DPI)
    assert found is not None
    row = next(row for row in found.rows if TOP < row[0].middle < TOP + 80)
    assert row[0].left >= left - 5
    gaps = [Gap(one.box.right, other.box.left, other.box.left - one.box.right > 60)
            for one, other in pairwise(read) if other.box.left - one.box.right > 15]
    return Reading(row, read, tuple(gaps))


def number_page(ink: str = "black") -> tuple[Image.Image, tuple[Piece, ...], int]:
    """``ที่ ชม ๐๐๒๓.๓/<8471 by hand>  ศาลากลาง…``: page, what was read, right edge of the entry."""
    page, start = sheet(), "ที่ ชม ๐๐๒๓.๓/"
    write(page, (LEFT, TOP), start)
    right = put(page, drawn("8471"), round(pieces(start)[-1].box.right) + 12, TOP + 52, ink=ink)
    write(page, (1050, TOP), "ศาลากลางจังหวัดเชียงใหม่")
    for row in range(3):
        write(page, (LEFT, TOP + 140 + 80 * row), "เรียน  ผู้ว่าราชการจังหวัดเชียงใหม่ ทุกจังหวัด")
    return page, pieces(start) + pieces("ศาลากลางจังหวัดเชียงใหม่", 1050), right


@pytest.mark.parametrize("ink", ["black", "#2850c8"])
def test_the_number_is_found_behind_the_slash(ink: str) -> None:
    page, read, right = number_page(ink)
    line = read_line(page, read)
    found = find_number(clean(page), line.segments[0], characters(line.pieces))
    assert found and found.slash and found.start == found.end
    assert found.box.right == pytest.approx(right, abs=6)
    assert read[found.start - 1].text == "/"


@pytest.mark.parametrize("ink", ["black", "#2850c8"])
def test_the_line_reads_with_its_number(ink: str) -> None:
    page, read, _ = number_page(ink)
    line = read_line(page, read)
    filled = assemble(*_plain(fill(clean(page), [line])[0]))
    assert filled and filled.text == "ที่ ชม ๐๐๒๓.๓/๘๔๗๑  ศาลากลางจังหวัดเชียงใหม่"
    entry = next(word for word in filled.words if word.rivals)
    assert entry.text == "๘๔๗๑" and 0.25 <= entry.confidence <= 1 and entry.box


def _plain(line: Reading) -> tuple[tuple[Piece, ...], tuple[Gap, ...]]:
    return line.pieces, line.gaps


def test_what_tesseract_read_there_stays_a_rival() -> None:
    page, read, _ = number_page()
    at = read[11].box.right
    wrong = tuple(Piece(sign, 0.6, Box(at + 15 + 25 * place, TOP, at + 38 + 25 * place, TOP + 50))
                  for place, sign in enumerate("นซ๗"))
    start = next(place for place, piece in enumerate(read) if piece.text == "/") + 1
    filled = assemble(*_plain(fill(clean(page), [read_line(page, (*read[:start], *wrong, *read[start:]))])[0]))
    assert filled and "/๘๔๗๑  ศาลา" in filled.text
    assert "นซ๗" in [one.text for word in filled.words for one in word.rivals]


@pytest.mark.parametrize("misread", ["M/", "ฦ|", "/๔"])
def test_a_slash_read_in_the_entry_is_not_that_of_the_number(misread: str) -> None:
    page, read, _ = number_page()
    start = next(place for place, piece in enumerate(read) if piece.text == "/") + 1
    at = read[start - 1].box.right
    wrong = tuple(Piece(sign, 0.6, Box(at + 15 + 40 * place, TOP, at + 48 + 40 * place, TOP + 50))
                  for place, sign in enumerate(misread))
    line = read_line(page, (*read[:start], *wrong, *read[start:]))
    found = find_number(clean(page), line.segments[0], characters(line.pieces))
    assert found and (found.start, found.end) == (start, start + len(misread))
    assert found.box.left == pytest.approx(at + 12, abs=12)


def test_an_entry_nobody_can_read_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    page, read, _ = number_page()
    line = read_line(page, read)
    monkeypatch.setattr("ocr.handwriting.fill.FLOOR", 1.1)
    filled = assemble(*_plain(fill(clean(page), [line])[0]))
    assert filled and filled.text == "ที่ ชม ๐๐๒๓.๓/  ศาลากลางจังหวัดเชียงใหม่"
    assert "๘๔๗๑" in [one.text for word in filled.words for one in word.rivals if word.text == ""]


@pytest.mark.parametrize(
    "text", ["ที่ ชม ๐๐๒๓.๓/ว ๑๒๕", "ที่ ชม 0023.3/4721", "ที่ มท ๐๘๐๘.๒/๖๙๘๔", "ที่ รบ ๗๔๗๐๑/ป ๑๐๓"])
def test_typed_numbers_stay(text: str) -> None:
    page = sheet()
    write(page, (LEFT, TOP), text)
    line = read_line(page, pieces(text))
    assert find_number(clean(page), line.segments[0], characters(line.pieces)) is not None
    assert fill(clean(page), [line]) == [line]


@pytest.mark.parametrize(("text", "is_number"), [("ท ชม 0023.3/4721", True), ("ทชม 0023/ว 125", True),
                                                 ("ทางหลวง 0023.3/4721", False), ("ท ชม. 5/4721", False)])
def test_a_number_line_may_have_lost_its_marks(text: str, is_number: bool) -> None:
    page = sheet()
    write(page, (LEFT, TOP), text)
    line = read_line(page, pieces(text))
    assert (find_number(clean(page), line.segments[0], characters(line.pieces)) is not None) is is_number


@pytest.mark.parametrize("last", ["5", "6"])  # as printed, as misread
def test_white_within_a_printed_number_is_closed_where_both_read_it_alike(last: str) -> None:
    page, text = sheet(), "ที่ ชม 0023.3/ว 4725"
    write(page, (LEFT, TOP), text)
    signs = pieces(text)
    signs = (*signs[:-1], replace(signs[-1], text=last))
    line = read_line(page, signs)
    wide = Gap(signs[-3].box.right, signs[-2].box.left, wide=True)
    filled = fill(clean(page), [replace(line, gaps=(*line.gaps, wide))])[0]
    assert (wide in filled.gaps) is (last == "6")
    assert set(line.gaps) <= set(filled.gaps) and len(filled.pieces) == len(signs)


@pytest.mark.parametrize("text", ["เรื่อง  ที่ ชม 0023.3/125", "ที่ว่าการอำเภอเมือง 12/3", "ที่ ชม 0023.3/1 ลงวันที่ 2",
                                  "ที่ ชม 0023 วันที่"])
def test_other_lines_are_not_looked_at(text: str) -> None:
    page = sheet()
    write(page, (LEFT, TOP), text)
    line = read_line(page, pieces(text))
    assert find_number(clean(page), line.segments[0], characters(line.pieces)) is None
    assert find_day(clean(page), line.segments[0], characters(line.pieces)) is None


@pytest.mark.parametrize(("misread", "before"), [("", ""), ("ซเ", ""), ("", "วันที่ ")])
def test_the_day_is_found_before_the_month(misread: str, before: str) -> None:
    page = sheet()
    label = pieces(before, 600) if before else ()
    if before:
        write(page, (600, TOP), before)
    right = put(page, drawn("12"), 760, TOP + 52, ink="#2850c8")
    write(page, (right + 30, TOP), "พฤศจิกายน ๒๕๕๓")
    wrong = tuple(Piece(sign, 0.5, Box(760 + 30 * place, TOP, 785 + 30 * place, TOP + 50))
                  for place, sign in enumerate(misread))
    line = read_line(page, (*label, *wrong, *pieces("พฤศจิกายน ๒๕๕๓", right + 30)))
    filled = assemble(*_plain(fill(clean(page), [line])[0]))
    assert filled and filled.text.replace("  ", " ") == f"{before}๑๒ พฤศจิกายน ๒๕๕๓"


def found_number(page: Image.Image, read: tuple[Piece, ...]) -> tuple[Found, float]:
    """The number found on the line at TOP, and the height of a letter there."""
    line = read_line(page, read)
    found = find_number(clean(page), line.segments[0], characters(line.pieces))
    assert found
    return found, line.segments[0].body


def test_dirt_beside_a_number_is_no_part_of_it() -> None:
    page, read, right = number_page()
    for column in range(right + 25, 1000, 30):
        ImageDraw.Draw(page).ellipse((column, TOP + 30, column + 7, TOP + 37), fill="black")
    found, _ = found_number(page, read)
    assert found.box.right == pytest.approx(right, abs=6)


def test_the_top_of_the_line_below_is_no_part_of_a_number() -> None:
    page, read, right = number_page()
    ImageDraw.Draw(page).rectangle((right - 60, TOP + 56, right - 54, TOP + 72), fill="black")
    found, _ = found_number(page, read)
    assert found.box.bottom == pytest.approx(TOP + 52, abs=4)


def test_the_broken_foot_of_a_digit_is_part_of_it() -> None:
    page, read, right = number_page()
    draw = ImageDraw.Draw(page)
    draw.line((right + 24, TOP + 12, right + 12, TOP + 44), fill="black", width=4)   # a broken 2
    draw.line((right + 10, TOP + 54, right + 28, TOP + 54), fill="black", width=4)
    draw.line((right + 50, TOP + 12, right + 48, TOP + 62), fill="black", width=4)   # and a 9 with a long tail
    found, _ = found_number(page, read)
    assert found.crop[-14:, -45:-20].min() == 0


def test_a_digit_all_in_pieces_keeps_its_foot() -> None:
    page, read, right = number_page()
    draw = ImageDraw.Draw(page)
    draw.line((right + 10, TOP + 14, right + 28, TOP + 14), fill="black", width=4)   # a 3 of three pieces, none high
    draw.line((right + 26, TOP + 22, right + 22, TOP + 34), fill="black", width=4)
    draw.line((right + 10, TOP + 54, right + 26, TOP + 54), fill="black", width=4)
    draw.line((right + 50, TOP + 12, right + 48, TOP + 62), fill="black", width=4)   # and a 9 with a long tail
    found, _ = found_number(page, read)
    assert found.crop[-14:, -45:-20].min() == 0


@pytest.mark.parametrize("apart", [0, 45])
def test_a_broken_slash_and_white_behind_the_mark(apart: int) -> None:
    page, start = sheet(), "ที่ ชม ๐๐๒๓.๓/"
    write(page, (LEFT, TOP), start + "ว")
    slash, mark = pieces(start + "ว")[-2:]
    middle = TOP + 37 if apart else 0
    ImageDraw.Draw(page).rectangle((slash.box.left, middle, slash.box.right, middle + 6), fill="white")
    right = put(page, drawn("8471"), round(mark.box.right) + apart, TOP + 52)
    found, body = found_number(page, pieces(start + "ว"))
    assert found.box.left == pytest.approx(mark.box.left, abs=body / 4)
    assert found.box.right == pytest.approx(right, abs=6)


@pytest.mark.parametrize("ink", ["black", "#2850c8"])
def test_a_mark_grown_together_with_the_code_stays_print(ink: str) -> None:
    page, start = sheet(), "ที่ ชม ๐๐๒๓.๓/ว"
    write(page, (LEFT, TOP), start)
    signs = pieces(start)
    grown = (signs[-3].box.left + 8, TOP + 30, signs[-1].box.right - 6, TOP + 46)
    ImageDraw.Draw(page).rectangle(grown, fill="black")
    put(page, drawn("8471"), round(signs[-1].box.right) + 12, TOP + 52, ink=ink)
    line = read_line(page, signs)
    found = find_number(clean(page), line.segments[0], characters(line.pieces))
    assert found and found.marked and found.start == found.end == len(signs)
    filled = assemble(*_plain(fill(clean(page), [line])[0]))
    assert filled and filled.text == "ที่ ชม ๐๐๒๓.๓/ว๘๔๗๑"
    entry = filled.words[-1]
    assert entry.text == "๘๔๗๑" and not any(rival.text.startswith("ว") for rival in entry.rivals)


def test_a_slash_that_grew_into_the_code_stands_before_the_mark() -> None:
    page, start = sheet(), "ที่ ชม ๐๐๒๓.๗ว"
    write(page, (LEFT, TOP), start)
    signs = pieces(start)
    right = put(page, drawn("8471"), round(signs[-1].box.right) + 30, TOP + 52)
    line = read_line(page, signs)
    found = find_number(clean(page), line.segments[0], characters(line.pieces))
    assert found and (found.start, found.end) == (len(signs) - 1, len(signs))
    assert found.box.left == pytest.approx(signs[-1].box.left, abs=8)
    assert found.box.right == pytest.approx(right, abs=6)
    filled = assemble(*_plain(fill(clean(page), [line])[0]))
    assert filled and filled.text == "ที่ ชม ๐๐๒๓.๗/ว๘๔๗๑"


@pytest.mark.parametrize("off", [-20, 0, 40])
def test_the_slash_stands_where_it_was_read_or_before(off: int) -> None:
    page, read, _ = number_page()
    at = next(place for place, piece in enumerate(read) if piece.text == "/")
    box = read[at].box
    moved = replace(read[at], box=Box(box.left + off, box.top, box.right + off, box.bottom))
    found, body = found_number(page, (*read[:at], moved, *read[at + 1:]))
    assert found.apart and found.box.left == pytest.approx(box.right + 12, abs=body / 2)


def test_a_slash_that_is_seen_needs_no_guess() -> None:
    page, start = sheet(), "ที่ ชม ๐๐๒๓.๓/"
    write(page, (LEFT, TOP), start)
    read = pieces(start)
    left = round(read[-1].box.right) + 12
    put(page, drawn("3026"), left, TOP + 52)
    wide = 1.5 * (read[-1].box.right - read[5].box.left) / 7
    guessed = tuple(replace(piece, box=Box(read[5].box.left + wide * place, TOP, read[5].box.left + wide * (place + 1),
                                           TOP + 50)) for place, piece in enumerate(read[5:]))
    found, body = found_number(page, (*read[:5], *guessed))
    assert found.apart and found.box.left == pytest.approx(left, abs=body / 2)


def test_a_leaning_0_is_no_slash() -> None:
    page, read, _ = number_page()
    line = read_line(page, read)
    nought = Image.new("L", (60, 60))
    ImageDraw.Draw(nought).ellipse((22, 6, 38, 54), outline=255, width=4)
    page.paste("black", (1500, TOP), nought.rotate(-12))
    ImageDraw.Draw(page).line((1602, TOP + 10, 1590, TOP + 50), fill="black", width=4)
    view = View.of(clean(page), line.segments[0], 1490, 1640)
    slash = view.slash(None, 1490)
    assert slash is not None and view.box(slash).left > 1580


@pytest.mark.parametrize("stretch", [1.0, 1.2, 1.8])
def test_a_box_that_reaches_into_the_entry_is_made_narrow(stretch: float) -> None:
    page, read, _ = number_page()
    line, code, slash = read_line(page, read), "๐๐๒๓.๓/", read[11].box
    start = read[5].box.left
    wide = (slash.right - start) / len(code) * stretch
    guessed = [Piece(sign, 0.9, Box(start + wide * place, TOP, start + wide * (place + 1), TOP + 50))
               for place, sign in enumerate(code)]
    view = View.of(clean(page), line.segments[0], LEFT, 1000)
    box = _narrowed(view, guessed, "0023.3/", 6)
    assert (box == guessed[6].box) is (stretch < 1.5)
    own = replace(guessed[5], box=replace(guessed[5].box, right=guessed[5].box.right - 3))  # boxes of their own
    assert _narrowed(view, [*guessed[:5], own, guessed[6]], "0023.3/", 6) == guessed[6].box
    assert box.right == pytest.approx(slash.right, abs=line.segments[0].body * (1.5 if stretch == 1.2 else 0.7))


@pytest.mark.parametrize(("share", "read", "trust", "best", "is_print"), [
    (0.95, "12S", 0.5, "๔๑", True),      # plainly typed
    (0.30, "125", 0.99, "125", False),   # plainly by hand
    (0.60, "ว ๗๖๕๕", 0.7, "ว๒๖๕๕", False),
    (0.60, "ว125", 0.7, "125", True),
    (0.55, "5", 0.95, "577", False),     # the engine saw a part of it
    (0.49, "ว.477", 0.9, "7", True),     # the network did
    (0.49, "ว.477", 0.7, "477", False),
])
def test_whether_an_entry_is_print(share: float, read: str, trust: float, best: str, is_print: bool) -> None:
    signs = [Piece(sign, trust, Box(0, 0, 1, 1)) for sign in read if sign != " "]
    assert _is_print(share, signs, [Alternative(best, 0.9)]) is is_print


def test_number_and_day_on_one_line_keep_what_else_they_may_be() -> None:
    page, read, right = number_page()
    ImageDraw.Draw(page).rectangle((1040, TOP - 20, 1650, TOP + 80), fill="white")
    write(page, (900, TOP), "วันที่")
    right = put(page, drawn("12"), 1040, TOP + 52)
    write(page, (right + 30, TOP), "พฤศจิกายน ๒๕๕๓")
    owner = tuple(piece for piece in read if piece.box.left < 600)
    line = read_line(page, (*owner, *pieces("วันที่", 900), *pieces("พฤศจิกายน ๒๕๕๓", right + 30)))
    filled = assemble(*_plain(fill(clean(page), [line])[0]))
    assert filled
    assert [word.text for word in filled.words if word.ink is Ink.HAND and word.rivals] == ["๘๔๗๑", "๑๒"]


@pytest.mark.parametrize("text", ["๒๑ ตุลาคม ๒๕๕๓", "14 มีนาคม 2567", "ตุลาคม ๒๕๕๓"])
def test_typed_and_missing_days_stay(text: str) -> None:
    page = sheet()
    write(page, (800, TOP), text)
    line = read_line(page, pieces(text, 800), 800)
    assert fill(clean(page), [line]) == [line]


@pytest.mark.tesseract
def test_a_page_is_read_with_its_entries() -> None:
    page, _, _ = number_page("#2850c8")
    right = put(page, drawn("12"), 800, TOP + 132, ink="#23308f")
    write(page, (right + 25, TOP + 80), "พฤศจิกายน ๒๕๕๓")
    text = [line.text for line in printed(page).lines]
    assert any("/๘๔๗๑" in line for line in text)
    assert any(line.startswith("๑๒ ") for line in text)


def test_a_stroke_is_followed_where_it_grows_pale() -> None:
    grey = np.full((60, 120), 255, np.uint8)
    grey[20:24, 10:40], grey[20:24, 40:60] = 60, 215  # a stroke, and its pale end
    grey[40:44, 70:90], grey[24:44, 78:80] = 60, 215  # somebody else's, pale up to the row of the first
    own, other = np.zeros(grey.shape, bool), np.zeros(grey.shape, bool)
    own[20:24, 10:40], other[40:44, 70:90] = True, True
    crop = alone(grey, own, other)
    assert crop.shape == (8, 54)
    assert (crop[3, 34:50] == 215).all()
    grey[20:24, 60:90] = 215  # both grow together
    assert alone(grey, own, other).shape == (8, 34)


def test_noise_of_the_paper_is_no_stroke() -> None:
    grey = np.random.default_rng(1).integers(222, 256, (60, 120), np.uint8)
    grey[20:24, 10:40] = 60
    own = grey < 100
    assert alone(grey, own, np.zeros_like(own)).shape == (8, 34)


@pytest.mark.parametrize("start", ["สั่ง ณ วันที่", "ประกาศ ณ วันที่"])
def test_the_day_of_an_order_is_looked_for_below_the_head(start: str) -> None:
    page, top, year = sheet(), 1400, "มีนาคม พ.ศ. ๒๕๖๔"
    write(page, (LEFT, top), start)
    right = put(page, drawn("12"), round(pieces(start)[-1].box.right) + 30, top + 52)
    write(page, (right + 30, top), year)
    read = pieces(start, LEFT, top) + pieces(year, right + 30, top)
    found = find_lines(clean(page).print, DPI)
    assert found is not None
    row = next(row for row in found.rows if top < row[0].middle < top + 80)
    gap = Gap(pieces(start)[-1].box.right, right + 30, True)
    filled = assemble(*_plain(fill(clean(page), [Reading(row, read, (gap,))])[0]))
    assert filled and any(word.rivals for word in filled.words)
