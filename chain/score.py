"""How well a known letter fits a citation: log odds for "it means this letter" against "it means one not here".

Each part of the citation adds the log of P(what was read | this letter is meant) / P(what was read | another is). The
numbers come from :mod:`chain.weights` and :mod:`chain.channel`; each part that speaks leaves a reason in Thai and
English.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from chain.channel import noise
from chain.datefit import weigh_date
from chain.facts import NOISE, Facts, alike, contains, of_district, to_the_day
from chain.numberfit import weigh_number
from chain.numbers import other_province
from chain.prior import Prior
from chain.summing import Reason, Slip, Sum
from chain.weights import Weights, load
from letters import LetterDate

SAME_NAME = 88   # likeness from which on two issuers' names are one; จังหวัดลพบุรี and จังหวัดสระบุรี have 85
NEAR_NAME = 73   # a misread name; but where the owner letters differ too, another province's
SAME_TEXT, NEAR_TEXT = 85.0, 55.0

_HARD = NOISE[2]  # the rate from which on a number is one written by hand


@dataclass(frozen=True, slots=True)
class Fit:
    """One candidate. ``log_odds`` with the prior. ``agrees`` and ``slips``: what speaks for and against it; ``firm``:
    running number or day agree, without which nothing is linked unseen; ``near``: the packet speaks for it;
    ``clerk``: a clerk's slip (digits that changed places, another year), which only a person can settle; ``odd``: a
    difference in the number that no reader's error explains; ``same_running``: the running numbers agree; ``late``: it
    is later than the citing letter."""

    log_odds: float
    agrees: tuple[Reason, ...]
    slips: tuple[Slip, ...]
    firm: bool
    near: bool
    clerk: bool
    odd: bool
    same_running: bool
    late: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What speaks for it, then what speaks against it."""
        return *self.agrees, *(_worded(slip) for slip in self.slips)

    @property
    def probability(self) -> float:
        """P(it means this letter), were it the only one that it can mean."""
        return probability([self.log_odds])[0]


def _worded(slip: Slip) -> Reason:
    thai, english, *read = slip
    return (thai.format(*(one.thai(short=True) if isinstance(one, LetterDate) else one for one in read)),
            english.format(*(one.iso if isinstance(one, LetterDate) else one for one in read)))


def probability(log_odds: list[float]) -> list[float]:
    """P of each candidate, the rest being that the letter meant is not here; set right by the model's slope and
    shift."""
    weights = load()
    sizes = [math.exp(min(60.0, one)) for one in log_odds]
    whole = 1.0 + sum(sizes)
    return [_settled(size / whole, weights) for size in sizes]


def _settled(raw: float, weights: Weights) -> float:
    raw = min(max(raw, 1e-9), 1 - 1e-9)
    return 1 / (1 + math.exp(-(weights.slope * math.log(raw / (1 - raw)) + weights.shift)))


def weigh(cited: Facts, known: Facts, citing: LetterDate | None, about: str = "", distance: int | None = None,
          prior: Prior | None = None) -> Fit:
    """How well ``known`` fits the citation.

    ``citing`` and ``about`` are the citing letter's date and title; ``distance``: how many letters further on in the
    citing packet a copy of ``known`` stands, ``None`` for one that is not behind; ``prior``: what there is to choose
    from.
    """
    before = prior or Prior()
    total = Sum(load(), noise(cited.noise, known.noise), distance is not None)
    same_running = weigh_number(cited, known, total)
    weigh_date(cited, known, citing, total, near=total.near)
    _names(cited, known, about, total)
    total.log_odds += before.log_odds(distance) - _log_one_plus(total.beside + before.log_beside(distance))
    if distance is not None:
        total.reasons.append(("เป็นหนังสือฉบับถัดไปในแฟ้มเดียวกัน", "the next letter in the same packet") if distance == 1
                             else ("อยู่ในแฟ้มเดียวกัน", "in the same packet"))
    same_day = to_the_day(cited.date) and cited.date == known.date
    clerk = (total.clerk or (total.other_year and distance is None)
             or (total.other_code and _two_districts(cited, known)))
    # A running number that could not be read contradicts nothing where owner, day and place in the packet agree.
    unread = total.unread and total.noise >= _HARD
    odd = total.odd and not (unread and same_day and total.near and _one_owner(cited, known))
    return Fit(total.log_odds, tuple(total.reasons), tuple(total.slips), same_running or same_day,
               total.near and before.enclosed and not total.garbled, clerk, odd, same_running)


def _two_districts(cited: Facts, known: Facts) -> bool:
    """Whether a district of that name may be meant in another province than the known letter's."""
    names = [name for name in (cited.issuer, known.issuer) if name]
    return all(map(of_district, names)) and all(other_province(cited.number, one) for one in known.numbers)


def _log_one_plus(log: float) -> float:
    """log(1 + e^log)."""
    return max(log, 0.0) + math.log1p(math.exp(-abs(log)))


def _names(cited: Facts, known: Facts, about: str, total: Sum) -> None:
    """Sender, title and subject. A sender that goes with its owner code says little more than the code did."""
    for name, level in levels(cited, known, about, other_code=total.other_code).items():
        total.rate(name, level)
        if name == "about":
            total.odd |= level == "other" and total.other_day
        if level == "same":
            total.reasons.append(_AGREES[name])
        elif name.startswith("issuer"):
            total.reasons.append(("ชื่อผู้ออกหนังสือต่างกัน", "the sender's name differs"))


_AGREES: dict[str, Reason] = {
    "issuer": ("ผู้ออกหนังสือตรงกัน", "the sender agrees"),
    "issuer of owner": ("ผู้ออกหนังสือตรงกัน", "the sender agrees"),
    "title": ("ชื่อเรื่องตรงกัน", "the title agrees"),
    "about": ("เรื่องเดียวกับหนังสือที่อ้าง", "the subject is the citing letter's"),
}


def levels(cited: Facts, known: Facts, about: str, *, other_code: bool = False) -> dict[str, str]:
    """How far sender and title or, where the citation names no title, the citing letter's subject agree: for each field
    that both show ``same``, ``near`` or ``other``. ``other_code``: the owner letters differ."""
    found: dict[str, str] = {}
    issuer = contains(cited.issuer, known.issuer)
    if issuer is not None:
        level = "same" if issuer >= SAME_NAME else "near" if issuer >= NEAR_NAME and not other_code else "other"
        found["issuer of owner" if _one_owner(cited, known) else "issuer"] = level
    if (title := alike(cited.title, known.title)) is not None:
        found["title"] = _level(title)
    elif (subject := alike(about, known.title)) is not None:
        found["about"] = _level(subject)
    return found


def _one_owner(cited: Facts, known: Facts) -> bool:
    read = cited.number
    if read is None or not read.agency:
        return False
    return any((read.code, read.agency) == (one.code, one.agency) for one in known.numbers)


def _level(likeness: float) -> str:
    return "same" if likeness >= SAME_TEXT else "near" if likeness >= NEAR_TEXT else "other"

