"""What is done fast gives what is done plainly."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.clean import clean
from ocr.furniture import without_rules
from ocr.glyphs import Glyphs, components, relabelled
from ocr.pictures import drawn
from ocr.raster import labelled, resized
from tests.ocr.paper import letter, sheet


def test_a_page_of_noise_has_more_components_than_sixteen_bits_count() -> None:
    dots = np.zeros((800, 800), np.uint8)
    dots[::2, ::2] = 1
    labels, stats = labelled(dots)
    assert len(stats) == 400 * 400 + 1
    assert len(np.unique(labels)) == len(stats)


def test_components_are_numbered_alike_in_few_bits_and_in_many() -> None:
    ink = (clean(letter()).print < 128).astype(np.uint8)
    labels, stats = labelled(ink)
    count, wide, same, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    assert labels.dtype == np.uint16
    assert len(stats) == count
    assert (labels == wide).all()
    assert (stats == same).all()


def told(glyphs: Glyphs) -> list[tuple[int, ...]]:
    """Box and area of each component, and how much ink bears its label."""
    own = np.bincount(glyphs.labels.ravel(), minlength=glyphs.area.size)
    columns = (glyphs.left, glyphs.top, glyphs.right, glyphs.bottom, glyphs.area, own)
    return sorted(tuple(row) for row in np.stack(columns, axis=1)[1:].tolist() if row[4])


@pytest.mark.parametrize("taken", [
    np.s_[340:350, :], np.s_[:, 400:402], np.s_[300:420, 150:420], np.s_[:, ::3], np.s_[:, :], np.s_[0:1, 0:1]])
def test_components_of_what_is_left_are_those_of_ink_that_never_had_more(taken: tuple[slice, slice]) -> None:
    ink = (clean(letter()).print < 128).astype(np.uint8)
    rest = ink.copy()
    rest[taken] = 0
    left = relabelled(components(ink), ink, rest)
    assert told(left) == told(components(rest))
    assert ((left.labels > 0) == (rest > 0)).all()


def test_components_stay_what_they_are_where_nothing_is_taken() -> None:
    ink = (clean(letter()).print < 128).astype(np.uint8)
    glyphs = components(ink)
    assert relabelled(glyphs, ink, ink) is glyphs


def test_components_that_fall_into_more_pieces_than_sixteen_bits_count() -> None:
    ink, rest = np.zeros((1200, 1800), np.uint8), np.zeros((1200, 1800), np.uint8)
    ink[:700, :1000], rest[:700:2, :1000:2] = 1, 1
    left = relabelled(components(ink), ink, rest)
    assert left.area.size == 350 * 500 + 1
    assert told(left) == told(components(rest))


@pytest.mark.parametrize("body", [12.0, 24.0])
def test_rules_are_found_by_their_components_as_well_as_on_the_whole_page(body: float) -> None:
    page = letter()
    draw = ImageDraw.Draw(page)
    draw.rectangle((120, 260, 1560, 600), outline="black", width=3)
    draw.line((180, 352, 700, 352), fill="black", width=2)         # through the feet of a line
    draw.line((300, 900, 300, 1500), fill="black", width=2)
    draw.rectangle((400, 900, 900, 1200), fill="black")            # too thick for a rule
    ink = (clean(page).print < 128).astype(np.uint8)
    free = without_rules(ink, body, components(ink))
    assert (free == without_rules(ink, body)).all()
    assert 0 < free.sum() < ink.sum()


def test_ink_without_rules_is_left_as_it_is() -> None:
    ink = (clean(letter()).print < 128).astype(np.uint8)
    assert without_rules(ink, 24.0, components(ink)) is ink


@pytest.mark.parametrize("size", [(2482, 3509), (1407, 1990), (1655, 2341), (100, 7)])
@pytest.mark.parametrize("parts", [1, 2, 2.5, 3, 8])
def test_shrinking_by_way_of_whole_numbers_keeps_places_and_brightness(size: tuple[int, int], parts: float) -> None:
    width, height = size
    across, down = np.meshgrid(np.linspace(0, 150, width), np.linspace(0, 100, height))
    grey = (across + down).astype(np.uint8)
    goal = (round(width / parts), max(1, round(height / parts)))
    small = resized(grey, *goal)
    plainly = cv2.resize(grey, goal, interpolation=cv2.INTER_AREA)
    assert small.shape == plainly.shape
    assert np.abs(small.astype(int) - plainly).max() <= (20 if height < 10 else 2)


def test_a_scan_of_black_print_is_grey_and_any_colour_keeps_a_page_coloured() -> None:
    page = sheet()
    assert drawn(np.asarray(page)).mode == "L"
    page.putpixel((801, 903), (250, 255, 255))
    assert drawn(np.asarray(page)).tobytes() == page.tobytes()
    assert drawn(np.asarray(Image.new("L", (30, 40), 7))).getpixel((3, 3)) == 7


def test_grey_and_colourless_pages_are_cleaned_alike() -> None:
    grey, coloured = clean(letter().convert("L")), clean(letter())
    assert (grey.print == coloured.print).all()
    assert not coloured.ink.any()
