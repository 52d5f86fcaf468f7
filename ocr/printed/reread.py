"""Letter numbers in print, read once more by the network, and what the engine read mended where that knows better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp

import numpy as np
from rapidfuzz.distance import Levenshtein

from letters.page import Alternative, Box
from letters.text import THAI_DIGITS, arabic, thai
from ocr.crops import Crop
from ocr.ctc import LogColumns, likelihoods, plainly
from ocr.handwriting.find import characters, shared
from ocr.marks import COMBINING
from ocr.printed.alone import alone, as_digit
from ocr.printed.model import columns
from ocr.printed.signs import OTHER, SIGNS, Picture, picture, told
from ocr.rivals import LEAST, Sign
from ocr.words import Piece, around

# Owner letters, owner code, slash, mark of circulars and running number, however the engine read them; it gives no
# blanks. Behind ที่ the slash may be lost, and dirt on the letters read as marks.
_MARKS = COMBINING.pattern
_LETTERS = rf"(?:(?:(?<=ที่)|(?<=ที))(?:[ก-ฮ]{_MARKS}*){{1,4}}[.-]?|(?<![ก-๙])[ก-ฮ]{{1,4}}\.?)"
_MARK = rf"[วจ](?!{_MARKS})"
_NUMBER = (rf"{_LETTERS}?(?:\d[\d.,:-]{{2,8}}\d|\d{{4}})(?:[/|\\=](?:{_MARK})?|{_MARK})\.?\d{{0,5}}"
           rf"|(?<=ที่){_LETTERS}\d[\d.,]{{4,12}}\d")
_ANY = re.compile(rf"{_NUMBER}|(?P<figures>\d(?:[\d.,:-]*\d)?)")
_INKED = 200      # the lightest that may count as ink
# Body heights from where the engine has a number begin and end to look for the white beside it in: it has letters begin
# later than they do.
_BEFORE, _BEHIND = (-1.2, 0.05), (-0.4, 0.8)
# Of 1,739 figures in Thai digits on made pages the network mended 10 of the 166 with a digit less sure than this, and
# one of the others; of 538 in Arabic digits none: those are not read again.
_DOUBTFUL = 0.98
_LEAST_WIDE = 0.3  # body heights that a number takes
# From its gain to how likely an edit is right (python -m bench.printed --fit); what the engine thought of it adds
# nothing to that. Arabic digits the engine seldom misreads.
_IN_THAI, _IN_ARABIC, _MOST = (0.45, -1.2), (0.58, -2.1), 30.0
_LIKELY = 0.5     # from here on an edit is made


@dataclass(frozen=True, slots=True)
class Line:
    """A line image, what was read of it (boxes in the image as read), and its body height in pixels of the page."""

    crop: Crop
    pieces: Sequence[Piece]
    body: float


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a line: places ``start:end`` of the line's characters, and its picture. Of a letter's number
    everything may be mended, of ``figures`` (days, years, sums) only digits."""

    start: int
    end: int
    picture: Picture
    figures: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """What the network has otherwise: ``text`` in the places ``start:end`` of what was read, how much likelier that
    makes the number to it (``gain``, a logarithm), and whether the number is in Thai digits."""

    start: int
    end: int
    text: str
    gain: float
    in_thai: bool = True

    @property
    def chance(self) -> float:
        """How likely it is right, 0-1."""
        of_gain, base = _IN_THAI if self.in_thai else _IN_ARABIC
        return 1 / (1 + exp(-max(-_MOST, min(_MOST, of_gain * self.gain + base))))


def reread(lines: Sequence[Line]) -> list[list[Piece]]:
    """What was read of each line, its letter numbers mended, and a digit that stands alone."""
    single = {place: shown for place, line in enumerate(lines) if (shown := alone(line.crop, line.body)) is not None}
    found = [[] if place in single else list(numbers(line)) for place, line in enumerate(lines)]
    seen = iter(columns([*single.values(), *(number.picture for one in found for number in one)]))
    digits = {place: as_digit(lines[place].crop, list(lines[place].pieces), next(seen)) for place in single}
    return [digits[place] if place in digits else _mended(line.pieces, [(number, next(seen)) for number in one])
            for place, (line, one) in enumerate(zip(lines, found, strict=True))]


def numbers(line: Line) -> Iterator[Number]:
    """The letter numbers of a line as it was read, and other numbers with a doubtful Thai digit, from left to right."""
    text = arabic("".join(piece.text for piece in line.pieces))
    boxes = [piece.box for piece in line.pieces for _ in piece.text]
    signs = [sign for piece in line.pieces for sign in piece.signs or [None] * len(piece.text)]
    found = [one for one in _ANY.finditer(text) if not one["figures"] or _is_doubtful(signs[one.start():one.end()])]
    whites = _whites(line.crop) if found else []
    for match in found:
        start, end = match.span()
        stretch, body = line.crop.stretch, line.body
        first, last = boxes[start].left / stretch, boxes[end - 1].right / stretch
        left = max(0, int(_white(whites, first, [first + part * body for part in _BEFORE])))
        right = int(np.ceil(_white(whites, last, [last + part * body for part in _BEHIND]))) + 1
        if right - left >= _LEAST_WIDE * body:
            image = line.crop.image[:, left:right]
            yield Number(start, end, picture(image, body, stretch), figures=match["figures"] is not None)


def _is_doubtful(signs: Sequence[Sign | None]) -> bool:
    return any(sign is not None and sign.text in THAI_DIGITS and sign.right < _DOUBTFUL for sign in signs)


def _whites(crop: Crop) -> list[tuple[int, int]]:
    """Runs of columns without ink: the last one with ink before each, and the first behind."""
    inked = [-1, *np.flatnonzero((crop.image < _INKED).any(axis=0)).tolist(), crop.image.shape[1]]
    return [(one, other) for one, other in pairwise(inked) if other - one > 1]


def _white(whites: Sequence[tuple[int, int]], column: float, reach: Sequence[float]) -> float:
    """The middle of the widest white within reach of a column, as far as it lies there; the column where there is
    none."""
    left, right = reach
    clipped = [(max(start, left), min(end, right)) for start, end in whites if start < right and end > left]
    start, end = max(clipped, key=lambda run: run[1] - run[0], default=(column, column))
    return (start + end) / 2


def edits(read: str, seen: LogColumns, *, figures: bool = False) -> list[Edit]:
    """How the network, having ``seen`` a number, differs from what was ``read``, in order. Of ``figures`` only digits
    differ."""
    plain = told(read)
    other = _in_script_of(plain, plainly(seen, SIGNS))
    changes = [(start, end, text) for start, end, text in _differences(plain, other)
               if (_digits_of_one_script(plain[start:end], text) if figures else _belongs(plain, start, end, text))]
    if not changes:
        return []
    own, *rest = likelihoods(seen, [plain, *(plain[:start] + text + plain[end:] for start, end, text in changes)],
                             SIGNS).tolist()
    in_thai = _mostly_thai(plain)
    return [Edit(*change, value - own, in_thai) for change, value in zip(changes, rest, strict=True)]


def _in_script_of(one: str, other: str) -> str:
    """The other text with its digits in the script that most of the one's are in: one number has one script."""
    return thai(other) if _mostly_thai(one) else arabic(other)


def _mostly_thai(text: str) -> bool:
    """Whether most of its digits are Thai."""
    return 2 * sum(sign in THAI_DIGITS for sign in text) > sum(map(str.isdecimal, text))


def _differences(one: str, other: str) -> Iterator[tuple[int, int, str]]:
    """Where two texts differ: places of the one, and what the other has there."""
    last = None
    for op in Levenshtein.opcodes(one, other):
        if op.tag == "equal":
            if last:
                yield last
            last = None
        else:
            start, text = (last[0], last[2]) if last else (op.src_start, "")
            last = (start, op.src_end, text + other[op.dest_start:op.dest_end])
    if last:
        yield last


def _belongs(plain: str, start: int, end: int, text: str) -> bool:
    """Whether it is in the number that both differ, and not at its ends, where the picture may lack a part of it or
    hold the rest of a neighbour; one more digit of its own may stand behind it. A number has one slash, and no sign
    that the network cannot name."""
    if OTHER in text or ("/" in text and "/" in plain[:start] + plain[end:]):
        return False
    if start > 0 and end < len(plain):
        return True
    return (start < end and len(text) == end - start) or (
        start == len(plain) and plain[-1].isdecimal() and text.isdecimal())


def _mended(pieces: Sequence[Piece], found: Sequence[tuple[Number, LogColumns]]) -> list[Piece]:
    """The pieces with what the network knows better."""
    mended = list(pieces)
    for number, seen in reversed(found):
        read = characters(mended)
        own = [one for one in read[number.start:number.end] if told(one.text)]  # numbers have no marks
        told_apart = edits("".join(one.text for one in own), seen, figures=number.figures)
        if told_apart or len(own) < number.end - number.start:
            mended = [*read[:number.start], *_changed(own, told_apart), *read[number.end:]]
    return mended


def _changed(read: Sequence[Piece], told_apart: Sequence[Edit]) -> list[Piece]:
    """A number's characters with likely edits made, and likely enough ones kept as what else a digit may be."""
    changed = list(read)
    for edit in reversed(told_apart):  # from the right, so that places stay right
        old = changed[edit.start:edit.end]
        share = round(edit.chance, 4)
        if share >= _LIKELY:
            changed[edit.start:edit.end] = _as_edited(changed, edit, share)
        elif share >= LEAST and _digits_of_one_script("".join(one.text for one in old), edit.text):
            changed[edit.start] = replace(old[0], signs=(_with(old[0], edit.text, share),))
    return changed


def _as_edited(read: Sequence[Piece], edit: Edit, share: float) -> list[Piece]:
    """What stands in the place of what was edited."""
    old = "".join(one.text for one in read[edit.start:edit.end])
    others = (Alternative(old, round(1 - share, 4)),) if _digits_of_one_script(old, edit.text) else ()
    spaced = edit.start < edit.end and read[edit.start].spaced
    return [Piece(sign, share, box, signs=(Sign(sign, share, others),), spaced=spaced and not place)
            for place, (sign, box) in enumerate(shared(Piece(edit.text, share, _box(read, edit))))]


def _box(read: Sequence[Piece], edit: Edit) -> Box:
    """Where an edit stands; what is put in between two others has no room of its own."""
    if edit.start < edit.end:
        return around(one.box for one in read[edit.start:edit.end])
    before = read[edit.start - 1].box
    return replace(before, left=before.right)


def _with(piece: Piece, other: str, share: float) -> Sign:
    """A digit that may be another as well."""
    own = piece.signs[0] if piece.signs else Sign(piece.text, 1.0)
    others = (*(one for one in own.others if one.text != other), Alternative(other, share))
    return Sign(own.text, min(own.right, round(1 - share, 4)), tuple(sorted(others, key=lambda one: -one.probability)))


def _digits_of_one_script(one: str, other: str) -> bool:
    """Whether both are a digit of one script."""
    return (len(one) == len(other) == 1 and one.isdecimal() and other.isdecimal()
            and (one in THAI_DIGITS) == (other in THAI_DIGITS))
