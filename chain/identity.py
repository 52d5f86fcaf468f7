"""Which copies are one letter: what agrees in all but a slip, never against a person's word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from chain.facts import Facts, imprint, to_the_day
from chain.groups import Roots, grouped
from chain.heads import Verdict, compare
from chain.keys import CROWDED, keys_of, nickname_keys, pair_keys
from chain.model import CopyRef, Judgement, JudgementKind
from chain.records import Head

Members = Callable[[int], Sequence[CopyRef]]
Near = Iterable[tuple[CopyRef, Sequence[CopyRef]]]
"""Copies with those that each is to be compared with, ascending."""
Pair = tuple[CopyRef, CopyRef, bool, str]
"""Two copies, the smaller first: whether they are one letter, else in doubt; and what a person should know (Thai)."""
Comparing = Callable[[Mapping[CopyRef, Head], Sequence[CopyRef], Container[CopyRef]], Iterable[Pair]]
Told = tuple[CopyRef, int, bool, bytes]
"""A copy with what :func:`told_of` gives for it."""
_Doubt = tuple[CopyRef, CopyRef, str]


class Index:
    """Heads by key. A key with one head holds it bare, which keeps a million letters small."""

    def __init__(self) -> None:
        self._under: dict[int, CopyRef | list[CopyRef]] = {}

    def add(self, head: Head) -> None:
        """Puts a head under its keys."""
        for key in keys_of(head.facts):
            known = self._under.setdefault(key, head.ref)
            if isinstance(known, list):
                known.append(head.ref)
            elif known is not head.ref:
                self._under[key] = [known, head.ref]

    def put(self, key: int, refs: Iterable[CopyRef]) -> None:
        """Puts heads that are known to have a key under it."""
        self._under[key] = [*refs]

    def under(self, key: int) -> Sequence[CopyRef]:
        """The heads under a key."""
        known = self._under.get(key)
        return () if known is None else known if isinstance(known, list) else (known,)


@dataclass(slots=True)
class Letters:
    """Copies grouped into letters: ``root`` stands for each copy's letter; ``doubts`` (Thai) by copy."""

    root: dict[CopyRef, CopyRef] = field(default_factory=dict)
    doubts: dict[CopyRef, set[str]] = field(default_factory=lambda: defaultdict(set))

    def members(self) -> dict[CopyRef, list[CopyRef]]:
        """The copies of each letter, sorted."""
        found: dict[CopyRef, list[CopyRef]] = defaultdict(list)
        for ref in sorted(self.root):
            found[self.root[ref]].append(ref)
        return found


def group_heads(heads: Mapping[CopyRef, Head], judgements: Iterable[Judgement] = (),
                border: Mapping[CopyRef, str] | None = None, comparing: Comparing | None = None,
                told: Iterable[Told] | None = None) -> Letters:
    """The copies grouped into letters, in any order the same. ``border`` are copies that stay in the letters named
    (:mod:`chain.part`); ``comparing`` compares copies, of which some (the leaders) stand for those that say the
    same; ``told``: what :func:`told_of` gives for each copy, ascending, where it is at hand."""
    merged, apart = _judged(judgements, heads)
    read = _readings(((ref, *told_of(heads[ref])) for ref in sorted(heads)) if told is None else told)
    alike, doubts = _likenesses((comparing or _in_memory)(heads, read.leaders, read.whole), read.whole)
    letters = Letters(grouped(sorted(heads), [*read.pairs, *alike], read.whole.__contains__, merged, apart, border))
    for one, other, doubt in doubts:
        if letters.root[one] != letters.root[other]:
            letters.doubts[one].add(doubt)
            letters.doubts[other].add(doubt)
    for (one, other), doubt in alike.items():
        if letters.root[one] != letters.root[other]:
            letters.doubts[one].add(doubt or _LEFT)
            letters.doubts[other].add(doubt or _LEFT)
        elif doubt:
            letters.doubts[one].add(doubt)
    return letters


_LEFT = "อาจเป็นฉบับเดียวกับอีกฉบับหนึ่ง ยังไม่ได้รวม"


def is_whole(head: Head) -> bool:
    """Whether a head says enough to be told from every other letter: owner code, running number and year."""
    number = head.facts.number
    return bool(number and number.agency and number.serial and head.facts.date)


def related(one: Head, other: Head) -> bool:
    """Whether two copies have to do with each other: one letter, or perhaps one."""
    return compare(one, other).verdict is not Verdict.DIFFERENT


@dataclass(frozen=True, slots=True)
class _Readings:
    """Copies that say the very same need no comparing: pairs of them, and one for each distinct reading (``leaders``,
    by day, so that those which an archive of millions compares lie side by side). ``whole``: all copies that are."""

    pairs: list[tuple[CopyRef, CopyRef]]
    leaders: list[CopyRef]
    whole: set[CopyRef]


def day_of(facts: Facts) -> int:
    """The day a paper names, or the first it may mean, counted on; 0 for none."""
    return facts.date.earliest.toordinal() if facts.date else 0


def told_of(head: Head) -> tuple[int, bool, bytes]:
    """The day of a head, whether it is whole, and sixteen bytes that stand for all it says; none where it does not say
    enough to be one letter with every other that says the same."""
    facts, whole = head.facts, is_whole(head)
    sure = whole and to_the_day(facts.date) and facts.number and facts.number.code
    return day_of(facts), whole, imprint(facts, "" if facts.title else head.body) if sure else b""


def _readings(told: Iterable[Told]) -> _Readings:
    first: dict[bytes, CopyRef] = {}
    pairs, leaders, complete = list[tuple[CopyRef, CopyRef]](), list[tuple[int, CopyRef]](), set[CopyRef]()
    for ref, day, whole, says in told:
        if whole:
            complete.add(ref)
        leader = first.setdefault(says, ref) if says else ref
        if leader is ref:
            leaders.append((day, ref))
        else:
            pairs.append((leader, ref))
    return _Readings(pairs, [ref for _, ref in sorted(leaders, key=itemgetter(0))], complete)


def compared(heads: Mapping[CopyRef, Head], near: Near, whole: Container[CopyRef]) -> Iterator[Pair]:
    """Pairs that are one letter, or may be, in the order of ``near``; none between two that are one by pairs before."""
    met: Roots[CopyRef] = Roots()
    for ref, others in near:
        for other in others:
            both = ref in whole and other in whole
            if other == ref or (both and met.root(ref) == met.root(other)):
                continue
            one, two = (ref, other) if ref < other else (other, ref)
            found = compare(heads[one], heads[two])
            if found.verdict is not Verdict.DIFFERENT:
                yield one, two, found.verdict is Verdict.SAME, found.doubt
            if both and found.verdict is Verdict.SAME:
                met.union(one, two)


def _likenesses(pairs: Iterable[Pair],
                whole: Container[CopyRef]) -> tuple[dict[tuple[CopyRef, CopyRef], str], list[_Doubt]]:
    """Pairs that are one letter, with what a person should know of it (Thai, or nothing), and pairs in doubt; of those
    that were compared in shares, none between two that are one by pairs of another share."""
    alike: dict[tuple[CopyRef, CopyRef], str] = {}
    doubts: list[_Doubt] = []
    met: Roots[CopyRef] = Roots()
    for one, two, same, doubt in pairs:
        both = one in whole and two in whole
        if both and met.root(one) == met.root(two):
            continue
        if same:
            alike[one, two] = doubt
            if both:
                met.union(one, two)
        else:
            doubts.append((one, two, doubt))
    return alike, doubts


def _in_memory(heads: Mapping[CopyRef, Head], leaders: Sequence[CopyRef], whole: Container[CopyRef]) -> Iterator[Pair]:
    """Each leader compared with the others that share a key with it, by an index in memory."""
    index = Index()
    for ref in leaders:
        index.add(heads[ref])
    return compared(heads, ((ref, sorted(partners(heads[ref], index.under))) for ref in leaders), whole)


def partners(head: Head, under: Members) -> set[CopyRef]:
    """Copies that a head has to be compared with."""
    return _under(pair_keys(head.facts), nickname_keys(head.facts), under) - {head.ref}


def _under(keys: Iterable[int], nicknames: frozenset[int], under: Members) -> set[CopyRef]:
    found: set[CopyRef] = set()
    for key in keys:
        members = under(key)
        if key not in nicknames or len(members) <= CROWDED:
            found.update(members)
    return found


def _judged(judgements: Iterable[Judgement], heads: Mapping[CopyRef, Head],
            ) -> tuple[list[tuple[CopyRef, CopyRef]], dict[CopyRef, set[CopyRef]]]:
    """The last word on each pair of copies counts."""
    said: dict[tuple[CopyRef, CopyRef], JudgementKind] = {}
    for judgement in judgements:
        if judgement.kind in (JudgementKind.MERGE, JudgementKind.SPLIT) and judgement.copy and judgement.other:
            low, high = sorted((judgement.copy, judgement.other))
            if low in heads and high in heads:
                said[low, high] = judgement.kind
    apart: dict[CopyRef, set[CopyRef]] = defaultdict(set)
    for (low, high), kind in said.items():
        if kind is JudgementKind.SPLIT:
            apart[low].add(high)
            apart[high].add(low)
    return [pair for pair, kind in said.items() if kind is JudgementKind.MERGE], apart
