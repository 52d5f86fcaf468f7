"""From a page image to its lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz import fuzz

from letters.page import Box, Code, Ink, Line
from letters.text import arabic, squeeze
from ocr.clean import Sheet, clean
from ocr.codes import find_codes
from ocr.crops import Crop, cut, stretch_of
from ocr.entries import better, with_entry
from ocr.handwriting.decode import Kind
from ocr.handwriting.fill import Reading, fill
from ocr.labels import label_of, labels_in
from ocr.lines import Layout, Segment, find_lines, in_rows
from ocr.looks import WIDER, believed, second_look
from ocr.printed import reread as printed
from ocr.raster import Grey
from ocr.spaces import Gap
from ocr.stampfigures import is_figure_of, with_figures
from ocr.stamps import Stamp, black_stamps, coloured_stamps, darkened, head, outside, stamps_at, without_frames
from ocr.together import Asking
from ocr.unframed import Labelled, unframed
from ocr.upright import upright
from ocr.words import Piece, assemble

# Body heights of white between words, and of two spaces. Measured on real scans: letters stand at most 0.4 apart, one
# space is 0.55 to 0.9 wide, two are 1.0 and more. Narrow faces are set closer than their letters are narrower: letters
# stand at most 0.3 apart, spaces are from 0.42 wide.
_SPACE, _WIDE, _NARROWED = 0.5, 0.95, 1.5  # body heights of a space and of two; how much less in narrow faces
# Most of the white from _WHITES[0] to _WHITES[1] wide is a page's usual space: what is narrower than _NARROWER of it is
# none. Between letters the white is at most 0.4, spaces are 0.45 in faces like Cordia and 1.2 in those of typewriters.
_WHITES, _SOME_WHITES, _NARROWER, _TWICE, _BOUNDS = (0.4, 1.5), 8, 0.65, 1.2, (0.36, 0.8)
_SOME_INK = 0.0005         # share of the page's pixels from which coloured ink is worth reading
_STRIDE, _COLOURED = 5, 40  # pixels; levels between the strongest and the weakest of red, green and blue
_STAMP_LETTERS = 4
_STAMP_CONFIDENCE = 0.75
_ENTRY = 0.6                # share of a line that lies within an entry by hand, if it is nothing else
_SAME, _NUMBERED = 70, {Kind.RECEIVED, Kind.DAY}  # likeness of two readings of a stamp's row, in hundredths
_WORDS, _PRINTED = 15, 0.85  # signs of a line, and how sure the engine is of them, that make it print for all that
_HAND_CONFIDENCE = 0.5      # black ink read worse than this is a signature or handwriting


_Found = list[list[Piece]]  # what was read of a row's images


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
    codes, size, rotation = find_codes(page.pixels), page.pixels.shape[1::-1], page.rotation
    asking = _lines(page.sheet, page.layout, dpi)
    del image, page  # what is not needed is not held while other pages are prepared
    lines = yield from asking
    return Print(lines, codes, size, rotation)


def read_stamps(image: Image.Image, dpi: int) -> Asking[tuple[Line, ...]]:
    """The received stamps in coloured ink of a page whose own print is known, as that of a born-digital letter which an
    office stamped as a picture; boxes in pixels of the image."""
    pixels = np.asarray(image)
    if not _has_colour(pixels):
        return ()
    sheet = clean(image)
    stamps = coloured_stamps(sheet, find_lines(sheet.print, dpi), dpi)
    strips = [strip.image for stamp in stamps for strip in stamp.strips]
    if not strips:
        return ()
    read = yield strips
    return tuple(_sure(stamps, read)[1])


def _has_colour(pixels: NDArray[np.uint8]) -> bool:
    """Whether there may be coloured ink enough to be worth looking at, by one pixel of so many."""
    some = pixels[::_STRIDE, ::_STRIDE]
    return pixels.ndim == 3 and float((np.ptp(some, axis=2) > _COLOURED).mean()) > _SOME_INK


def _lines(sheet: Sheet, layout: Layout | None, dpi: int) -> Asking[tuple[Line, ...]]:
    """Print, received stamps, and all other coloured ink, read at once; once more where a frame was no stamp or a stamp
    has no frame."""
    coloured = np.count_nonzero(sheet.ink) > _SOME_INK * sheet.ink.size
    find, all_rows = (coloured_stamps, _with_coloured_ink) if coloured else (black_stamps, _in_black)
    stamps = find(sheet, layout, dpi)
    strips = [strip.image for stamp in stamps for strip in stamp.strips]
    rows = all_rows(sheet, layout, dpi, stamps)
    pale = _pale_ink(sheet, dpi, stamps) if coloured else []
    layout = layout if stamps else None  # the page is gone over once more only where there is more to it
    read = yield [*strips, *_images(rows), *_images(pale)]
    sure, stamped = _sure(stamps, read[:len(strips)])
    found = read[len(strips):len(read) - len(_images(pale))]
    labelled = _labelled(rows, _by_row(rows, found))
    if pale:
        labelled = [one for one in labelled if not one.coloured]
        labelled += _labelled(pale, _by_row(pale, read[len(strips) + len(found):]))
    bare = unframed(labelled, [stamp.frame for stamp in sure])
    if bare or len(sure) < len(stamps):
        layout = layout or find_lines(sheet.print, dpi)
        more = stamps_at(sheet, layout, bare)
        strips = [strip.image for stamp in more for strip in stamp.strips]
        rows = all_rows(sheet, layout, dpi, [*sure, *more])
        read = yield [*strips, *_images(rows)]
        pieces = iter(read)  # what has the labels is a stamp, however its rows are read now
        stamped += [line for stamp in more for line in stamp.lines([next(pieces) for _ in stamp.strips])]
        sure += more
        found = [*pieces]
    readings = yield from _looked_at_twice(sheet, rows, _by_row(rows, found))
    lines = _worded(rows, readings)
    figures = [line for line in lines if line.ink is not Ink.STAMP and is_figure_of(line, sure)]
    printed = [line for line in lines if line.ink is not Ink.STAMP and not _repeated(line, stamped)
               and line not in figures]
    marks = [line for line in lines if line.ink is Ink.STAMP and not _entered(line, printed)]
    return (*printed, *with_figures(stamped, figures), *marks)


def _sure(stamps: Sequence[Stamp], read: Sequence[Sequence[Piece]]) -> tuple[list[Stamp], list[Line]]:
    """Those of the stamps that are received stamps, and their lines."""
    pieces = iter(read)
    found = [(stamp, [next(pieces) for _ in stamp.strips]) for stamp in stamps]
    sure = [(stamp, rows) for stamp, rows in found if stamp.received(rows)]
    return [stamp for stamp, _ in sure], [line for stamp, rows in sure for line in stamp.lines(rows)]


def _labelled(rows: Sequence[_Row], found: Sequence[_Found]) -> list[Labelled]:
    return [Labelled(segment, label_of("".join(piece.text for piece in pieces)), row.ink is Ink.STAMP) for row, one in
            zip(rows, found, strict=True) for segment, pieces in zip(row.segments, one, strict=False)]


def _with_coloured_ink(sheet: Sheet, layout: Layout | None, dpi: int, stamps: Sequence[Stamp]) -> list[_Row]:
    rest = outside(sheet.coloured, stamps, dpi)
    return [*_cut(sheet.print, layout, Ink.PRINT, sheet, stamps), *_cut(rest, find_lines(rest, dpi), Ink.STAMP, None)]


def _pale_ink(sheet: Sheet, dpi: int, stamps: Sequence[Stamp]) -> list[_Row]:
    """Coloured ink of the page's head, darkened to be read, only to find received stamps without a frame by: marks that
    are well seen, such as those of urgency, run together then. Nothing where no ink is pale."""
    ink = head(sheet.coloured)
    darker = darkened(ink)
    if np.array_equal(darker, ink):
        return []
    rest = outside(darker, stamps, dpi)
    return _cut(rest, find_lines(rest, dpi), Ink.STAMP, None)


def _in_black(sheet: Sheet, layout: Layout | None, dpi: int, stamps: Sequence[Stamp]) -> list[_Row]:
    grey = without_frames(sheet.print, stamps, dpi) if stamps else sheet.print
    return _cut(grey, find_lines(grey, dpi) if stamps else layout, Ink.PRINT, None, stamps)


def _images(rows: Sequence[_Row]) -> list[Grey]:
    return [crop.to_read for row in rows for crop in row.all_crops]


def _looked_at_twice(sheet: Sheet, rows: Sequence[_Row], found: Sequence[_Found]) -> Asking[list[Reading]]:
    """The rows with letter numbers read once more by their own network and entries by hand put in; those worth it as
    the better of two looks has them."""
    found = _numbers_reread(rows, found)
    readings = _filled(sheet, rows, found)
    doubtful = [place for place, reading in enumerate(readings) if second_look(reading.pieces)]
    if doubtful:
        some = [rows[place] for place in doubtful]
        again = yield from _read_again(some, [found[place] for place in doubtful])
        for place, reading in zip(doubtful, _filled(sheet, some, again), strict=True):
            readings[place] = reading
    return readings


def _read_again(rows: Sequence[_Row], found: Sequence[_Found]) -> Asking[list[_Found]]:
    """What was read of the rows: of each segment the better of two looks."""
    wider = [replace(row, crops=tuple(map(_widened, row.crops)),
                     entered={at: _widened(crop) for at, crop in row.entered.items()}) for row in rows]
    looks = _numbers_reread(wider, _by_row(wider, (yield _images(wider))))
    return [[believed(*two) for two in zip(one, other, strict=True)] for one, other in zip(found, looks, strict=True)]


def _widened(crop: Crop) -> Crop:
    return replace(crop, stretch=WIDER * crop.stretch)


def _numbers_reread(rows: Sequence[_Row], found: Sequence[_Found]) -> list[_Found]:
    """What was read of printed rows with its letter numbers as the network for them has them; of others as it is."""
    lines = [printed.Line(crop, pieces, row.body) for row, one in zip(rows, found, strict=True)
             if row.ink is Ink.PRINT for crop, pieces in zip(row.all_crops, one, strict=True)]
    mended = iter(printed.reread(lines))
    return [[next(mended) for _ in one] if row.ink is Ink.PRINT else one for row, one in zip(rows, found, strict=True)]


def _by_row(rows: Sequence[_Row], found: Sequence[list[Piece]]) -> list[_Found]:
    read = iter(found)
    return [[next(read) for _ in row.all_crops] for row in rows]


def _filled(sheet: Sheet, rows: Sequence[_Row], found: Sequence[_Found]) -> list[Reading]:
    """The rows from what was read of their images, entries by hand put in."""
    return fill(sheet, [_read(row, one[:len(row.crops)], dict(zip(row.entered, one[len(row.crops):], strict=True)))
                        for row, one in zip(rows, found, strict=True)])


def _worded(rows: Sequence[_Row], readings: Sequence[Reading]) -> list[Line]:
    """The rows as lines."""
    entries = [piece.box for reading in readings for piece in reading.pieces if piece.rivals is not None]
    lines = [_line(reading, row.ink) for reading, row in zip(readings, rows, strict=True)]
    return [line for line in lines if line is not None and _worth_keeping(line) and not _is_entry(line, entries)]


@dataclass(frozen=True, slots=True)
class _Row:
    """A visual line cut out of the page: its segments, those of them that hold coloured entries once more with these
    (by position), its ink, its body height in pixels, and how many of it are a space and two."""

    segments: tuple[Segment, ...]
    crops: tuple[Crop, ...]
    entered: dict[int, Crop]
    ink: Ink
    body: float
    spaces: tuple[float, float] = (_SPACE, _WIDE)

    @property
    def unit(self) -> float:
        """What white is measured in, in pixels: the body height, less in narrow faces."""
        return float(self.body / self.crops[0].stretch ** _NARROWED)

    @property
    def all_crops(self) -> tuple[Crop, ...]:
        """What is read of it: the segments, then those with entries."""
        return (*self.crops, *self.entered.values())


def _cut(grey: Grey, layout: Layout | None, ink: Ink, sheet: Sheet | None, stamps: Sequence[Stamp] = ()) -> list[_Row]:
    """The lines of ``layout`` cut out of ``grey``, with entries from ``sheet`` if one is given, without what belongs to
    ``stamps``."""
    if layout is None:
        return []
    least = _STAMP_LETTERS if ink is Ink.STAMP else 1
    stretch = stretch_of(layout)
    rows = []
    for segments in in_rows(segment for row in layout.rows for segment in row if len(segment.letters) >= least
                            and not any(stamp.owns(segment) for stamp in stamps)):
        entered = {at: replace(crop, stretch=stretch) for at, segment in enumerate(segments)
                   if sheet is not None and (crop := with_entry(sheet, segment)) is not None}
        crops = tuple(cut(grey, layout, segment, stretch) for segment in segments)
        rows.append(_Row(segments, crops, entered, ink, min(segment.body for segment in segments)))
    return _spaced(rows) if ink is Ink.PRINT else rows


def _spaced(rows: Sequence[_Row]) -> list[_Row]:
    """The printed lines of a page with what a space is there."""
    least, most = _WHITES
    found = [(gap.right - gap.left) / row.unit for row in rows for crop in row.crops
             for gap in crop.gaps(least * row.unit, most * row.unit) if not gap.wide]
    if len(found) < _SOME_WHITES:
        return list(rows)
    usual = median(found)
    spaces = min(max(_NARROWER * usual, _BOUNDS[0]), _BOUNDS[1]), max(_TWICE * usual, _WIDE)
    return [replace(row, spaces=spaces) for row in rows]


def _worth_keeping(line: Line) -> bool:
    """Not a line of specks or rules, and no stamp that could hardly be read: those are mostly handwriting."""
    if not any(sign.isalnum() for sign in line.text):
        return False
    return line.ink is not Ink.STAMP or line.confidence >= _STAMP_CONFIDENCE


def _repeated(line: Line, stamped: Sequence[Line]) -> bool:
    """Whether a line is number or day of a received stamp in as many letters as a line of the letter has."""
    text = squeeze(arabic(line.text))
    return any(line.box and row.box and _shared(line.box, row.box) > _ENTRY * line.box.width * line.box.height
               and fuzz.ratio(text, squeeze(arabic(row.text))) >= _SAME and labels_in(row.text) & _NUMBERED
               for row in stamped)


def _is_entry(line: Line, entries: Sequence[Box]) -> bool:
    """Whether a line is an entry by hand that was read with the line it stands in: its digits, large and off the
    baseline, may make a line of their own."""
    box = line.box
    return box is not None and any(box != entry and _shared(box, entry) > _ENTRY * box.width * box.height
                                   for entry in entries)


def _shared(one: Box, other: Box) -> float:
    """Pixels that two boxes have in common."""
    width = min(one.right, other.right) - max(one.left, other.left)
    return max(0.0, width) * max(0.0, min(one.bottom, other.bottom) - max(one.top, other.top))


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
    space, wide = (part * row.unit for part in row.spaces)
    white = [gap for crop in crops for gap in crop.gaps(space, wide)]
    white += [Gap(one.right, other.left, wide=True) for one, other in pairwise(crops)]
    return Reading(row.segments, tuple(placed), tuple(sorted(white, key=lambda gap: gap.middle)))


def _line(read: Reading, ink: Ink) -> Line | None:
    """One visual line as words."""
    line = assemble(read.pieces, read.gaps, ink)
    if line is not None and line.ink is Ink.PRINT and _is_by_hand(line):
        return replace(line, ink=Ink.HAND)
    return line


def _is_by_hand(line: Line) -> bool:
    """Whether black ink was read too badly for print. The engine may give up on one long word, such as an address in
    Latin letters, of a line whose signs it was sure of otherwise."""
    signs = sum(len(word.text) for word in line.words)
    sure = sum(word.confidence * len(word.text) for word in line.words) >= _PRINTED * signs
    return line.confidence < _HAND_CONFIDENCE and not (sure and signs >= _WORDS)
