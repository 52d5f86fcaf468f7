"""How well a known letter fits a citation: log odds for "it means this letter" against "it means one not here".

Each part of the citation adds the log of P(what was read | this letter is meant) / P(what was read | another is). The
numbers come from :mod:`chain.weights` and :mod:`chain.channel`; each part that speaks leaves a reason in Thai and
English.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache

from chain.channel import READABLE, log_read, noise, swapped
from chain.facts import NOISE, Facts, alike, contains, of_district, running_of, serial_of, to_the_day
from chain.numbers import other_province
from chain.prior import Prior
from chain.succession import succeeds
from chain.weights import Weights, load
from letters import LetterDate, LetterNumber

Reason = tuple[str, str]
"""Why, in Thai and in English."""
Slip = tuple[str, str] | tuple[str, str, object, object]
"""What contradicts: the same with the two readings to be put in, for most are never told."""

SAME_NAME = 88   # likeness from which on two issuers' names are one; จังหวัดลพบุรี and จังหวัดสระบุรี have 85
NEAR_NAME = 73   # a misread name; but where the owner letters differ too, another province's
SAME_TEXT, NEAR_TEXT = 85.0, 55.0

_DISPUTED = 0.6  # below this a reading of a number is contradicted by another that is as good
_SIGNS = 8  # of a number, as a rule
NEAR_DAYS = 30
"""The days around a letter's in which others of its office are its neighbours."""
_NEXT_DAYS = math.log(1 / (4 * NEAR_DAYS))
_HARD = NOISE[2]  # the rate from which on a number is one written by hand
_OF_THE_OFFICE = ("issuer", "issuer of owner")  # what a letter's neighbours have in common with it


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


@dataclass(slots=True)
class _Sum:
    """The sum as it grows. ``beside``: log odds for a letter that is not here, but of the known letter's office and
    days, against any other."""

    weights: Weights
    noise: float
    right: float = 1.0
    log_odds: float = 0.0
    beside: float = 0.0
    reasons: list[Reason] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    clerk: bool = False
    odd: bool = False
    other_code: bool = False
    unread: bool = False
    other_day: bool = False
    other_year: bool = False

    def add(self, meant: float, chance: float, beside: float | None = None) -> None:
        """log P of a reading if the known letter is meant, if any other is, and if its neighbour is (as the former)."""
        self.log_odds += meant - chance
        self.beside += (meant if beside is None else beside) - chance

    def rate(self, name: str, level: str) -> None:
        """A field whose levels have rates of their own."""
        meant, chance = _log_rates(name, level)
        self.add(meant, chance, meant if name in _OF_THE_OFFICE else chance)

    def slip(self, thai: str, english: str, read: object = None, known: object = None) -> None:
        self.slips.append((thai, english) if read is None else (thai, english, read, known))


@cache
def _log_rates(name: str, level: str) -> tuple[float, float]:
    rates = load().fields[name]
    return math.log(rates.meant.get(level, 1.0)), math.log(rates.chance.get(level, 1.0))


def weigh(cited: Facts, known: Facts, citing: LetterDate | None, about: str = "", distance: int | None = None,
          prior: Prior | None = None) -> Fit:
    """How well ``known`` fits the citation.

    ``citing`` and ``about`` are the citing letter's date and title; ``distance``: how many letters further on in the
    citing packet a copy of ``known`` stands, ``None`` for one that is not behind; ``prior``: what there is to choose
    from.
    """
    before = prior or Prior()
    total = _Sum(load(), noise(cited.noise, known.noise))
    same_running = _number(cited, known, total)
    _date(cited, known, citing, total, near=distance is not None)
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
    odd = total.odd and not (unread and same_day and distance is not None and _one_owner(cited, known))
    return Fit(total.log_odds, tuple(total.reasons), tuple(total.slips), same_running or same_day,
               distance is not None and before.enclosed, clerk, odd, same_running)


def _two_districts(cited: Facts, known: Facts) -> bool:
    """Whether a district of that name may be meant in another province than the known letter's."""
    names = [name for name in (cited.issuer, known.issuer) if name]
    return all(map(of_district, names)) and all(other_province(cited.number, one) for one in known.numbers)


def _log_one_plus(log: float) -> float:
    """log(1 + e^log)."""
    return max(log, 0.0) + math.log1p(math.exp(-abs(log)))


def _number(cited: Facts, known: Facts, total: _Sum) -> bool:
    """The reading of the number that fits best; ``True`` if the running numbers agree."""
    number = cited.number
    if number is None or not known.numbers:
        return False
    if len(known.numbers) == 1:
        return _one_number(number, known.numbers[0], cited, known, total)[1]
    tries = [_one_number(number, one, cited, known, _Sum(total.weights, total.noise, right=_right(one, known)))
             for one in known.numbers]
    best, same_running = max(tries, key=lambda one: one[0].log_odds)
    total.log_odds += best.log_odds
    total.beside += best.beside
    total.reasons += best.reasons
    total.slips += best.slips
    total.clerk |= best.clerk
    total.odd |= best.odd
    total.other_code |= best.other_code
    total.unread |= best.unread
    return same_running


def _right(one: LetterNumber, known: Facts) -> float:
    """P(a reading is right) where a letter's own number and what covering letters call it contradict."""
    if len(known.numbers) < 2:
        return 1.0
    serials = {serial_of(number) for number in known.numbers} - {""}
    if len(serials) < 2:
        return 1.0
    own, cover = (1 - (1 - NOISE[level]) ** _SIGNS for level in (known.noise, known.cover_noise))
    return (cover if one is known.numbers[0] else own) / (own + cover)


def _one_number(read: LetterNumber, one: LetterNumber, cited: Facts, known: Facts, part: _Sum) -> tuple[_Sum, bool]:
    _code(read.code, one.code, part)
    _agency(read.agency, one.agency, part)
    serials = serial_of(read), serial_of(one)
    owner = not part.slips
    same = bool(serials[0]) and serials[0] == serials[1]
    if all(serials):
        chance = math.log(_by_chance(read, one, cited.date, known.date, owner, part.weights))
        neighbour = math.log(_by_neighbour(read, one, cited.date, known.date, part))
        if same:
            _same_serial(serials[0], chance, neighbour, part)
        else:
            _other_serial(*serials, chance, neighbour, part, same_kind=read.circular == one.circular)
        if read.circular != one.circular:
            part.slip("ฝ่ายหนึ่งเป็นหนังสือเวียน (ว) อีกฝ่ายไม่เป็น", "only one of the two is a circular (ว)")
        if not part.unread:
            part.rate("circular", _kind(read.circular == one.circular))
    if same:
        whole = owner and read.agency and one.agency
        part.reasons.append(("เลขที่ตรงกัน", "the number agrees") if whole and not part.slips
                            else ("เลขทะเบียนตรงกัน", "the running number agrees"))
    return part, same


def _code(read: str | None, known: str | None, part: _Sum) -> None:
    if not read or not known:
        return
    meant = log_read(read, known, part.noise) + (math.log(part.weights.exact["code"]) if read == known else 0.0)
    part.add(meant, -math.log(part.weights.codes))
    if read != known:
        part.slip("อักษรนำต่างกัน: {} กับ {}", "owner letters differ: {} and {}", read, known)
        part.odd |= meant < READABLE
        part.other_code = True


def _agency(read: str | None, known: str | None, part: _Sum) -> None:
    if not read or not known:
        return
    chance = -math.log(part.weights.agencies)
    if read == known:
        part.add(math.log(part.weights.exact["agency"]) + log_read(read, known, part.noise), chance)
    elif read.startswith(known + ".") or known.startswith(read + "."):
        part.add(math.log(part.weights.exact["house"]), chance)
        part.slip("รหัสหน่วยงานละเอียดไม่เท่ากัน: {} กับ {}", "one owner code is more detailed: {} and {}", read, known)
    else:
        meant = log_read(read, known, part.noise)
        part.add(meant, chance)
        part.clerk |= swapped(read, known)
        part.odd |= meant < READABLE
        part.slip("รหัสหน่วยงานต่างกัน: {} กับ {}", "owner codes differ: {} and {}", read, known)
        if succeeds(read, known):
            part.slip("หน่วยงานเดียวกันเคยใช้รหัสนี้ แต่เป็นหนังสือคนละเลข", "the same office under its earlier code")


def _kind(same: bool) -> str:
    return "same" if same else "other"


def _same_serial(serial: str, chance: float, neighbour: float, part: _Sum) -> None:
    part.odd |= part.right < _DISPUTED
    meant = log_read(serial, serial, part.noise) + math.log(part.weights.exact["serial"] * part.right)
    part.add(meant, chance, max(chance, neighbour))


def _other_serial(read: str, known: str, chance: float, neighbour: float, part: _Sum, *, same_kind: bool) -> None:
    """Running numbers that differ: signs were misread, or all of it, as happens where it was written by hand; then
    nothing of it counts, ว neither."""
    by_signs, whole = log_read(read, known, part.noise), _log_unread(part)
    meant, by_chance = _log_rates("circular", _kind(same_kind))
    part.unread = by_signs + meant - by_chance < whole
    part.add(whole if part.unread else by_signs + math.log(part.right), chance, neighbour)
    part.clerk |= swapped(read, known)
    part.odd |= by_signs < READABLE or part.right < _DISPUTED
    part.slip("เลขทะเบียนต่างกัน: {} กับ {}", "running numbers differ: {} and {}", read, known)


def _log_unread(part: _Sum) -> float:
    """log P(this running number | the known letter's was misread altogether): where one sign is hard to read, as in
    handwriting, all are."""
    hard = part.weights.hard
    return math.log(min(hard["most"], hard["times"] * part.noise**2) / part.weights.serials)


def _by_chance(read: LetterNumber, known: LetterNumber, said: LetterDate | None, date: LetterDate | None, owner: bool,
               weights: Weights) -> float:
    """P(this running number | another letter). Two letters of a series never share a number in a year, unless one was
    misread."""
    same = owner and said and date and said.year == date.year and running_of(read) == running_of(known)
    return (weights.unread if same else 1.0) / weights.serials


def _by_neighbour(read: LetterNumber, known: LetterNumber, said: LetterDate | None, date: LetterDate | None,
                  part: _Sum) -> float:
    """P(this running number | another letter of the same office and days). Numbers of one series go up with the days,
    so they lie near the known letter's own: one that does not is rather misread than a neighbour's. The same number it
    has only where one of the two was misread."""
    weights, one, other = part.weights, running_of(read), running_of(known)
    anywhere = 1 / weights.serials
    if not (said and date and one is not None and other is not None):
        return anywhere
    reach = weights.per_day * (_days_apart(said, date) + 1)
    if one == other:
        return anywhere * weights.unread + 0.7 / (2 * reach) * max(part.noise, 1 - part.right)
    near = abs(one - other) <= reach and read.circular == known.circular
    return (0.7 / (2 * reach) if near else 0.0) + 0.3 * anywhere


def _days_apart(one: LetterDate, other: LetterDate) -> int:
    if one == other:
        return 0
    return max(0, (one.earliest - other.latest).days, (other.earliest - one.latest).days)


def _date(said: Facts, letter: Facts, citing: LetterDate | None, total: _Sum, *, near: bool) -> None:
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
        total.add(meant, day, max(meant, _NEXT_DAYS) if _days_apart(cited, known) <= NEAR_DAYS else meant)
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


def _names(cited: Facts, known: Facts, about: str, total: _Sum) -> None:
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
