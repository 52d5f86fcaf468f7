"""How well the date of a known letter fits that of a citation, at the precision of both."""

from __future__ import annotations

import math

from chain.channel import READABLE, log_read, noise, swapped
from chain.facts import Facts, to_the_day
from chain.summing import NEAR_DAYS, Sum, days_apart
from chain.weights import Weights
from letters import LetterDate

_NEXT_DAYS = math.log(1 / (4 * NEAR_DAYS))


def weigh_date(said: Facts, letter: Facts, citing: LetterDate | None, total: Sum, *, near: bool) -> None:
    """Adds what the dates say; ``citing`` is the citing letter's, ``near``: the letter lies behind it in its packet."""
    cited, known, rate = said.date, letter.date, noise(said.date_noise, letter.date_noise)
    if cited is None or known is None:
        return
    weights, exact = total.weights, total.weights.exact
    day = math.log(_day_by_chance(cited, citing, weights))
    if to_the_day(cited) and cited == known:
        meant = math.log(exact["day"]) + log_read(str(cited.day), str(known.day), rate)
        total.add(meant, day, meant + (math.log(weights.beside["day"]) if near else 0.0))
        total.reasons.append(("วันที่ตรงกัน", "the date agrees"))
    elif cited.meets(known):
        wide = max((cited.latest - cited.earliest).days, (known.latest - known.earliest).days) + 1
        total.add(math.log(exact["day"] / wide), day)
    else:
        meant = math.log(_other_day(cited, known, exact, rate))
        total.add(meant, day, max(meant, _NEXT_DAYS) if days_apart(cited, known) <= NEAR_DAYS else meant)
        total.slip("วันที่ต่างกัน: {} กับ {}", "dates differ: {} and {}", cited, known)
        total.other_year = _year_misread(cited, known, rate)
        total.clerk |= not total.other_year and (cited.year, cited.month) != (known.year, known.month)
        total.other_day = True


def _year_misread(cited: LetterDate, known: LetterDate, rate: float) -> bool:
    """Whether day and month agree and the years, as printed, are apart by what a reader misreads. Elsewhere than in the
    packet that may as well be another year's letter."""
    years = str(cited.be_year), str(known.be_year)
    return (cited.year != known.year and (cited.month, cited.day) == (known.month, known.day)
            and not swapped(*years) and log_read(*years, rate) >= READABLE)


def _day_by_chance(cited: LetterDate, citing: LetterDate | None, weights: Weights) -> float:
    """P(this day | another letter is meant): most citations are of the last weeks."""
    rare = (1 - weights.recent) / weights.range_days
    if citing is None:
        return 1 / weights.range_days
    back = (citing.latest - cited.earliest).days
    return weights.recent / weights.recent_days + rare if 0 <= back <= weights.recent_days else rare


def _other_day(cited: LetterDate, known: LetterDate, exact: dict[str, float], rate: float) -> float:
    """P(reading this day | the known one is meant), the digits of days being misread at this rate."""
    if (cited.year, cited.month) == (known.year, known.month):
        misread = math.exp(log_read(str(cited.day), str(known.day), rate)) if cited.day and known.day else 0.0
        return max(exact["month"] / 30, misread)
    if (cited.month, cited.day) == (known.month, known.day):
        return exact["year"] / 3
    return exact["elsewhen"] / 365 if cited.year == known.year else exact["era"] / 3650
