"""Which copies are one letter: exact keys first, then what agrees in all but a slip, never against a person's word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chain.blocks import Blocks, pair_keys
from chain.facts import to_the_day
from chain.heads import Comparison, Head, Verdict, compare
from chain.model import CopyRef, Judgement, JudgementKind

_LEADERS = 16  # distinct readings of one letter that a new copy is held against


@dataclass(frozen=True, slots=True)
class Cluster:
    """The copies of one letter, sorted, with the doubts their merging or staying apart left (Thai)."""

    heads: tuple[Head, ...]
    doubts: tuple[str, ...]


def cluster(heads: Iterable[Head], judgements: Iterable[Judgement] = ()) -> list[Cluster]:
    """The copies grouped into letters. The order of ``heads`` does not matter; the clusters come sorted by copy."""
    groups = _Groups(sorted(heads, key=lambda head: head.ref), judgements)
    groups.merge_judged()
    leaders = groups.merge_exact()
    groups.merge_near(leaders)
    return groups.clusters()


class _Groups:
    """A union-find over copies that knows which merges a person forbade."""

    def __init__(self, heads: Sequence[Head], judgements: Iterable[Judgement]) -> None:
        self.heads = heads
        self.parent = list(range(len(heads)))
        self.members = [[place] for place in range(len(heads))]
        self.leaders = [[place] for place in range(len(heads))]
        self.doubts: list[tuple[int, str]] = []
        place = {head.ref: position for position, head in enumerate(heads)}
        self.joined, self.apart = _judged_pairs(judgements, place)

    def root(self, place: int) -> int:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def forbidden(self, one: int, other: int) -> bool:
        """Whether a person split a copy of one group from a copy of the other."""
        if not self.apart:
            return False
        smaller, larger = sorted((self.members[one], self.members[other]), key=len)
        return any(not self.apart[place].isdisjoint(larger) for place in smaller if place in self.apart) or any(
            not self.apart[place].isdisjoint(smaller) for place in larger if place in self.apart)

    def union(self, first: int, second: int) -> bool:
        """Makes both one letter; ``False`` if a person said no."""
        one, other = sorted((self.root(first), self.root(second)))
        if one == other:
            return True
        if self.forbidden(one, other):
            return False
        self.parent[other] = one
        for lists in (self.members, self.leaders):
            if len(lists[other]) > len(lists[one]):
                lists[one], lists[other] = lists[other], lists[one]
            lists[one].extend(lists[other])
            lists[other] = []
        return True

    def merge_judged(self) -> None:
        for first, second in self.joined:
            self.union(first, second)

    def merge_exact(self) -> list[int]:
        """Merges copies with one number and day; gives one copy for each distinct reading left."""
        buckets: dict[object, list[int]] = defaultdict(list)
        for place, head in enumerate(self.heads):
            number, date = head.facts.number, head.facts.date
            whole = number and number.code and number.agency and number.serial and to_the_day(date)
            buckets[(number.key(None), date) if number and whole else place].append(place)
        return [leader for bucket in buckets.values() for leader in self._lead(bucket)]

    def _lead(self, bucket: list[int]) -> list[int]:
        leaders: list[int] = []
        for place in bucket:
            same = (leader for leader in leaders[:_LEADERS] if self._compare(leader, place).verdict is Verdict.SAME)
            leader = next(same, None)
            if leader is None or not self.union(leader, place):
                leaders.append(place)
            else:
                root = self.root(place)
                self.leaders[root] = [kept for kept in self.leaders[root] if kept != place]
        return leaders

    def merge_near(self, leaders: list[int]) -> None:
        """Merges what agrees in all but a slip, the surest first; notes what stays apart in doubt."""
        open_pairs: list[tuple[float, int, int, str]] = []
        for first, second in _pairs(self.heads, leaders):
            found = self._compare(first, second)
            if found.verdict is not Verdict.DIFFERENT:
                strength = found.strength if found.verdict is Verdict.SAME else 0.0
                open_pairs.append((-strength, first, second, found.doubt))
        for strength, first, second, doubt in sorted(open_pairs):
            if self.root(first) == self.root(second) or self.forbidden(self.root(first), self.root(second)):
                continue
            if strength and not self._contradiction(first, second) and self.union(first, second):
                self._note(doubt, first)
            else:
                self._note(doubt or "อาจเป็นฉบับเดียวกับอีกฉบับหนึ่ง ยังไม่ได้รวม", first, second)

    def _contradiction(self, first: int, second: int) -> bool:
        ours, theirs = self.leaders[self.root(first)], self.leaders[self.root(second)]
        return any(self._compare(one, other).verdict is Verdict.DIFFERENT
                   for one in ours[:_LEADERS] for other in theirs[:_LEADERS])

    def _compare(self, first: int, second: int) -> Comparison:
        return compare(self.heads[first], self.heads[second])

    def _note(self, doubt: str, *places: int) -> None:
        self.doubts.extend((place, doubt) for place in places if doubt)

    def clusters(self) -> list[Cluster]:
        """The groups as they stand."""
        doubts: dict[int, set[str]] = defaultdict(set)
        for place, doubt in self.doubts:
            doubts[self.root(place)].add(doubt)
        return [Cluster(tuple(self.heads[place] for place in sorted(self.members[root])), tuple(sorted(doubts[root])))
                for root in range(len(self.heads)) if self.parent[root] == root]


def _pairs(heads: Sequence[Head], leaders: list[int]) -> list[tuple[int, int]]:
    """Pairs of leaders that share a block, each once."""
    blocks = Blocks()
    for place in sorted(leaders, key=lambda place: (heads[place].facts.title, heads[place].ref)):
        blocks.add(place, pair_keys(heads[place].facts, heads[place].ref.packet))
    return sorted({(min(pair), max(pair)) for pair in blocks.pairs()})


def _judged_pairs(judgements: Iterable[Judgement], place: dict[CopyRef, int],
                  ) -> tuple[list[tuple[int, int]], dict[int, set[int]]]:
    joined: list[tuple[int, int]] = []
    apart: dict[int, set[int]] = defaultdict(set)
    for judgement in judgements:
        if judgement.copy in place and judgement.other in place:
            first, second = place[judgement.copy], place[judgement.other]
            if judgement.kind is JudgementKind.MERGE:
                joined.append((min(first, second), max(first, second)))
            elif judgement.kind is JudgementKind.SPLIT:
                apart[first].add(second)
                apart[second].add(first)
    return sorted(joined), apart
