"""Head lines with their entries by hand read: each entry a piece of its own, with what else it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from letters.page import Alternative, Box
from letters.text import arabic
from ocr.clean import Sheet
from ocr.handwriting.decode import Beliefs, Kind, readings, typed
from ocr.handwriting.find import Found, characters, find_day, find_number, is_given
from ocr.handwriting.model import glance, temperature, views
from ocr.lines import Segment
from ocr.spaces import Gap
from ocr.words import Piece

_HEAD = 0.40            # of the page's height holds number and date
FLOOR = 0.25            # an entry whose best reading is less likely stays unread
_TYPED, _TYPED_AND_READ, _SURE = 0.5, 0.48, 0.8  # from here on it is print, and Tesseract's
_PLAINLY_TYPED = 0.9    # from here on, whatever either reads
_AT_A_GLANCE = 0.98     # from here on one look is enough: 81 of 95 printed numbers of build samples, 1 of 545 by hand
_SAME_SCRIPT = 0.92     # of entries are in the digits of the print beside them
_MARK_READ, _MARK_UNREAD, _MARK_APART = 0.97, 0.2, 0.01
_UNSURE_SLASH = 0.6
_SLASH, _NO_SLASH = 0.3, 0.02  # of crops begin with a slash: where it may have grown together with the entry, and else
_LETTERS = re.compile(r"[ก-ฮ]")
_NUMBER = re.compile(r"ว?\.?(?:[๐-๙]+|[0-9]+)")
_SERIES = re.compile(r"[ปงสค](?:[๐-๙]+|[0-9]+)")  # a series letter before the number, which the model does not know


@dataclass(frozen=True, slots=True)
class Reading:
    """A visual line as read so far: its segments, Tesseract's pieces in reading order, and the white between words."""

    segments: tuple[Segment, ...]
    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]


def fill(sheet: Sheet, lines: Sequence[Reading]) -> list[Reading]:
    """The lines of a page with entries by hand read: the first number line and the date lines of its head, and
    the line that dates an order or announcement."""
    head = _HEAD * sheet.plain.shape[0]
    done, numbered = [], False
    for line in lines:
        below = bool(line.pieces) and line.segments[0].middle > head
        if not line.pieces or (below and not is_given("".join(piece.text for piece in line.pieces))):
            done.append(line)
            continue
        read = characters(line.pieces)
        number = None if numbered or below else find_number(sheet, line.segments[0], read)
        day = find_day(sheet, line.segments[-1], read)
        numbered = numbered or number is not None
        # From the right, so that places of the number stay right.
        done.append(_entered(sheet, _entered(sheet, line, day), number))
    return done


def _entered(sheet: Sheet, line: Reading, found: Found | None) -> Reading:
    """The line with one entry read, unless it is print."""
    if found is None:
        return line
    read = characters(line.pieces)
    before = "".join(piece.text for piece in read[found.start:found.end])
    series = _SERIES.fullmatch(before) and min(piece.confidence for piece in read[found.start:found.end]) >= _SURE
    if len(_LETTERS.findall(before.lstrip("ว"))) > 3 or series:
        return line
    coloured = _coloured(sheet, found.box)
    first = glance(found.crop) if not coloured and _is_sure(read[found.start:found.end]) else []
    seen = first if first and typed(first) >= _AT_A_GLANCE else views(found.crop)
    ranked = readings(seen, found.kind, _beliefs(read, found, before), temperature())
    if found.marked:
        ranked = tuple(one for one in ranked if not one.text.startswith("ว"))
    if not coloured and _is_print(typed(seen), read[found.start:found.end], ranked):
        return _closed(line, read[found.start:found.end], ranked)
    return _put(line, read, found, ranked, before)


def _is_print(share: float, read: Sequence[Piece], ranked: Sequence[Alternative]) -> bool:
    """Whether an entry is print: it plainly looks like it; or it does so somewhat, and Tesseract read what the network
    reads too, or as many digits without doubt."""
    text, best = "".join(piece.text for piece in read), ranked[0].text if ranked else ""
    sure = _is_sure(read)
    if share >= _PLAINLY_TYPED or share < (_TYPED_AND_READ if sure else _TYPED):
        return share >= _PLAINLY_TYPED
    return _digits(text) == _digits(best) or (sure and len(_digits(text)) >= len(_digits(best)))


def _is_sure(read: Sequence[Piece]) -> bool:
    """Whether Tesseract read a number, every sign of it without doubt."""
    text = "".join(piece.text for piece in read)
    return bool(_NUMBER.fullmatch(text)) and min(piece.confidence for piece in read) >= _SURE


def _closed(line: Reading, read: Sequence[Piece], ranked: Sequence[Alternative]) -> Reading:
    """The line without white between the digits of a printed entry that both readers read alike: numbers put on
    figure by figure stand so wide that they fell apart (52  07)."""
    digits = [piece for piece in read if piece.text.isdecimal()]
    if not digits or not ranked or _digits("".join(piece.text for piece in read)) != _digits(ranked[0].text):
        return line
    first, last = digits[0].middle, digits[-1].middle
    return replace(line, gaps=tuple(gap for gap in line.gaps if not first < gap.middle < last))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", arabic(text))


def _beliefs(read: Sequence[Piece], found: Found, before: str) -> Beliefs:
    """From the print beside the entry: agency code or year tell the script, a ว that was read tells the mark."""
    beside = read[:found.start] if found.kind is Kind.NUMBER else read[found.end:]
    text = "".join(piece.text for piece in beside)
    thai, western = len(re.findall("[๐-๙]", text)), len(re.findall("[0-9]", text))
    share = _SAME_SCRIPT if thai > western else 1 - _SAME_SCRIPT if western > thai else 0.5
    mark = _MARK_APART if found.marked else _MARK_READ if before.startswith("ว") else _MARK_UNREAD
    slash = _SLASH if found.slash and not found.apart else _NO_SLASH
    return Beliefs(share, mark, before, slash=slash)


def _coloured(sheet: Sheet, box: Box) -> bool:
    """Whether most of the entry's ink is coloured, as pens and numbering machines are."""
    place = (slice(int(box.top), int(box.bottom)), slice(int(box.left), int(box.right)))
    dark = sheet.plain[place] < 160
    return bool(dark.any()) and float(sheet.ink[place][dark].mean()) > 0.5


def _put(line: Reading, read: Sequence[Piece], found: Found, ranked: Sequence[Alternative], before: str) -> Reading:
    """The line with the best reading in the place of what was read there; unread where none is likely enough."""
    sure = bool(ranked) and ranked[0].probability >= FLOOR
    others = list(ranked[1:] if sure else ranked)
    if before and before not in {one.text for one in ranked}:
        others.append(Alternative(before, 0.0))
    text, trust = (ranked[0].text, ranked[0].probability) if sure else ("", 0.0)
    entry = Piece(text, trust, found.box, tuple(others))
    printed, rest = list(read[:found.start]), list(read[found.end:])
    kept, mark = (printed[:-1], printed[-1:]) if found.marked else (printed, [])
    if found.slash and not (kept and kept[-1].text == "/"):
        kept = [*kept[:-1], replace(kept[-1], text="/", signs=())] if kept and kept[-1].text in "|\\" else [
            *kept, Piece("/", _UNSURE_SLASH, found.slash)]
    kept += mark
    return replace(line, pieces=(*kept, entry, *rest), gaps=_gaps(line.gaps, kept, found, rest))


def _gaps(gaps: Sequence[Gap], kept: Sequence[Piece], found: Found, rest: Sequence[Piece]) -> tuple[Gap, ...]:
    """White around the entry: none between slash and number, one on each side of a day and before what follows."""
    before, after = (kept[-1].middle if kept else -1.0), (rest[0].middle if rest else float("inf"))
    around = [gap for gap in gaps if gap.middle < before or gap.middle > after]
    if found.slash is None and kept:
        around.append(_white(kept[-1].box, found.box))
    if rest:
        white = _white(found.box, rest[0].box)
        around.append(replace(white, wide=True) if found.kind is Kind.NUMBER else white)
    return tuple(sorted(around, key=lambda gap: gap.middle))


def _white(one: Box, other: Box) -> Gap:
    """What is between two boxes, also where one reaches over the other."""
    end, follows = one.right, other.left
    if end >= follows:
        end = follows = ((one.left + one.right) / 2 + (other.left + other.right) / 2) / 2
    return Gap(end, follows, follows - end > max(one.height, other.height))
