"""From a page image to its lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from PIL import Image

from letters.page import Code, Ink, Line
from letters.text import squeeze
from ocr.clean import Sheet
from ocr.codes import find_codes
from ocr.crops import Crop, cut, stretch_of
from ocr.entries import better, with_entry
from ocr.handwriting.fill import Reading, fill
from ocr.lines import Layout, Segment, find_lines
from ocr.raster import Grey
from ocr.stamps import Stamp, black_stamps, coloured_stamps, outside, without_frames
from ocr.together import Asking
from ocr.upright import upright
from ocr.words import Gap, Piece, assemble

# Body heights of white between words, and of two spaces. Measured on real scans: letters stand at most 0.4 apart, one
# space is 0.55 to 0.9 wide, two are 1.0 and more. Narrow faces are set closer than their letters are narrower: letters
# stand at most 0.3 apart, spaces are from 0.42 wide.
_SPACE, _WIDE, _NARROWED = 0.5, 0.95, 1.5
_SOME_INK = 0.0005         # share of the page's pixels from which coloured ink is worth reading
_STAMP_LETTERS = 4
_STAMP_CONFIDENCE = 0.75
_HAND_CONFIDENCE = 0.5      # black ink read worse than this is a signature or handwriting


@dataclass(frozen=True, slots=True)
class Print:
    """What was read of a page: its lines and codes, and the ``size`` (width, height) of the image they refer to, turned
    clockwise by ``rotation`` degrees."""

    lines: tuple[Line, ...]
    codes: tuple[Code, ...]
    size: tuple[int, int]
    rotation: float


def read_print(image: Image.Image, dpi: int) -> Asking[Print]:
    """Lines in reading order, boxes in pixels of the page turned upright (a page of ``dpi``). Those of coloured ink
    (stamps, pens) and of received stamps come last, as ``Ink.STAMP``, each received stamp from its office to its time;
    black handwriting stands among the print, as ``Ink.HAND``.
    """
    page = yield from upright(image, dpi)
    codes, size, rotation, sheet = find_codes(page.pixels), page.pixels.shape[1::-1], page.rotation, page.sheet
    coloured = np.count_nonzero(sheet.ink) > _SOME_INK * sheet.ink.size
    asking = (_with_coloured_ink if coloured else _in_black)(sheet, page.layout, dpi)
    del image, page, sheet  # what is not needed is not held while other pages are prepared
    lines = yield from asking
    return Print(lines, codes, size, rotation)


def _in_black(sheet: Sheet, layout: Layout | None, dpi: int) -> Asking[tuple[Line, ...]]:
    stamps, stamped = yield from _received(black_stamps(sheet, dpi) if layout else [])
    if stamps:
        sheet = replace(sheet, print=without_frames(sheet.print, stamps, dpi))
        layout = find_lines(sheet.print, dpi)
    rows = _cut(sheet.print, layout, Ink.PRINT, None, stamps)
    del layout
    found = yield _images(rows)
    return (*_worded(sheet, rows, found), *stamped)


def _received(stamps: Sequence[Stamp]) -> Asking[tuple[list[Stamp], list[Line]]]:
    """Those of the stamps that are received stamps, and their lines."""
    if not stamps:
        return [], []
    read = yield [strip.image for stamp in stamps for strip in stamp.strips]
    return _sure(stamps, read)


def _sure(stamps: Sequence[Stamp], read: Sequence[Sequence[Piece]]) -> tuple[list[Stamp], list[Line]]:
    pieces = iter(read)
    found = [(stamp, [next(pieces) for _ in stamp.strips]) for stamp in stamps]
    sure = [(stamp, rows) for stamp, rows in found if stamp.received(rows)]
    return [stamp for stamp, _ in sure], [line for stamp, rows in sure for line in stamp.lines(rows)]


def _with_coloured_ink(sheet: Sheet, layout: Layout | None, dpi: int) -> Asking[tuple[Line, ...]]:
    """Print, received stamps, and all other coloured ink, read at once; once more where a frame was no stamp."""
    stamps = coloured_stamps(sheet, layout, dpi)
    strips = [strip.image for stamp in stamps for strip in stamp.strips]
    rows = _all_rows(sheet, layout, dpi, stamps)
    layout = layout if stamps else None  # the page is gone over once more only where a frame turns out to be no stamp
    read = yield [*strips, *_images(rows)]
    sure, stamped = _sure(stamps, read[:len(strips)])
    found = read[len(strips):]
    if len(sure) < len(stamps):
        rows = _all_rows(sheet, layout, dpi, sure)
        found = yield _images(rows)
    lines = _worded(sheet, rows, found)
    printed = [line for line in lines if line.ink is not Ink.STAMP]
    marks = [line for line in lines if line.ink is Ink.STAMP and not _entered(line, printed)]
    return (*printed, *stamped, *marks)


def _all_rows(sheet: Sheet, layout: Layout | None, dpi: int, stamps: Sequence[Stamp]) -> list[_Row]:
    rest = outside(sheet.coloured, stamps, dpi)
    return [*_cut(sheet.print, layout, Ink.PRINT, sheet, stamps), *_cut(rest, find_lines(rest, dpi), Ink.STAMP, None)]


def _images(rows: Sequence[_Row]) -> list[Grey]:
    return [crop.to_read for row in rows for crop in (*row.crops, *row.entered.values())]


def _worded(sheet: Sheet, rows: Sequence[_Row], found: Sequence[list[Piece]]) -> list[Line]:
    """The rows as lines, from what was read of their images."""
    read = iter(found)
    each = [_read(row, [next(read) for _ in row.crops], {at: next(read) for at in row.entered}) for row in rows]
    lines = [_line(one, row.ink) for one, row in zip(fill(sheet, each), rows, strict=True)]
    return [line for line in lines if line is not None and _worth_keeping(line)]


@dataclass(frozen=True, slots=True)
class _Row:
    """A visual line cut out of the page: its segments, those of them that hold coloured entries once more with these
    (by position), its ink, and its body height in pixels."""

    segments: tuple[Segment, ...]
    crops: tuple[Crop, ...]
    entered: dict[int, Crop]
    ink: Ink
    body: float


def _cut(grey: Grey, layout: Layout | None, ink: Ink, sheet: Sheet | None, stamps: Sequence[Stamp] = ()) -> list[_Row]:
    """The lines of ``layout`` cut out of ``grey``, with entries from ``sheet`` if one is given, without what belongs to
    ``stamps``."""
    if layout is None:
        return []
    least = _STAMP_LETTERS if ink is Ink.STAMP else 1
    stretch = stretch_of(layout)
    rows = []
    for row in layout.rows:
        segments = [segment for segment in row
                    if len(segment.letters) >= least and not any(stamp.owns(segment) for stamp in stamps)]
        entered = {at: replace(crop, stretch=stretch) for at, segment in enumerate(segments)
                   if sheet is not None and (crop := with_entry(sheet, segment)) is not None}
        if segments:
            crops = tuple(cut(grey, layout, segment, stretch) for segment in segments)
            rows.append(_Row(tuple(segments), crops, entered, ink, min(segment.body for segment in segments)))
    return rows


def _worth_keeping(line: Line) -> bool:
    """Not a line of specks or rules, and no stamp that could hardly be read: those are mostly handwriting."""
    if not any(sign.isalnum() for sign in line.text):
        return False
    return line.ink is not Ink.STAMP or line.confidence >= _STAMP_CONFIDENCE


def _entered(stamp: Line, printed: Sequence[Line]) -> bool:
    """Whether coloured ink was read already, as part of a printed line."""
    return any(line.box and stamp.box and line.box.union(stamp.box) == line.box
               and squeeze(stamp.text) in squeeze(line.text) for line in printed)


def _read(row: _Row, read: Sequence[Sequence[Piece]], entered: Mapping[int, Sequence[Piece]]) -> Reading:
    """What was read of a visual line, on the page; white between segments is a wide gap."""
    crops, found = list(row.crops), list(read)
    for at, pieces in entered.items():
        if better(found[at], pieces):
            crops[at], found[at] = row.entered[at], pieces
    placed = [replace(piece, box=crop.on_page(piece.box))
              for crop, pieces in zip(crops, found, strict=True) for piece in pieces]
    white = [gap for crop in crops for gap in _white(crop, row.body)]
    white += [Gap(one.right, other.left, wide=True) for one, other in pairwise(crops)]
    return Reading(row.segments, tuple(placed), tuple(sorted(white, key=lambda gap: gap.middle)))


def _white(crop: Crop, body: float) -> list[Gap]:
    unit = body / crop.stretch ** _NARROWED
    return crop.gaps(_SPACE * unit, _WIDE * unit)


def _line(read: Reading, ink: Ink) -> Line | None:
    """One visual line as words."""
    line = assemble(read.pieces, read.gaps, ink)
    if line is not None and line.ink is Ink.PRINT and line.confidence < _HAND_CONFIDENCE:
        return replace(line, ink=Ink.HAND)
    return line
