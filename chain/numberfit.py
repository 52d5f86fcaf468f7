"""How well the number of a known letter fits that of a citation, part by part."""

from __future__ import annotations

import math

from chain.channel import READABLE, log_read, swapped
from chain.facts import NOISE, Facts, serial_of
from chain.succession import succeeds
from chain.summing import Sum, days_apart, log_rates
from chain.weights import Weights
from letters import LetterDate, LetterNumber

_DISPUTED = 0.6  # below this a reading of a number is contradicted by another that is as good
_SIGNS = 8  # of a number, as a rule


def weigh_number(cited: Facts, known: Facts, total: Sum) -> bool:
    """Adds what the reading of the number that fits best says; ``True`` if the running numbers agree."""
    number = cited.number
    if number is None or not known.numbers:
        return False
    if len(known.numbers) == 1:
        return _one_number(number, known.numbers[0], cited, known, total)[1]
    sums = [Sum(total.weights, total.noise, total.near, _right(one, known)) for one in known.numbers]
    tries = [_one_number(number, one, cited, known, part) for one, part in zip(known.numbers, sums, strict=True)]
    best, same_running = max(tries, key=lambda one: one[0].log_odds)
    total.log_odds += best.log_odds
    total.beside += best.beside
    total.reasons += best.reasons
    total.slips += best.slips
    total.clerk |= best.clerk
    total.odd |= best.odd
    total.other_code |= best.other_code
    total.unread |= best.unread
    total.garbled |= best.garbled
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


def _one_number(read: LetterNumber, one: LetterNumber, cited: Facts, known: Facts, part: Sum) -> tuple[Sum, bool]:
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


def _code(read: str | None, known: str | None, part: Sum) -> None:
    if not read or not known:
        return
    meant = log_read(read, known, part.noise) + (math.log(part.weights.exact["code"]) if read == known else 0.0)
    part.add(meant, -math.log(part.weights.codes))
    if read != known:
        part.slip("อักษรนำต่างกัน: {} กับ {}", "owner letters differ: {} and {}", read, known)
        part.odd |= meant < READABLE
        part.other_code = True


def _agency(read: str | None, known: str | None, part: Sum) -> None:
    if not read or not known:
        return
    chance = -math.log(part.weights.agencies)
    if read == known:
        part.add(math.log(part.weights.exact["agency"]) + log_read(read, known, part.noise), chance)
    elif read.startswith(known + ".") or known.startswith(read + "."):
        part.add(math.log(part.weights.exact["house"]), chance)
        part.slip("รหัสหน่วยงานละเอียดไม่เท่ากัน: {} กับ {}", "one owner code is more detailed: {} and {}", read, known)
    else:
        by_signs, whole = log_read(read, known, part.noise), _log_unread(part)
        part.garbled = part.near and by_signs < whole
        part.add(whole if part.garbled else by_signs, chance)
        part.clerk |= swapped(read, known)
        part.odd |= by_signs < READABLE
        part.slip("รหัสหน่วยงานต่างกัน: {} กับ {}", "owner codes differ: {} and {}", read, known)
        if succeeds(read, known):
            part.slip("หน่วยงานเดียวกันเคยใช้รหัสนี้ แต่เป็นหนังสือคนละเลข", "the same office under its earlier code")


def _kind(same: bool) -> str:
    return "same" if same else "other"


def _same_serial(serial: str, chance: float, neighbour: float, part: Sum) -> None:
    part.odd |= part.right < _DISPUTED
    meant = log_read(serial, serial, part.noise) + math.log(part.weights.exact["serial"] * part.right)
    part.add(meant, chance, max(chance, neighbour))


def _other_serial(read: str, known: str, chance: float, neighbour: float, part: Sum, *, same_kind: bool) -> None:
    """Running numbers that differ: signs were misread, or all of it, as happens where it was written by hand; then
    nothing of it counts, ว neither."""
    by_signs, whole = log_read(read, known, part.noise), _log_unread(part)
    meant, by_chance = log_rates("circular", _kind(same_kind))
    part.unread = by_signs + meant - by_chance < whole
    part.add(whole if part.unread else by_signs + math.log(part.right), chance, neighbour)
    part.clerk |= swapped(read, known)
    part.odd |= by_signs < READABLE or part.right < _DISPUTED
    part.slip("เลขทะเบียนต่างกัน: {} กับ {}", "running numbers differ: {} and {}", read, known)


def _log_unread(part: Sum) -> float:
    """log P(this running number | the known letter's was misread altogether): where one sign is hard to read, as in
    handwriting, all are."""
    hard = part.weights.hard
    return math.log(min(hard["most"], hard["times"] * part.noise**2) / part.weights.serials)


def _by_chance(read: LetterNumber, known: LetterNumber, said: LetterDate | None, date: LetterDate | None, owner: bool,
               weights: Weights) -> float:
    """P(this running number | another letter). Two letters of a series never share a number in a year, unless one was
    misread."""
    same = owner and said and date and said.year == date.year and read.running == known.running
    return (weights.unread if same else 1.0) / weights.serials


def _by_neighbour(read: LetterNumber, known: LetterNumber, said: LetterDate | None, date: LetterDate | None,
                  part: Sum) -> float:
    """P(this running number | another letter of the same office and days). Numbers of one series go up with the days,
    so they lie near the known letter's own: one that does not is rather misread than a neighbour's. The same number it
    has only where one of the two was misread."""
    weights, one, other = part.weights, read.running, known.running
    anywhere = 1 / weights.serials
    if not (said and date and one is not None and other is not None):
        return anywhere
    reach = weights.per_day * (days_apart(said, date) + 1)
    if one == other:
        return anywhere * weights.unread + 0.7 / (2 * reach) * max(part.noise, 1 - part.right)
    near = abs(one - other) <= reach and read.circular == known.circular
    return (0.7 / (2 * reach) if near else 0.0) + 0.3 * anywhere
