"""Received stamps without a frame, known by their labels: number, day and hour one below the other.

Where they stand tells the frame that others have, so all that is known of framed stamps holds for them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from ocr.frames import Frame, overlap
from ocr.handwriting.decode import Kind
from ocr.lines import Segment

# In distances of two rows: the frame over the first label's baseline, its height, the white at its sides, how far below
# one another labels begin, and how far right a row reaches.
_ABOVE, _HEIGHT, _ASIDE, _FLUSH, _REACH = 1.85, 4.25, 0.3, 0.5, 12.0
_PITCH = (1.3, 4.5)            # of two rows, in heights of their letters
_BELOW = ((1, Kind.DAY), (2, Kind.TIME))  # rows below the number
_SLOPED = 8                    # letters from which on a line's slope is known


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that was read: where it stands, and the label of a received stamp that it begins with (none: another)."""

    segment: Segment
    label: Kind | None
    coloured: bool = False


def unframed(rows: Sequence[Labelled], known: Sequence[Frame] = ()) -> list[tuple[Frame, bool]]:
    """Frames around received stamps that have none, and whether their ink is coloured; ``known``: those of stamps that
    have one. In coloured ink the office above tells as much as another label below."""
    found = []
    for first in rows:
        if first.label is Kind.RECEIVED:
            others = [(steps, row.segment) for row in rows for steps, kind in _BELOW
                      if row.label is kind and _stands_below(first.segment, row.segment, steps)]
            others = others or [(-1, row.segment) for row in rows if first.coloured and row.coloured
                                and row.label is None and _stands_above(first.segment, row.segment)]
            if others:
                around = _around(first.segment, *max(others, key=lambda one: one[0]), [row.segment for row in rows])
                found.append((around, first.coloured))
    return [(frame, coloured) for frame, coloured in found if not any(overlap(frame, other) for other in known)]


def _stands_below(upper: Segment, lower: Segment, steps: int) -> bool:
    """Whether a label stands so many rows below another, flush with it."""
    pitch = (lower.baseline(lower.left) - upper.baseline(upper.left)) / steps
    return (_PITCH[0] * upper.body <= pitch <= _PITCH[1] * upper.body
            and abs(lower.left - upper.left) <= _FLUSH * pitch)


def _stands_above(lower: Segment, upper: Segment) -> bool:
    """Whether a row of words stands above a label and begins no farther right than offices do."""
    pitch = lower.baseline(lower.left) - upper.baseline(lower.left)
    return (len(upper.letters) >= _SLOPED and _PITCH[0] * lower.body <= pitch <= _PITCH[1] * lower.body
            and -_FLUSH * pitch <= upper.left - lower.left <= _REACH / 2 * pitch)


def _around(first: Segment, steps: int, other: Segment, segments: Iterable[Segment]) -> Frame:
    base = first.baseline(first.left)
    pitch = (other.baseline(first.left) - base) / steps
    left, top = first.left - _ASIDE * pitch, base - _ABOVE * pitch
    inside = [one for one in segments if left - pitch <= one.left <= left + _REACH * pitch
              and top < one.middle < top + (_HEIGHT + 0.2) * pitch]
    slope = median([one.slope for one in inside if len(one.letters) >= _SLOPED] or [0.0])
    width = max(one.right for one in inside) + _ASIDE * pitch - left
    across, down = np.array([width, slope * width]), np.array([-slope, 1.0]) * _HEIGHT * pitch
    corner = np.array([left + slope * _ABOVE * pitch, top])
    return Frame(np.array([corner, corner + across, corner + across + down, corner + down], np.float32))
