"""Which letter a citation means: each candidate's probability, that of none being here, and what follows from them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from chain.facts import Facts, serial_of, to_the_day
from chain.model import CopyRef, LinkRelation, LinkState
from chain.prior import SMALLEST, Prior
from chain.records import Head, Mention
from chain.score import Fit, probability, weigh
from chain.summing import Reason
from chain.weights import load
from letters import LetterDate, LetterNumber

DRAW = 3.0      # the best must be so many times likelier than the next, or a person chooses
_RIVAL = 0.02   # a letter less likely than this is not named as another that it could be
_RIVALS = 5
_NEARLY_SURE = 0.995  # needed with a contradiction in the number that no reader's error explains
_BY_PACKET = 0.9      # needed where the letter lies behind the citing one and has the running number

_NONE: Reason = ("ไม่พบหนังสือที่ถูกอ้างในคลัง", "the cited letter is not in the archive")
_LATE: Reason = ("หนังสือที่พบลงวันที่หลังหนังสือที่อ้าง วันที่ฉบับใดฉบับหนึ่งอาจผิด",
                 "the letter found is dated after the citing one; one of the two dates may be wrong")
_WEAK: Reason = ("พบหนังสือที่คล้าย แต่หลักฐานไม่พอ", "a similar letter is here, but too little agrees")


@dataclass(frozen=True, slots=True)
class Decision:
    """``target`` stands for the letter meant (``None``: absent), ``rivals`` for others it could mean, best first;
    ``near``: the packet spoke for it."""

    state: LinkState
    target: CopyRef | None
    score: float
    reasons: tuple[Reason, ...]
    rule: str
    near: bool = False
    rivals: tuple[CopyRef, ...] = ()


def decide(mention: Mention, candidates: Iterable[Head], root: Mapping[CopyRef, CopyRef],
           rejected: frozenset[CopyRef] = frozenset(), among: int = SMALLEST) -> Decision:
    """How sure it is which letter a citation means; ``root`` stands for the letter of each copy, ``among`` is how many
    there are to choose from (:func:`chain.prior.letters_of`).

    A letter never cites itself. It never cites a later one either: where one fits nevertheless, one of the dates is
    wrong, and a person looks. Each letter counts by the copy that fits best.
    """
    best = _measured(mention, candidates, root, rejected, among)
    ranked = sorted(best.items(), key=lambda one: (-round(one[1].log_odds, 6), one[0]))
    chances = probability([fit.log_odds for _, fit in ranked])
    if ranked and chances[0] < load().ask and (named := _nicknamed(mention, ranked, chances)):
        return named
    if not ranked or chances[0] < load().ask:
        weak = tuple(place for (place, _), chance in zip(ranked, chances, strict=True) if chance >= _RIVAL)
        return _absent(weak[:_RIVALS], 1 - sum(chances))
    (place, fit), lead = ranked[0], chances[0] / max(chances[1] if len(chances) > 1 else 0.0, 1e-9)
    rivals = tuple(other for (other, _), chance in zip(ranked[1:], chances[1:], strict=True) if chance >= _RIVAL)
    state, rule = _state(fit, chances[0], lead)
    return Decision(state, place, round(chances[0], 4), fit.reasons, rule, fit.near, rivals[:_RIVALS])


def _measured(mention: Mention, candidates: Iterable[Head], root: Mapping[CopyRef, CopyRef],
              rejected: frozenset[CopyRef], among: int) -> dict[CopyRef, Fit]:
    """The best fit of each letter."""
    own, further = root[mention.ref.copy], _further(mention, root)
    prior = Prior(among, mention.relation is LinkRelation.FORWARDS, len(further))
    best: dict[CopyRef, Fit] = {}
    # The citation of a covering letter is not to be confirmed by the reading it gave to its own enclosure.
    told = [(head.ref, place, head.own if head.ref.packet == mention.ref.copy.packet else head.facts)
            for head in candidates if (place := root[head.ref]) != own and place not in rejected]
    full = [in_full(mention.cited, facts) for _, _, facts in told]
    exact, behind = any(full), frozenset(mention.behind)
    for place, facts in dict.fromkeys(
            (place, facts) for agrees, (ref, place, facts) in zip(full, told, strict=True)
            if agrees or ref in behind or worthwhile(mention.cited, facts, exact)):
        fit = weigh(mention.cited, facts, mention.citing, mention.about, further.get(place), prior)
        if _later(facts.date, mention.citing):
            fit = replace(fit, log_odds=fit.log_odds + math.log(load().exact["late"]), late=True,
                          slips=(*fit.slips, _LATE))
        if place not in best or _order(fit) > _order(best[place]):
            best[place] = fit
    return best


def in_full(cited: Facts, known: Facts) -> bool:
    """Whether owner, running number and day agree sign by sign."""
    number, day = cited.number, cited.date
    return bool(number and day == known.date and number in known.numbers
                and number.agency and number.serial and to_the_day(day))


def worthwhile(cited: Facts, known: Facts, exact: bool) -> bool:
    """Whether a letter of another packet is worth weighing: of owner, running number and day one part may differ, or
    two by a sign each, by more where the signs are hard to read. While another letter agrees in full (``exact``), none
    may, or one by a sign where signs are not easy to read. Nothing else would reach a probability of one in a hundred,
    and in a large archive most of what is found is such."""
    said, day, number = cited.date, known.date, cited.number
    if number is None or said is None or day is None or not (to_the_day(said) and to_the_day(day)):
        return True
    serial = serial_of(number)
    if not serial or not known.numbers or not number.agency:
        return True
    days, noise = _days_apart(said, day), max(cited.noise, known.noise)
    return any(_may_be((days, _owners_apart(number, one), _apart(serial, serial_of(one))), exact, noise)
               for one in known.numbers)


EASY, HARD = 2, 4
"""The levels of noise up to which signs are easy, and from which on they are hard to read."""
_FAR = 2  # signs apart: two or more


def _may_be(apart: tuple[int, int, int], exact: bool, noise: int) -> bool:
    if exact:
        return sum(apart) < (_FAR if noise > EASY else 1)
    differ = sum(map(bool, apart))
    return differ < 2 or (differ == 2 and (noise >= HARD or max(apart) < _FAR))


def _apart(one: str, other: str) -> int:
    """How many signs two readings of a part are apart, :data:`_FAR` for more; none where one is not there."""
    return 0 if one == other or not one or not other else _signs_apart(one, other)


@lru_cache(maxsize=1 << 16)
def _signs_apart(one: str, other: str) -> int:
    return min(_FAR, OSA.distance(one, other, score_cutoff=_FAR - 1))


def _owners_apart(one: LetterNumber, other: LetterNumber) -> int:
    return min(_FAR, _apart(one.code or "", other.code or "") + _apart(one.agency or "", other.agency or ""))


def _days_apart(one: LetterDate, other: LetterDate) -> int:
    """The same for days; those of two months are far."""
    if one == other:
        return 0
    return _apart(str(one.day), str(other.day)) if (one.year, one.month) == (other.year, other.month) else _FAR


def _order(fit: Fit) -> tuple[float, tuple[Reason, ...]]:
    return round(fit.log_odds, 6), fit.reasons


def _further(mention: Mention, root: Mapping[CopyRef, CopyRef]) -> dict[CopyRef, int]:
    """Letters behind the citing copy in its packet and how many letters further on they first stand. Another copy of
    the citing letter is no step: the same letter is sometimes scanned twice in a row."""
    first: dict[CopyRef, int] = {}
    others = [root[ref] for ref in mention.behind if ref in root and root[ref] != root[mention.ref.copy]]
    for distance, place in enumerate(others, start=1):
        first.setdefault(place, distance)
    return first


def _state(fit: Fit, chance: float, lead: float) -> tuple[LinkState, str]:
    if lead < DRAW:
        return LinkState.AMBIGUOUS, "draw"
    packet = fit.near and fit.same_running
    needed = _BY_PACKET if packet else _NEARLY_SURE if fit.odd else load().link
    if (fit.firm or fit.near) and not fit.clerk and not fit.late and chance >= needed:
        return LinkState.LINKED, "next-in-packet" if fit.near else "misreading" if fit.slips else "agreement"
    return LinkState.LIKELY, "next-in-packet" if fit.near else "near-agreement"


def _nicknamed(mention: Mention, ranked: list[tuple[CopyRef, Fit]], chances: list[float]) -> Decision | None:
    """A citation by running number alone (``ว 2883``) proves nothing, but where few letters have it a person is
    asked."""
    number = mention.cited.number
    if number is None or number.agency or mention.cited.date or not number.serial:
        return None
    meant = [(place, fit, chance) for (place, fit), chance in zip(ranked, chances, strict=True) if not fit.slips]
    if not 0 < len(meant) <= _RIVALS:
        return None
    place, fit, chance = meant[0]
    state = LinkState.LIKELY if len(meant) == 1 else LinkState.AMBIGUOUS
    others = tuple(one for one, *_ in meant[1:])
    return Decision(state, place, round(chance, 4), fit.reasons, "nickname", fit.near, others)


def _absent(weak: tuple[CopyRef, ...], chance: float) -> Decision:
    reasons = (_NONE, _WEAK) if weak else (_NONE,)
    return Decision(LinkState.ABSENT, None, round(max(0.0, chance), 4), reasons, "weak" if weak else "no-candidate",
                    rivals=weak)


def _later(known: LetterDate | None, citing: LetterDate | None) -> bool:
    """Whether a letter can only be later than the citing one."""
    return known is not None and citing is not None and known.earliest > citing.latest


def contested(answer: Decision, found: Decision) -> Decision:
    """A person's answer, with what the program found against it. The answer stands."""
    if found.state is not LinkState.LINKED or found.target == answer.target:
        return answer
    words: Reason = ("หลักฐานใหม่ชี้ไปที่หนังสืออีกฉบับหนึ่ง โปรดทบทวน",
                     "new evidence speaks for another letter; please look again")
    rivals = tuple(place for place in (found.target, *answer.rivals) if place is not None)
    return Decision(answer.state, answer.target, answer.score, (*answer.reasons, words, *found.reasons), answer.rule,
                    answer.near, rivals)
