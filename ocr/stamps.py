"""Received stamps read as regions of their own: office, number, day and time, one below the other in a frame.

The form (form 12 of the Regulation on Correspondence) has four rows. They are entered by hand, by numbering machine or
by date stamp, in any ink, often over the letter's own print; so each row is read as one line image with the frame
straightened, dots taken out, and the ink of the rows above and below left away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from letters.page import Line
from ocr.clean import Sheet
from ocr.frames import DARK, Frame, find_frames, overlap
from ocr.glyphs import components
from ocr.handwriting.decode import Kind
from ocr.labels import entered_in, names_office
from ocr.lines import Layout, Segment
from ocr.raster import PAPER, Grey, Mask, grown
from ocr.sides import remove_side
from ocr.stamprows import BODY, EDGE, cuts, inside
from ocr.strips import Strip
from ocr.words import Piece

_TALLEST = 1.6                 # ink higher than so many lines is none of a stamp's
_HEAD = 0.45                   # of the page holds received stamps
_LOWEST = 0.9                  # of the frame's height: below it stands no entry's middle
_PRINTED, _WIDE = 10, 16.0     # letters in a row, or width in body heights, make it the letter's own line
_SIDES = 0.5                   # of the ink of a frame's sides that makes it coloured
_MARGIN = 0.03                 # inches around a frame that are its own
_PAD = 0.04
_LEAST = 0.06                  # a line whose highest letter is lower is none
_STAMPED = 2                   # signs or more (labels, an office, a date) make a frame a received stamp
_SEEN, _PALER, _DARKER = 60, 0.75, 4.0  # how dark ink must be to be read; what share of it should be; most times darker
_FORM = (None, Kind.RECEIVED, Kind.DAY, Kind.TIME)  # rows of form 12 from top to bottom; the first names the office


@dataclass(frozen=True, slots=True)
class Stamp:
    """A frame that may be a received stamp, its rows from top to bottom (without those that are empty), and the
    ``bands`` of the straightened frame (from row to row) in which black ink is its own; whether its ink is
    ``coloured``, and whether it has ``dotted`` lines to write on."""

    frame: Frame
    strips: tuple[Strip, ...]
    bands: tuple[tuple[int, int], ...]
    coloured: bool = False
    dotted: bool = False

    def lines(self, read: Sequence[Sequence[Piece]]) -> Iterator[Line]:
        """The stamp's rows as read, from top to bottom; number and day as entered with what else they may be. Labels
        too pale to read are known by their places, and so is one that reads like that of another row."""
        form = _FORM if self.coloured and len(self.strips) == len(_FORM) else (None,) * len(self.strips)
        labels = [strip.labels(pieces) for strip, pieces in zip(self.strips, read, strict=True)]
        known = set[Kind]().union(*labels)
        placed = {kind for kind, own in zip(form, labels, strict=True) if kind in own}
        for strip, pieces, kind, own in zip(self.strips, read, form, labels, strict=True):
            yield from strip.lines(pieces, kind if kind not in known and own <= placed else None)

    def owns(self, segment: Segment) -> bool:
        """Whether a segment of black print is an entry of the stamp and none of the letter's lines."""
        printed = _is_printed(segment)
        within = any(_lies_in(segment, self.frame, top, bottom) and (top == 0 or not printed)
                     for top, bottom in self.bands)
        return within and not _crosses(segment, self.frame)

    def received(self, read: Sequence[Sequence[Piece]]) -> bool:
        """Whether the rows as read have the labels of a received stamp. Name of an office, date and dotted lines tell
        as much in coloured ink, whose labels are often too pale, and beside the label of the number; so do number and
        hour together."""
        labels = set[Kind]().union(*(strip.labels(pieces) for strip, pieces in zip(self.strips, read, strict=True)))
        signs = len(labels)
        if (self.coloured or Kind.RECEIVED in labels) and len(read) == len(_FORM):
            office, *rows = ("".join(piece.text for piece in pieces) for pieces in read)
            entered = entered_in(rows) - labels
            signs += names_office(office) + (Kind.DAY in entered) + ({Kind.RECEIVED, Kind.TIME} <= entered)
        return signs + self.dotted >= _STAMPED


def coloured_stamps(sheet: Sheet, layout: Layout | None, dpi: int) -> list[Stamp]:
    """Frames that may be received stamps of a page with coloured ink: those of that ink, and in the head those of any,
    for pale ink is mostly lost among the grey. What is entered in black is taken along, row by row, where no letter's
    line runs through."""
    frames = find_frames(sheet.coloured, dpi)  # not darkened: rows of dots would look like sides
    pale = [frame for frame in find_frames(head(sheet.plain), dpi) if not any(overlap(frame, one) for one in frames)]
    return stamps_at(sheet, layout, [*((frame, True) for frame in frames),
                                     *((frame, _is_coloured(frame, sheet)) for frame in pale)])


def stamps_at(sheet: Sheet, layout: Layout | None, frames: Sequence[tuple[Frame, bool]]) -> list[Stamp]:
    """Stamps within frames that are known already, each with whether its ink is coloured; else all ink is its own."""
    if not any(coloured for _, coloured in frames):
        return [_stamp(frame, sheet.plain, None, ()) for frame, _ in frames]
    segments = [segment for row in layout.rows for segment in row] if layout else []
    own = darkened(sheet.coloured)
    plain = np.minimum(_without_print(sheet.plain, layout, segments), own)
    return [replace(_stamp(frame, own, plain, segments, sheet.plain), coloured=True) if coloured
            else _stamp(frame, sheet.plain, None, ()) for frame, coloured in frames]


def _is_coloured(frame: Frame, sheet: Sheet) -> bool:
    """Whether the sides of a frame are of coloured ink, for the most part."""
    sides = frame.straight(sheet.plain) < DARK
    edge = round(EDGE * sides.shape[0])
    sides[edge:-edge, edge:-edge] = False
    coloured = frame.straight(sheet.coloured) < PAPER
    return bool((sides & coloured).sum() > _SIDES * sides.sum())


def _without_print(plain: Grey, layout: Layout | None, segments: Sequence[Segment]) -> Grey:
    """The page's ink without what is surely the letter's own lines."""
    if layout is None:
        return plain
    glyphs = layout.glyphs
    printed = np.zeros(glyphs.left.shape, np.uint8)
    for segment in segments:
        if _is_printed(segment):
            printed[segment.letters + segment.marks] = 1
    return np.where(grown(printed[glyphs.labels], 3, 3) > 0, PAPER, plain).astype(np.uint8)


def darkened(coloured: Grey) -> Grey:
    """Coloured ink alone, so much darker that most of it can be read: pads run dry."""
    counts = cv2.calcHist([coloured], [0], None, [PAPER + 1], [0, PAPER + 1]).ravel()[:PAPER].cumsum()
    pale = int(np.searchsorted(counts, _PALER * counts[-1]))
    darker = min(_DARKER, max(1.0, _SEEN / max(1, PAPER - pale)))
    table = PAPER - np.minimum(PAPER, darker * (PAPER - np.arange(PAPER + 1)))
    return np.asarray(cv2.LUT(coloured, table.astype(np.uint8)), np.uint8)


def black_stamps(sheet: Sheet, layout: Layout | None, dpi: int) -> list[Stamp]:
    """Frames in the head of a page without coloured ink that may be received stamps."""
    frames = find_frames(head(sheet.print), dpi) if layout else []
    return [_stamp(frame, sheet.print, None, ()) for frame in frames]


def head(grey: Grey) -> Grey:
    """The part of the page where received stamps stand."""
    return grey[:round(_HEAD * grey.shape[0])]


def _stamp(
    frame: Frame, own: Grey, plain: Grey | None, segments: Sequence[Segment], seen: Grey | None = None
) -> Stamp:
    """The stamp in a frame: its rows in its ``own`` ink, those not entered in it from ``plain`` (``None``: all ink is
    the same); ``seen``: the ink as pale as it is, where those two are darkened."""
    inner, lines = inside(frame, own)
    whole = inner if plain is None else inside(frame, plain)[0]
    pale = None if seen is None else frame.straight(seen)
    strips, bands = [], []
    for top, bottom in pairwise(cuts(lines, inner, whole)):
        mixed = plain is None or (top > 0 and not any(
            _is_printed(segment) and _lies_in(segment, frame, top, bottom) for segment in segments))
        strip = _strip(frame, whole if mixed else inner, top, bottom, pale, bool(lines))
        strips += [strip] if strip is not None else []
        bands += [(top, bottom)] if mixed else []
    return Stamp(frame, tuple(strips), tuple(bands), dotted=bool(lines))


def _is_printed(segment: Segment) -> bool:
    """Whether a segment is as long as a line of the letter, and longer than an entry."""
    return len(segment.letters) >= _PRINTED or segment.right - segment.left >= _WIDE * segment.body


def _crosses(segment: Segment, frame: Frame) -> bool:
    """Whether the frame's lower side runs through a segment, as it does through the letter's own lines."""
    x = (segment.left + segment.right) / 2
    return frame.in_frame(x, segment.baseline(x) - segment.body / 2)[1] > _LOWEST * frame.size[1]


def _lies_in(segment: Segment, frame: Frame, top: int, bottom: int) -> bool:
    """Whether the middle of a segment's letters lies between two rows of the straightened frame."""
    x = (segment.left + segment.right) / 2
    across, down = frame.in_frame(x, segment.baseline(x) - segment.body / 2)
    return 0 <= across <= frame.size[0] and top <= down < bottom


def _strip(frame: Frame, inner: Grey, top: int, bottom: int, pale: Grey | None,
           dotted: bool) -> Strip | None:
    """The ink whose middle lies between two rows, as a line image; where it was darkened, also ``pale`` as it is."""
    glyphs = components((inner < DARK).astype(np.uint8))
    middle = (glyphs.top + glyphs.bottom) / 2
    least = (BODY * inner.shape[0] / 6) ** 2
    belongs = ((middle >= top) & (middle < bottom) & (glyphs.area >= least)
               & (glyphs.height <= _TALLEST * (bottom - top)))
    belongs[0] = False
    if not (belongs & (glyphs.height >= _LEAST * inner.shape[0])).any():
        return None
    pad = max(3, round(_PAD * inner.shape[0]))
    above, below = int(glyphs.top[belongs].min()), int(glyphs.bottom[belongs].max())
    left, right = int(glyphs.left[belongs].min()), int(glyphs.right[belongs].max())
    own: Mask = grown(belongs[glyphs.labels].astype(np.uint8), 3, 3) > 0

    def cut(grey: Grey) -> Grey:
        ink = np.where(own, grey, PAPER).astype(np.uint8)[above:below, left:right]
        return np.pad(ink, pad, constant_values=PAPER)

    return Strip(cut(inner), frame, left - pad, above - pad, None if pale is None else cut(pale), dotted)


def outside(grey: Grey, stamps: Iterable[Stamp], dpi: int) -> Grey:
    """The image with the stamps left white."""
    rest = grey.copy()
    for stamp in stamps:
        rest[stamp.frame.mask(rest.shape, round(_MARGIN * dpi))] = PAPER
    return rest


def without_frames(grey: Grey, stamps: Iterable[Stamp], dpi: int) -> Grey:
    """The image without the sides of the frames; strokes of letters that cross them stay."""
    ink = (grey < DARK).astype(np.uint8)
    free = ink.copy()
    for stamp in stamps:
        corners = [(float(x), float(y)) for x, y in stamp.frame.corners]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            remove_side(free, start, end, dpi)
    return np.where(ink > free, PAPER, grey).astype(np.uint8)
