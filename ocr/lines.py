"""The project's own line finder: glyphs chained into lines, so that Thai tone marks stay with their letters.

Tesseract's layout takes a row of tone marks for a line of its own; half of its errors on Thai come from there. Here the
letters' bodies make the lines, and every mark goes to the line whose letters it stands over or under.

All sizes are in body heights (pixels of a letter without ascender), which follow the print and not the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocr.furniture import Box, in_emblems, leaders, without_photographs, without_rings, without_rules
from ocr.glyphs import HIGHEST, Glyphs, body_height, components, find_glyphs, relabelled
from ocr.raster import Grey, Mask
from ocr.rings import Ring
from ocr.streaks import without_streaks

__all__ = ["Glyphs", "Layout", "Segment", "body_height", "components", "find_lines", "leaders",
           "without_rules"]

_LETTER = (0.7, HIGHEST)          # heights of components that make a line
_LOW, _LOW_STEP = 0.45, 0.25      # height of the lowest digit (๐), and how far off the baseline its foot may be
_CHAIN_GAP = 3.0                  # letters further apart begin a new segment
_BASELINE_STEP = 0.4              # between neighbours of one line
_MARK_ABOVE, _MARK_BELOW, _MARK_ASIDE = 1.5, 0.8, 1.5
_LARGEST = 3.5                    # higher than this is a figure, a seal or a signature
_LONGEST, _HIGHEST = 2.0, 1.6     # a mark over or under a line is no wider, no higher; signatures and hands' digits are
_DOT = 0.4
_NOISY, _SMALLEST_DOT = 800, 0.15  # strays on a page that make it noisy; side of the smallest full stop
_ABREAST = 1.7                    # body heights that rows beside one another may be apart; lines are 2 and more
_NARROWEST = 0.3                  # a line of less is a scratch
_LARGER = 1.3                     # so many times the page's body height make a line of larger print
_HUGE, _LARGE_LETTERS = 5.0, 4
_ALONE, _SLIM, _FILLED = (0.7, 1.6), 0.22, 0.75  # height, width and share of ink of a digit that stands alone,
_CELL, _RULED = (3.0, 40.0), 0.5  # how far the rules around a cell's text are, and how much of a side they draw
_ON_LINE, _BESIDE = 0.2, 12.0     # how far off the baseline of a word, and how far from it
_WORD = 4                         # letters that are hardly marks grown together, nor letters of a seal
_CAPTION, _GRAINY = 5, 2.0        # letters that are hardly grain, and pieces in their band that are for each


@dataclass(slots=True)
class Segment:
    """A stretch of one line without a very wide gap: its ``body`` height in pixels, its components, and its baseline
    ``slope * x + rise``."""

    body: float
    letters: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    slope: float = 0.0
    rise: float = 0.0
    left: int = 0
    right: int = 0

    def baseline(self, x: float) -> float:
        """Row of the baseline at column ``x``."""
        return self.slope * x + self.rise

    @property
    def middle(self) -> float:
        """Row of the baseline half way."""
        return self.baseline((self.left + self.right) / 2)


@dataclass(frozen=True, slots=True)
class Layout:
    """Segments in reading order by visual line."""

    glyphs: Glyphs
    rows: tuple[tuple[Segment, ...], ...]


def find_lines(grey: Grey, dpi: int) -> Layout | None:
    """Lines of dark print on white paper; ``None`` for a page without any."""
    found = find_glyphs(grey, dpi)
    if found is None:
        return None
    ink, glyphs, body = found
    free = without_streaks(ink, glyphs, body)
    glyphs = relabelled(glyphs, ink, free)
    ink, (free, photographs) = free, without_photographs(free, glyphs, body)
    glyphs = relabelled(glyphs, ink, free)
    ink, free = free, without_rules(free, body, glyphs)
    glyphs = relabelled(glyphs, ink, free)
    rules = (ink ^ free).view(bool)
    _, glyphs, rings = without_rings(free, glyphs, body)
    keep = ~leaders(glyphs, body) & ~in_emblems(glyphs, body)
    kept = np.flatnonzero(keep & (glyphs.height <= _HUGE * body))
    segments = _absorb(_chain(glyphs, kept, body) + _large_print(glyphs, kept, body))
    _give_marks(glyphs, kept, segments)
    _drop_specks(glyphs, kept, segments, body)
    text = [segment for segment in segments if _is_text(segment, glyphs)]
    text += [segment for segment in segments if _stands_alone(segment, glyphs, text)]
    if free is not ink:
        text += _in_cells(glyphs, kept, text, rules, body)
        _drop_scraps(glyphs, text, rules, body)
    segments = [segment for segment in text
                if not _is_seals(segment, glyphs, rings) and not _is_grain(segment, glyphs, photographs)]
    return Layout(glyphs, in_rows(segments)) if segments else None


def _large_print(glyphs: Glyphs, kept: NDArray[np.intp], body: float) -> list[Segment]:
    """Lines of letters too large for the rest of the page, such as a stamped ด่วนที่สุด: four letters alike or more."""
    large = kept[glyphs.height[kept] > _LETTER[1] * body]
    if large.size < _LARGE_LETTERS:
        return []
    segments = _chain(glyphs, large, float(np.median(glyphs.height[large])))
    return [segment for segment in segments if len(segment.letters) >= _LARGE_LETTERS]


def _chain(glyphs: Glyphs, kept: NDArray[np.intp], body: float, begins: float = _LETTER[0]) -> list[Segment]:
    """Letters from left to right, each joined to the nearest open segment on its baseline. Digits that are lower than
    letters (than ``begins`` body heights) carry a segment on, but begin none: as high as they are tone marks grown
    together, too."""
    height = glyphs.height[kept]
    letters = kept[(height >= _LOW * body) & (height <= _LETTER[1] * body)]
    low = glyphs.height < begins * body
    done: list[Segment] = []
    still: list[Segment] = []
    for letter in letters[np.argsort(glyphs.left[letters], kind="stable")]:
        left, bottom = int(glyphs.left[letter]), float(glyphs.bottom[letter])
        done += [segment for segment in still if left - segment.right > _CHAIN_GAP * body]
        still = [segment for segment in still if left - segment.right <= _CHAIN_GAP * body]
        step, best = min(((abs(bottom - segment.rise), index) for index, segment in enumerate(still)),
                         default=(np.inf, -1))
        if low[letter]:
            if step <= _LOW_STEP * body:
                still[best].right = max(still[best].right, int(glyphs.right[letter]))
            continue
        if step > _BASELINE_STEP * body:
            still.append(Segment(body, left=left, rise=bottom))
            best = len(still) - 1
        segment = still[best]
        segment.letters.append(int(letter))
        segment.right = max(segment.right, int(glyphs.right[letter]))
        # While it is open: the baseline near its end. NumPy's median takes ten times as long over seven numbers.
        segment.rise = float(median(glyphs.bottom[segment.letters[-7:]].tolist()))
    low_ones = letters[low[letters]]
    for segment in done + still:
        _fit(segment, glyphs)
        _begin_with(segment, glyphs, low_ones)
    return done + still


def _begin_with(segment: Segment, glyphs: Glyphs, low: NDArray[np.intp]) -> None:
    """Take in the low digits that stand on the baseline before the first letter."""
    before = low[glyphs.left[low] < segment.left]
    off = glyphs.bottom[before] - segment.slope * glyphs.left[before] - segment.rise
    on_line = before[np.abs(off) <= _LOW_STEP * segment.body]
    for digit in on_line[np.argsort(-glyphs.left[on_line], kind="stable")]:
        if segment.left - int(glyphs.right[digit]) > _MARK_ASIDE * segment.body:
            return
        segment.left = min(segment.left, int(glyphs.left[digit]))


def _fit(segment: Segment, glyphs: Glyphs) -> None:
    """Set the baseline: a straight line through the feet of the letters, outliers (descenders) left out."""
    middle = (glyphs.left[segment.letters] + glyphs.right[segment.letters]) / 2
    feet = glyphs.bottom[segment.letters].astype(float)
    segment.left = int(glyphs.left[segment.letters].min())
    size = float(np.median(glyphs.height[segment.letters]))
    segment.body = size if size > _LARGER * segment.body else segment.body
    segment.slope, segment.rise = 0.0, float(np.median(feet))
    if len(feet) < 8:
        return
    for _ in range(3):
        off = np.abs(feet - (segment.slope * middle + segment.rise))
        good = off <= max(2.0, 1.5 * float(np.median(off)))
        if good.sum() >= 6 and np.ptp(middle[good]) > 0:
            segment.slope, segment.rise = (float(value) for value in np.polyfit(middle[good], feet[good], 1))


def _absorb(segments: Sequence[Segment]) -> list[Segment]:
    """Segments right over or under a longer one are no lines: its marks grown together, or its letters with a foot."""
    kept: list[Segment] = []
    for segment in sorted(segments, key=lambda one: -len(one.letters)):
        if not any(_belongs(segment, host) for host in kept):
            kept.append(segment)
    return kept


def _belongs(part: Segment, host: Segment) -> bool:
    drop = (part.middle - host.baseline((part.left + part.right) / 2)) / host.body
    highest = -1.95 if len(part.letters) < _WORD else -1.6  # lines set close are two body heights apart
    return (len(host.letters) >= 2 * len(part.letters) and highest <= drop <= 0.75
            and host.left - host.body <= part.left and part.right <= host.right + host.body)


def _give_marks(glyphs: Glyphs, kept: NDArray[np.intp], segments: Sequence[Segment]) -> None:
    """Every component that makes no line goes to the line it stands in, over or under; a far one to none."""
    marks = np.setdiff1d(kept, [letter for segment in segments for letter in segment.letters])
    if not segments or not marks.size:
        return
    misfits = np.stack([_misfit(glyphs, marks, segment) for segment in segments])
    for mark, best, misfit in zip(marks, misfits.argmin(axis=0), misfits.min(axis=0), strict=True):
        if misfit <= 1.0:
            segments[best].marks.append(int(mark))


def _drop_specks(glyphs: Glyphs, kept: NDArray[np.intp], segments: Sequence[Segment], body: float) -> None:
    """On a noisy page, take from the lines what is as small as the specks that lie far from any line."""
    used = [one for segment in segments for one in segment.letters + segment.marks]
    stray = glyphs.area[np.setdiff1d(kept, used)]
    stray = stray[(stray > 0) & (stray < (_DOT * body) ** 2)]
    if stray.size < _NOISY:
        return
    speck = min(float(np.quantile(stray, 0.9)), (_SMALLEST_DOT * body) ** 2)
    for segment in segments:
        segment.marks = [mark for mark in segment.marks if glyphs.area[mark] > speck]


def _drop_scraps(glyphs: Glyphs, segments: Sequence[Segment], rules: Mask, body: float) -> None:
    """Take from signs alone in cells what is neither over nor under them nor on the line: scraps of rules."""
    for segment in segments:
        if len(segment.letters) == 1 and segment.marks and _in_cell(glyphs, segment.letters[0], rules, body):
            one, floor = segment.letters[0], segment.middle - segment.body / 2
            segment.marks = [mark for mark in segment.marks if glyphs.bottom[mark] > floor
                             or (glyphs.left[mark] < glyphs.right[one] and glyphs.left[one] < glyphs.right[mark])]


def _misfit(glyphs: Glyphs, marks: NDArray[np.intp], segment: Segment) -> NDArray[np.float64]:
    """How badly components fit a segment: 0 inside its band, 1 at the furthest place a mark can have, and more for
    what is too large for a mark (a figure, a seal, a signature)."""
    left, right = glyphs.left[marks], glyphs.right[marks]
    aside = np.maximum(segment.left - right, left - segment.right) / segment.body
    base = segment.slope * (left + right) / 2 + segment.rise
    above = (base - segment.body - glyphs.bottom[marks]) / segment.body
    below = (glyphs.top[marks] - base) / segment.body
    misfit = np.max([aside / _MARK_ASIDE, above / _MARK_ABOVE, below / _MARK_BELOW, 0 * base], axis=0)
    width, height = glyphs.width[marks] / segment.body, glyphs.height[marks] / segment.body
    outside = ((width > _LONGEST) | ((height > _HIGHEST) & (width > _NARROWEST))) & (np.maximum(above, below) > 0)
    return np.where((height > _LARGEST) | outside, np.inf, misfit)


def _is_text(segment: Segment, glyphs: Glyphs) -> bool:
    """Whether there is enough of it to be text: two letters, or one with other ink beside it, and no scratch."""
    wide = glyphs.width[segment.letters].sum() > 2 * segment.body
    several = len(segment.letters) + len(segment.marks) >= 2 or bool(wide)
    return several and segment.right - segment.left >= _NARROWEST * segment.body


def _stands_alone(segment: Segment, glyphs: Glyphs, text: Sequence[Segment]) -> bool:
    """Whether it is a single digit or letter on the baseline of a word that is not too far from it."""
    if len(segment.letters) != 1 or segment.marks or _is_text(segment, glyphs):
        return False
    one = segment.letters[0]
    middle = (segment.left + segment.right) / 2
    return _ALONE[0] <= glyphs.height[one] / segment.body and _is_letter(glyphs, one, segment.body) and any(
        len(word.letters) >= _WORD and abs(segment.rise - word.baseline(middle)) <= _ON_LINE * word.body
        and max(word.left - segment.right, segment.left - word.right) <= _BESIDE * word.body for word in text)


def _is_letter(glyphs: Glyphs, one: int, body: float) -> bool:
    """Whether a component that stands alone is as high as a letter or digit at most, no stroke and no bar."""
    height, width = (float(size[one]) / body for size in (glyphs.height, glyphs.width))
    is_bar = float(glyphs.area[one]) > _FILLED * height * width * body ** 2
    return _LOW <= height <= _ALONE[1] and width >= _SLIM and not is_bar


def _in_cells(glyphs: Glyphs, kept: NDArray[np.intp], text: Sequence[Segment], rules: Mask,
              body: float) -> list[Segment]:
    """Numbers that stand in cells of tables, single or low as their digits may be, where no line has them yet."""
    used = [one for segment in text for one in segment.letters + segment.marks]
    left = np.setdiff1d(kept, used)
    high = left[glyphs.height[left] >= _LOW * body]
    cells = [one for one in high.tolist() if _is_letter(glyphs, one, body) and _in_cell(glyphs, one, rules, body)]
    for segment in text:
        if len(segment.letters) == 1:
            segment.marks += [one for one in cells if _is_over(glyphs, one, segment.letters[0], body)]
            cells = [one for one in cells if one not in segment.marks]
    letters = [one for one in cells if not any(_is_over(glyphs, one, other, body) for other in cells)]
    segments = _chain(glyphs, np.array(letters, np.intp), body, begins=_LOW)
    _give_marks(glyphs, left, segments)
    return segments


def _is_over(glyphs: Glyphs, one: int, other: int, body: float) -> bool:
    """Whether a component stands right over another, as the marks of ที่ do that have grown together."""
    return bool(glyphs.bottom[one] <= glyphs.top[other] + 1 and glyphs.top[other] - glyphs.bottom[one] < body
                and glyphs.left[one] < glyphs.right[other] and glyphs.left[other] < glyphs.right[one])


def _in_cell(glyphs: Glyphs, one: int, rules: Mask, body: float) -> bool:
    """Whether there are rules above and below a component, at its left and at its right."""
    left, top, right, bottom = (int(side[one]) for side in (glyphs.left, glyphs.top, glyphs.right, glyphs.bottom))
    high, wide = round(_CELL[0] * body), round(_CELL[1] * body)
    across = rules[top:bottom, max(0, left - wide):left], rules[top:bottom, right:right + wide]
    along = rules[max(0, top - high):top, left:right], rules[bottom:bottom + high, left:right]
    return all(bool((side.mean(axis=axis) > _RULED).any()) for sides, axis in ((across, 0), (along, 1))
               for side in sides)


def _is_seals(segment: Segment, glyphs: Glyphs, rings: Sequence[Ring]) -> bool:
    """Whether it is made of letters of the words that run around within a seal, or of scraps of one."""
    top, foot = segment.middle - segment.body, segment.middle
    own = np.array(segment.letters)
    across, down = (glyphs.left[own] + glyphs.right[own]) / 2, (glyphs.top[own] + glyphs.bottom[own]) / 2
    return any(all(ring.words_at(x, y) for x, y in zip(across.tolist(), down.tolist(), strict=True))
               or (len(segment.letters) < _WORD and ring.holds(segment.left, top, segment.right, foot))
               for ring in rings)


def _is_grain(segment: Segment, glyphs: Glyphs, photographs: Sequence[Box]) -> bool:
    """Whether it stands in a photograph and is too short for its caption, or has too many specks among its letters."""
    top, bottom = segment.middle - segment.body, segment.middle
    if not any(box.left <= segment.left and segment.right <= box.right and box.top <= bottom <= box.bottom
               for box in photographs):
        return False
    within = ((glyphs.left >= segment.left) & (glyphs.right <= segment.right) & (glyphs.area > 0)
              & (glyphs.bottom > top) & (glyphs.top < bottom))
    return len(segment.letters) < _CAPTION or int(within.sum()) > _GRAINY * len(segment.letters)


def in_rows(segments: Iterable[Segment]) -> tuple[tuple[Segment, ...], ...]:
    """Segments side by side on one visual line, from left to right; lines from top to bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: one.middle):
        row = next((row for row in rows[-3:] if all(_beside(segment, other) for other in row)), None)
        if row is None:
            rows.append([segment])
        else:
            row.append(segment)
    return tuple(_left_first([tuple(sorted(row, key=lambda one: one.left)) for row in rows]))


def _left_first(rows: list[tuple[Segment, ...]]) -> list[tuple[Segment, ...]]:
    """Of two rows beside one another that stand less than a line apart, the left one first: a number and the office at
    its right are often set on lines of their own."""
    for at in range(1, len(rows)):
        upper, lower = rows[at - 1], rows[at]
        apart = abs(lower[0].middle - upper[0].middle) / min(lower[0].body, upper[0].body)
        if lower[-1].right < upper[0].left and apart < _ABREAST:
            rows[at - 1], rows[at] = lower, upper
    return rows


def _beside(one: Segment, other: Segment) -> bool:
    """Whether both stand on one baseline (continued across the gap) without lying over each other."""
    first, second = sorted((one, other), key=lambda segment: segment.left)
    across = (first.right + second.left) / 2
    body = min(one.body, other.body)
    return second.left >= first.right - body and abs(first.baseline(across) - second.baseline(across)) < 0.5 * body
