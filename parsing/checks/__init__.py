"""What the letters of one packet know of one another: the knowledge that no single page has.

A covering letter cites the letter it encloses in type, while that letter's own number and day are often written by hand
(DOMAIN section 2): the citation is the better witness. A cited letter is never younger than the one that cites it. What
was due before the packet's newest letter was written binds nobody now. Every change is a repair with its reason; what
was read stays as a rival.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from letters import Letter
from parsing.checks.copies import compare_copies
from parsing.checks.current import mend_years, only_current, tell_years_apart
from parsing.checks.doubts import doubts
from parsing.checks.orders import keep_own_orders
from parsing.checks.times import check_times
from parsing.checks.witness import call_witnesses
from parsing.confidence import Calibration, calibrated

__all__ = ["check_packet", "doubts"]


def check_packet(
    letters: Sequence[Letter], reader: str = "", calibration: Calibration | None = None
) -> tuple[Letter, ...]:
    """The letters of a packet, in page order, mended by what they say of one another, with doubts named.

    ``reader`` names the engine that read the pages (``letters.Page.reader``): its measured confusions weigh rivals.
    ``calibration`` turns the finders' confidences into shares; the shipped one unless given.
    """
    checked = call_witnesses(keep_own_orders(letters), reader)
    checked = compare_copies(checked)
    checked = [check_times(letter) for letter in checked]
    checked = tell_years_apart(only_current(mend_years(checked)))
    sure = (calibrated(letter, calibration) for letter in checked)
    return tuple(replace(letter, review=doubts(letter)) for letter in sure)
