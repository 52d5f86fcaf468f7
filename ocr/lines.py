"""The project's own line finder: glyphs chained into lines, so that Thai tone marks stay with their letters.

Tesseract's layout takes a row of tone marks for a line of its own; half of its errors on Thai come from there. Here the
letters' bodies make the lines, and every mark goes to the line whose letters it stands over or under.

All sizes are in body heights (height of a letter without ascender, in pixels), which follow the print and not the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.clean import Grey

_BODY_INCHES = (0.03, 0.18)       # 8 pt small print to 48 pt headings
_LETTER = (0.7, 2.1)              # heights of components that make a line
_CHAIN_GAP = 3.0                  # letters further apart begin a new segment
_BASELINE_STEP = 0.4              # between neighbours of one line
_MARK_ABOVE, _MARK_BELOW = 1.5, 0.8
_LARGEST = 3.5                    # a component higher than this is a figure, a seal or a signature
_RULE_LENGTH, _RULE_THICKNESS = 5.0, 0.35
_DOT, _DOTS = 0.4, 6
_SEAL, _DENSE = 4.0, 0.15


@dataclass(slots=True)
class Glyphs:
    """Connected components of ink: ``labels`` gives each pixel its component; the rest are columns by component."""

    labels: NDArray[np.int32]
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    right: NDArray[np.int32]
    bottom: NDArray[np.int32]

    @property
    def height(self) -> NDArray[np.int32]:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def width(self) -> NDArray[np.int32]:
        """Pixels from left to right."""
        return self.right - self.left


@dataclass(slots=True)
class Segment:
    """A stretch of one line without a very wide gap: its components, and its baseline ``slope * x + rise``."""

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
    """Segments in reading order by visual line, and the ``body`` height in pixels."""

    glyphs: Glyphs
    rows: tuple[tuple[Segment, ...], ...]
    body: float


def find_lines(grey: Grey, dpi: int) -> Layout | None:
    """Lines of dark print on white paper; ``None`` for a page without any."""
    ink = binarise(grey)
    glyphs = components(ink)
    body = body_height(glyphs, dpi)
    if body is None:
        return None
    ink = without_rules(ink, body)
    glyphs = components(ink)
    keep = (glyphs.height <= _LARGEST * body) & ~leaders(glyphs, body) & ~_in_seals(glyphs, body)
    segments = _chain(glyphs, np.flatnonzero(keep), body)
    segments = _absorb(segments, body)
    _give_marks(glyphs, np.flatnonzero(keep), segments, body)
    segments = [segment for segment in segments if _is_text(segment, glyphs, body)]
    return Layout(glyphs, _rows(segments, body), body) if segments else None


def binarise(grey: Grey) -> NDArray[np.uint8]:
    """Ink as 1. The threshold is Otsu's, held between faint print and grime."""
    dark = grey[grey < 250]
    otsu, _ = cv2.threshold(dark, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU) if dark.size else (160.0, None)
    return np.asarray(grey < min(max(otsu, 130), 200), np.uint8)


def components(ink: NDArray[np.uint8]) -> Glyphs:
    """Connected components; label 0 is paper and stays as an empty row."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    stats[0, cv2.CC_STAT_WIDTH:] = 0
    return Glyphs(np.asarray(labels, np.int32), left, top, left + stats[:, cv2.CC_STAT_WIDTH],
                  top + stats[:, cv2.CC_STAT_HEIGHT])


def body_height(glyphs: Glyphs, dpi: int) -> float | None:
    """The commonest height of components (weighted by width, so that specks count for little)."""
    least, most = (inches * dpi for inches in _BODY_INCHES)
    fits = (glyphs.height >= least) & (glyphs.height <= most) & (glyphs.width <= 3 * most)
    if fits.sum() < 3:
        return None
    counts = np.bincount(glyphs.height[fits], weights=glyphs.width[fits], minlength=int(most) + 2)
    smooth = cv2.GaussianBlur(counts.reshape(1, -1), (0, 0), max(1.0, dpi / 200)).ravel()
    return float(np.argmax(smooth))


def without_rules(ink: NDArray[np.uint8], body: float) -> NDArray[np.uint8]:
    """The ink without long straight strokes: table rules, underlines, frames. Letters that cross them stay."""
    length = max(3, round(_RULE_LENGTH * body))
    thick = max(2, round(_RULE_THICKNESS * body))
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    across &= ~cv2.morphologyEx(across, cv2.MORPH_OPEN, np.ones((thick + 1, 1), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    down &= ~cv2.morphologyEx(down, cv2.MORPH_OPEN, np.ones((1, thick + 1), np.uint8))
    rules = across | down
    if not rules.any():
        return ink
    edge = cv2.dilate(across, np.ones((3, 1), np.uint8)) | cv2.dilate(down, np.ones((1, 3), np.uint8))
    rest = ink & ~edge
    crossing = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((2 * thick + 3, 1), np.uint8)) & across
    return np.asarray(rest | crossing, np.uint8)


def leaders(glyphs: Glyphs, body: float) -> NDArray[np.bool_]:
    """Which components are dots of a dotted line: six or more small ones in a row, evenly near."""
    found = np.zeros(glyphs.left.shape, bool)
    small = np.flatnonzero((glyphs.height <= _DOT * body) & (glyphs.width <= _DOT * body) & (glyphs.height > 0))
    chains: list[list[int]] = []
    for dot in small[np.argsort(glyphs.left[small], kind="stable")]:
        near = [chain for chain in chains
                if abs(glyphs.bottom[dot] - glyphs.bottom[chain[-1]]) <= 0.15 * body
                and 0 <= glyphs.left[dot] - glyphs.right[chain[-1]] <= body]
        if near:
            min(near, key=lambda chain: abs(glyphs.bottom[dot] - glyphs.bottom[chain[-1]])).append(int(dot))
        else:
            chains.append([int(dot)])
        chains = [chain for chain in chains if len(chain) >= _DOTS
                  or glyphs.left[dot] - glyphs.right[chain[-1]] <= body]
    for chain in chains:
        if len(chain) >= _DOTS:
            found[chain] = True
    return found


def _in_seals(glyphs: Glyphs, body: float) -> NDArray[np.bool_]:
    """Which components lie within a large and dense one: feathers of the Garuda, not letters."""
    large = np.flatnonzero((glyphs.height > _SEAL * body) & (glyphs.width > _SEAL * body))
    inside = np.zeros(glyphs.left.shape, bool)
    for seal in large:
        box = np.s_[glyphs.top[seal]:glyphs.bottom[seal], glyphs.left[seal]:glyphs.right[seal]]
        if (glyphs.labels[box] == seal).mean() > _DENSE:
            inside |= ((glyphs.left >= glyphs.left[seal]) & (glyphs.right <= glyphs.right[seal])
                       & (glyphs.top >= glyphs.top[seal]) & (glyphs.bottom <= glyphs.bottom[seal]))
    return inside


def _chain(glyphs: Glyphs, kept: NDArray[np.intp], body: float) -> list[Segment]:
    """Letters from left to right, each joined to the nearest open segment on its baseline."""
    height = glyphs.height[kept]
    letters = kept[(height >= _LETTER[0] * body) & (height <= _LETTER[1] * body)]
    done: list[Segment] = []
    still: list[Segment] = []
    for letter in letters[np.argsort(glyphs.left[letters], kind="stable")]:
        left, bottom = int(glyphs.left[letter]), float(glyphs.bottom[letter])
        done += [segment for segment in still if left - segment.right > _CHAIN_GAP * body]
        still = [segment for segment in still if left - segment.right <= _CHAIN_GAP * body]
        step, best = min(((abs(bottom - segment.rise), index) for index, segment in enumerate(still)),
                         default=(np.inf, -1))
        if step > _BASELINE_STEP * body:
            still.append(Segment(left=left, rise=bottom))
            best = len(still) - 1
        segment = still[best]
        segment.letters.append(int(letter))
        segment.right = max(segment.right, int(glyphs.right[letter]))
        segment.rise = float(np.median(glyphs.bottom[segment.letters[-7:]]))  # while open: the baseline near its end
    for segment in done + still:
        _fit(segment, glyphs)
    return done + still


def _fit(segment: Segment, glyphs: Glyphs) -> None:
    """Set the baseline: a straight line through the feet of the letters, outliers (descenders) left out."""
    middle = (glyphs.left[segment.letters] + glyphs.right[segment.letters]) / 2
    feet = glyphs.bottom[segment.letters].astype(float)
    segment.left = int(glyphs.left[segment.letters].min())
    segment.slope, segment.rise = 0.0, float(np.median(feet))
    if len(feet) < 8:
        return
    for _ in range(3):
        off = np.abs(feet - (segment.slope * middle + segment.rise))
        good = off <= max(2.0, 1.5 * float(np.median(off)))
        if good.sum() >= 6 and np.ptp(middle[good]) > 0:
            segment.slope, segment.rise = (float(value) for value in np.polyfit(middle[good], feet[good], 1))


def _absorb(segments: Sequence[Segment], body: float) -> list[Segment]:
    """Segments right over or under a longer one are no lines: its marks grown together, or its letters with a foot."""
    kept: list[Segment] = []
    for segment in sorted(segments, key=lambda one: -len(one.letters)):
        host = next((one for one in kept if len(one.letters) >= 2 * len(segment.letters)
                     and one.left - body <= segment.left and segment.right <= one.right + body
                     and -1.95 * body <= segment.middle - one.baseline((segment.left + segment.right) / 2)
                     <= 0.75 * body), None)
        if host is None:
            kept.append(segment)
    return kept


def _give_marks(glyphs: Glyphs, kept: NDArray[np.intp], segments: Sequence[Segment], body: float) -> None:
    """Every component that makes no line goes to the line it stands in, over or under; a far one to none."""
    taken = {letter for segment in segments for letter in segment.letters}
    for mark in kept:
        if int(mark) in taken or not glyphs.height[mark]:
            continue
        best = min(segments, key=lambda segment: _distance(glyphs, int(mark), segment, body), default=None)
        if best is not None and _distance(glyphs, int(mark), best, body) <= 1.0:
            best.marks.append(int(mark))


def _distance(glyphs: Glyphs, mark: int, segment: Segment, body: float) -> float:
    """How badly a component fits a segment: 0 inside its band, 1 at the furthest place a mark can have."""
    left, right = int(glyphs.left[mark]), int(glyphs.right[mark])
    aside = max(segment.left - right, left - segment.right, 0) / body
    base = segment.baseline((left + right) / 2)
    above = (base - body - int(glyphs.bottom[mark])) / body
    below = (int(glyphs.top[mark]) - base) / body
    return max(aside / 1.5, above / _MARK_ABOVE, below / _MARK_BELOW, 0.0)


def _is_text(segment: Segment, glyphs: Glyphs, body: float) -> bool:
    """Whether there is enough of it to be text: two letters, or one with other ink beside it."""
    return len(segment.letters) + len(segment.marks) >= 2 or bool(glyphs.width[segment.letters].sum() > 2 * body)


def _rows(segments: Iterable[Segment], body: float) -> tuple[tuple[Segment, ...], ...]:
    """Segments side by side on one visual line, from left to right; lines from top to bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: one.middle):
        row = next((row for row in rows[-3:] if all(_beside(segment, other, body) for other in row)), None)
        if row is None:
            rows.append([segment])
        else:
            row.append(segment)
    return tuple(tuple(sorted(row, key=lambda one: one.left)) for row in rows)


def _beside(one: Segment, other: Segment, body: float) -> bool:
    """Whether both stand on one baseline (continued across the gap) without lying over each other."""
    first, second = sorted((one, other), key=lambda segment: segment.left)
    across = (first.right + second.left) / 2
    return second.left >= first.right - body and abs(first.baseline(across) - second.baseline(across)) < 0.5 * body
