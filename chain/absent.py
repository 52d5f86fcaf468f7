"""Citations of letters that are not here: those that mean one letter share a placeholder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from chain.facts import Facts, imprint, serial_of, to_the_day
from chain.groups import grouped
from chain.keys import CROWDED, keys_of, nickname_keys, pair_keys
from chain.model import MentionRef
from chain.prior import SMALLEST, Prior
from chain.records import Mention
from chain.score import SAME_NAME, weigh

_ONE = 0.6  # probability from which two citations mean one letter; a wrong one is harmless until the letter arrives

Waiting = Callable[[int], Sequence[MentionRef]]
Near = Iterable[tuple[MentionRef, Sequence[MentionRef]]]
"""Citations with those that may mean the same letter, ascending."""
Beside = Callable[[Mapping[MentionRef, Mention], Sequence[MentionRef]], Near]


def placeholders(mentions: Mapping[MentionRef, Mention], absent: Iterable[MentionRef],
                 border: Mapping[MentionRef, str] | None = None, among: int = SMALLEST, beside: Beside | None = None,
                 ) -> dict[MentionRef, MentionRef]:
    """Each citation of an ``absent`` letter with the one that stands for its placeholder, in any order the same. A
    citation that says nothing has none. ``border`` are citations that stay in the placeholders named
    (:mod:`chain.part`); ``beside`` finds the citations that others are compared with."""
    first: dict[bytes, MentionRef] = {}
    same: list[tuple[MentionRef, MentionRef]] = []
    whole: set[MentionRef] = set()
    for ref in sorted(absent):
        cited = mentions[ref].cited
        if not cited.empty:
            same.append((first.setdefault(imprint(cited), ref), ref))
        if is_whole(cited):
            whole.add(ref)
    prior, edge = Prior(among), border or {}
    # Two of the border stay where they are, whatever they have in common.
    alike = [(ref, other) for ref, others in (beside or _in_memory)(mentions, list(first.values())) for other in others
             if other != ref and not (ref in edge and other in edge)
             and one_letter(mentions[ref].cited, mentions[other].cited, prior)]
    return grouped([ref for _, ref in same], [*(pair for pair in same if pair[0] != pair[1]), *alike],
                   whole.__contains__, border=border)


def _in_memory(mentions: Mapping[MentionRef, Mention], leaders: Sequence[MentionRef]) -> Near:
    """For each leader the others that share a key with it, by an index in memory."""
    index: dict[int, list[MentionRef]] = defaultdict(list)
    for ref in leaders:
        for key in keys_of(mentions[ref].cited):
            index[key].append(ref)
    return ((ref, sorted(neighbours(mentions[ref].cited, lambda key: index.get(key, ())))) for ref in leaders)


def neighbours(facts: Facts, waiting: Waiting) -> set[MentionRef]:
    """Citations that may mean the same letter."""
    nicknames = nickname_keys(facts)
    found: set[MentionRef] = set()
    for key in pair_keys(facts):
        others = waiting(key)
        if key not in nicknames or len(others) <= CROWDED:
            found.update(others)
    return found


def is_whole(facts: Facts) -> bool:
    """Whether a citation says enough to be told from every other letter."""
    number = facts.number
    return bool(number and number.agency and number.serial and facts.date)


def one_letter(one: Facts, other: Facts, prior: Prior) -> bool:
    """Whether two citations of absent letters mean one. Titles without a number must be the same to the day."""
    if signs(one).isdisjoint(signs(other)):
        return False
    if not one.numbers:
        return True
    for read, known in ((one, other), (other, one)):
        fit = weigh(read, known, None, prior=prior)
        explained = not fit.clerk and (fit.same_running or not fit.odd) and _same_owner(read, known)
        if explained and fit.firm and fit.probability >= _ONE:
            return True
    return False


def signs(facts: Facts) -> frozenset[Hashable]:
    """What two citations must share one of to be of one letter, whatever else: running number or day; without numbers,
    title and day together."""
    if not facts.numbers:
        return frozenset([(facts.title, facts.date)])
    serials = {serial_of(number) for number in facts.numbers} - {""}
    return frozenset([*serials, facts.date] if to_the_day(facts.date) else serials)


def _same_owner(one: Facts, other: Facts) -> bool:
    """A misread owner is only forgiven where running number and day agree, and no other sender is named."""
    read, known = one.number, other.number
    if read is None or known is None or (read.code, read.agency) == (known.code, known.agency):
        return True
    if one.issuer and other.issuer and fuzz.ratio(one.issuer, other.issuer) < SAME_NAME:
        return False
    same_day = to_the_day(one.date) and one.date == other.date
    return (same_day and serial_of(read) == serial_of(known)) or not (read.agency and known.agency)


def by_placeholder(found: Mapping[MentionRef, MentionRef]) -> dict[MentionRef, list[MentionRef]]:
    """The citations of each placeholder, sorted."""
    members: dict[MentionRef, list[MentionRef]] = defaultdict(list)
    for ref in sorted(found):
        members[found[ref]].append(ref)
    return members
