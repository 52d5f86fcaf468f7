"""How well a known letter fits a citation: a sum of costs, each with its reason in Thai.

A cost of 0 is full agreement; :func:`score` turns the sum into 0–1. The costs are judgement, set on the cases of
``tests/chain``: a missing part costs little, a contradiction much, and being the next letter in the packet helps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from chain.facts import Facts, alike, contains, to_the_day
from chain.numbers import nearest_gap
from letters import LetterDate

NO_DATE = 0.5
SAME_MONTH = 1.0
OTHER_MONTH = 1.2
YEAR_SLIP = 1.3
SAME_YEAR = 1.8
OTHER_DATE = 3.0
OTHER_ISSUER = 0.4
OTHER_OFFICE = 1.0   # on top where owner letters differ too: two provinces, not two readings
SAME_ISSUER = 88     # likeness from which on two issuers' names are one; จังหวัดลพบุรี and จังหวัดสระบุรี have 85
NEXT_LETTER = -1.3   # an enclosure is, as a rule, the next letter of the packet
SAME_PACKET = -0.6
SAME_TITLE = -0.6
OTHER_TITLE = 1.5

_HALF = 1.6          # the cost at which a link is as likely right as wrong
_STEEP = 2.5


@dataclass(frozen=True, slots=True)
class Fit:
    """One candidate's ``cost``; ``slips`` are the contradictions among its ``reasons``; ``firm`` says whether running
    number or day agree, without which nothing is linked unseen; ``near`` whether the packet speaks for it; ``clerk``
    whether the difference is a clerk's slip, which only a person can settle."""

    cost: float
    reasons: tuple[str, ...]
    slips: tuple[str, ...]
    firm: bool
    near: bool
    clerk: bool = False


def score(cost: float) -> float:
    """The cost as a figure from 0 to 1."""
    return round(1 / (1 + math.exp(_STEEP * (cost - _HALF))), 3)


def fit(cited: Facts, known: Facts, distance: int | None = None) -> Fit:
    """How well ``known`` fits the citation. ``distance``: how many letters further on in the citing packet a copy of it
    stands, for a citation that says the letter is enclosed; otherwise ``None``."""
    gap = nearest_gap(cited.number, known.numbers)
    date_cost, date_reason = date_gap(cited.date, known.date)
    slips = [*gap.slips]
    same_running = bool(cited.number and known.numbers) and gap.running == 0
    reasons = ["เลขที่ตรงกัน"] if gap.cost == 0 else ["เลขทะเบียนตรงกัน"] if same_running else []
    if date_reason:
        (reasons if date_cost == 0 else slips).append(date_reason)
    costs = [gap.cost, date_cost, _issuer(cited, known, gap.other_code, reasons), _title(cited, known, reasons)]
    near = distance is not None
    if distance is not None:
        costs.append(NEXT_LETTER if distance == 1 else SAME_PACKET)
        reasons.append("เป็นหนังสือฉบับถัดไปในแฟ้มเดียวกัน" if distance == 1 else "อยู่ในแฟ้มเดียวกัน")
    day_agrees = to_the_day(cited.date) and cited.date == known.date
    return Fit(sum(costs), (*reasons, *slips), tuple(slips), same_running or day_agrees, near, gap.swapped)


def date_gap(cited: LetterDate | None, known: LetterDate | None) -> tuple[float, str]:
    """Cost and reason of two dates, each at its own precision."""
    if cited is None or known is None:
        return NO_DATE, ""
    if cited == known and to_the_day(cited):
        return 0.0, "วันที่ตรงกัน"
    if cited.meets(known):
        return (0.1 if cited.month and known.month else 0.3), ""
    return _contradiction(cited, known), f"วันที่ต่างกัน: {cited.thai(short=True)} กับ {known.thai(short=True)}"


def _contradiction(cited: LetterDate, known: LetterDate) -> float:
    if (cited.month, cited.day) == (known.month, known.day):
        return YEAR_SLIP
    if cited.year != known.year:
        return OTHER_DATE
    if cited.month == known.month:
        return SAME_MONTH
    return OTHER_MONTH if cited.day == known.day else SAME_YEAR


def _issuer(cited: Facts, known: Facts, other_code: bool, reasons: list[str]) -> float:
    likeness = contains(cited.issuer, known.issuer)
    if likeness is None:
        return 0.0
    if likeness >= SAME_ISSUER:
        reasons.append("ผู้ออกหนังสือตรงกัน")
        return 0.0
    reasons.append("ชื่อผู้ออกหนังสือต่างกัน")
    return OTHER_ISSUER + (OTHER_OFFICE if other_code else 0.0)


def _title(cited: Facts, known: Facts, reasons: list[str]) -> float:
    likeness = alike(cited.title, known.title)
    if likeness is None:
        return 0.0
    if likeness >= 80:
        reasons.append("ชื่อเรื่องตรงกัน")
        return SAME_TITLE
    return OTHER_TITLE if likeness < 50 else 0.0
