"""Where on a head line an entry by hand stands: right of the printed slash of the number, left of the printed month.

Print is known from what Tesseract read of it; the entry itself is found as ink, whatever was read there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from letters.date import MONTHS
from letters.page import Box
from letters.text import arabic
from ocr.clean import Sheet
from ocr.handwriting.decode import Kind
from ocr.handwriting.view import View
from ocr.lines import Segment
from ocr.marks import COMBINING
from ocr.raster import Grey
from ocr.words import Piece

# ที่, whose marks may be lost before an owner code.
_NUMBER = re.compile(rf"\W{{0,3}}ท(?:{COMBINING.pattern}{{1,3}}+(?!ว่าการ|ทำการ|อยู่)|(?=[ก-ฮ]{{2}}\d{{3}}))")
_NUMBER_REACH, _WINDOW = 14.0, 40.0   # how far right of ที่ the slash can stand, and what follows it; body heights
_OWNER, _OWNER_SIGNS = 3.0, 20       # width of owner letters and a digit at least; signs of an owner code at most
_GUESSED = 1.35                       # signs as read so many times wider than those of the line have boxes of no worth
_OWNER_CODE = re.compile(r"\d{3}(?:\W?\d+){0,3}$")
_CODE_AND_MARK = re.compile(rf"\d{{3}}(?:\W?\d+){{0,3}}(?=ว(?!{COMBINING.pattern}))")  # and not วันที่
_YEAR = re.compile(r"(?:พ\W?ศ\W?)?2[0-9]{3,5}\W?$")
_BEFORE_DAY = 9                      # characters on a date line before the month: วันที่ and a day
_GIVEN = re.compile(r"\W{0,3}(?:สั่?ง|ปร?ะกาศ|ให้?ไว้?)\W{0,2}ณ")  # the last line of an order or announcement
_ALIKE = 72                          # a month's name as read, in hundredths


@dataclass(frozen=True, slots=True)
class Found:
    """An entry: its ``box`` on the page, its ink alone as ``crop`` (dark on white), and the places ``start:end`` in
    the line's characters of what was read there. ``slash``: the printed one right before it, which is no part of the
    crop if it stands ``apart``. ``marked``: a printed ว stands between the two, and is no part of the crop either."""

    kind: Kind
    box: Box
    crop: Grey
    start: int
    end: int
    slash: Box | None = None
    apart: bool = False
    marked: bool = False


def characters(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces one by one, each character with its share of the piece's width; an entry that was read stays whole."""
    return [one for piece in pieces for one in (_parted(piece) if piece.rivals is None else [piece])]


def _parted(piece: Piece) -> list[Piece]:
    return [Piece(sign, piece.confidence, box, signs=piece.signs[place:place + 1], spaced=piece.spaced and not place)
            for place, (sign, box) in enumerate(shared(piece))]


def shared(piece: Piece) -> list[tuple[str, Box]]:
    """The characters of a piece, each with its share of the width."""
    spacing = [not COMBINING.match(sign) for sign in piece.text]
    step = piece.box.width / max(1, sum(spacing))
    placed, at = [], piece.box.left
    for sign, moves in zip(piece.text, spacing, strict=True):
        left = at if moves else max(piece.box.left, at - step)
        placed.append((sign, Box(left, piece.box.top, left + step, piece.box.bottom)))
        at += step if moves else 0
    return placed


def find_number(sheet: Sheet, segment: Segment, read: Sequence[Piece]) -> Found | None:
    """The running number on a line that begins with ที่; ``read``: the line's characters, ``segment`` its first part."""
    text = arabic("".join(piece.text for piece in read))
    label = _NUMBER.match(text)
    if label is None or "ลงวันท" in text:
        return None
    begin, body = read[label.end() - 1].box.right, segment.body
    at = _slash(text, label.end(), sum(piece.middle < begin + _NUMBER_REACH * body for piece in read))
    view = View.of(sheet, segment, read[0].box.left, read[0].box.left + _WINDOW * body)
    grown = _swallowed(view, read, text) if at is None else None
    glyph = None if grown else view.slash(None if at is None else read[at].box, begin + _OWNER * body)
    slash = grown[1] if grown else view.box(glyph) if glyph is not None else (
        None if at is None else _narrowed(view, read, text, at))
    if slash is None or (at is None and len(re.findall(r"\d", text[:label.end() + _OWNER_SIGNS])) < 3):
        return None
    members = view.right_of(slash, glyph)
    if not members:
        return None
    box = view.around(members)
    start = at + 1 if at is not None else grown[0] if grown else sum(piece.middle < slash.left for piece in read)
    marked = start < len(read) and read[start].text == "ว" and read[start].middle < box.left
    start += marked
    end = start + sum(piece.middle < box.right + body / 2 for piece in read[start:])
    return Found(Kind.NUMBER, box, view.ink_of(members, slash.left), start, end, slash, glyph is not None,
                 marked)


def _slash(text: str, start: int, end: int) -> int | None:
    """Where between two places the number's slash was read: the first one behind an owner code, for a hasty digit reads
    as a slash too, else the last."""
    places = [place for place in range(start, end) if text[place] in "/|\\"]
    behind = (place for place in places if text[place] == "/" and _OWNER_CODE.search(text[start:place]))
    return next(behind, max(places, default=None))


def _swallowed(view: View, read: Sequence[Piece], text: str) -> tuple[int, Box] | None:
    """The slash that grew together with the digit before it and was read as a part of it (๐๐๒๓.๓/ว as ๐๐๒๓.๗ว): the
    place of the ว that follows an owner code right away, and the column before that."""
    code = _CODE_AND_MARK.search(text)
    mark = None if code is None else view.nearest(read[code.end()].middle)
    return None if mark is None or code is None else (code.end(), Box(mark.left - 1, mark.top, mark.left, mark.bottom))


def _narrowed(view: View, read: Sequence[Piece], text: str, at: int) -> Box:
    """The box of a slash that was read at a place where no ink looks like one. Where it only has its share of the
    engine's box, which can reach into an entry by hand, the signs of the owner code count as wide as those of the
    line, a full stop half as wide."""
    box, code = read[at].box, _OWNER_CODE.search(text[:at])
    if code is None or abs(read[at - 1].box.right - box.left) > 1 or abs(read[at - 1].box.width - box.width) > 1:
        return box
    step = view.pitch(read[code.start()].box.left, box.right)
    if not step or box.width <= _GUESSED * step:
        return box
    signs = at + 1 - code.start() - code[0].count(".") / 2
    right = min(box.right, read[code.start()].box.left + step * signs)
    return Box(right - step, box.top, right, box.bottom)


def find_day(sheet: Sheet, segment: Segment, read: Sequence[Piece]) -> Found | None:
    """The day before a printed month; ``read``: the characters of the row, of which the last belong to ``segment``."""
    text = arabic("".join(piece.text for piece in read))
    year = _YEAR.search(text)
    month = _month(text[:year.start()]) if year else None
    if month is None or "ลงวันท" in text or (month > _BEFORE_DAY and not (_NUMBER.match(text) or is_given(text))):
        return None
    edge = read[month].box.left
    view = View.of(sheet, segment, edge - 12 * segment.body, edge + 4 * segment.body)
    edge = view.white_near(edge)
    label = max((place + 1 for place in range(month) if text[:place + 1].endswith(("วันที่", "วันที"))), default=0)
    left = read[label - 1].box.right if label else 0.0
    members = view.left_of(edge, left)
    if not members:
        return None
    box = view.around(members)
    start = sum(piece.middle < box.left - segment.body / 2 for piece in read[:month])
    return Found(Kind.DAY, box, view.ink_of(members, 0), max(start, label), month)


def is_given(text: str) -> bool:
    """Whether a row is the one on which an order or announcement is dated, below its words: สั่ง ณ วันที่ …"""
    return bool(_GIVEN.match(text))


def _month(text: str) -> int | None:
    """Where the name of a month begins that ends the text, as far as it was read right."""
    best = max((fuzz.partial_ratio_alignment(month, text, score_cutoff=_ALIKE) for month in MONTHS
                if len(text) >= len(month) - 2), key=lambda one: one.score if one else 0, default=None)
    if best is None or len(text) - best.dest_end > 4:
        return None
    return max(0, int(best.dest_start))
