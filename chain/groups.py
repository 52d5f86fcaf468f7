"""Things that are one, from pairs that are alike: order never counts, and what says too little joins nobody's feud.

What is *whole* (enough is known to tell it from all others) is grouped by its likenesses. What is not whole joins a
group only if all it is like are in that one group: an undated letter is not to tie two years' letters together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Generic, Protocol, TypeVar


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=_Ordered)


class Roots(Generic[K]):
    """A union-find; the smallest member stands for its group."""

    def __init__(self) -> None:
        self._above: dict[K, K] = {}

    def root(self, item: K) -> K:
        """Who stands for the item's group."""
        top = item
        while (above := self._above.get(top, top)) != top:
            top = above
        while (above := self._above.get(item, item)) != top:
            self._above[item], item = top, above
        return top

    def union(self, one: K, other: K) -> None:
        """Makes two groups one."""
        one, other = self.root(one), self.root(other)
        if one != other:
            low, high = (one, other) if one < other else (other, one)
            self._above[high] = low


def grouped(items: Iterable[K], alike: Iterable[tuple[K, K]], whole: Callable[[K], bool],
            tied: Iterable[tuple[K, K]] = (), apart: Mapping[K, Collection[K]] | None = None,
            border: Mapping[K, str] | None = None) -> dict[K, K]:
    """Each item with the one that stands for its group.

    ``alike``: pairs that are one unless something speaks against it. ``tied``: pairs that are one by decision.
    ``apart``: for an item those a person said it is not one with, in both directions. ``border``: items of groups of
    which only a part is seen, with their group's name; they stay where they are, and what is not whole may join them.
    """
    members, pairs, edge = list(items), list(alike), border or {}
    bound = [*tied, *_ties(edge)]
    held = {item for pair in bound for item in pair} | set(edge)
    fixed = {item for item in members if item in held or whole(item)}
    roots: Roots[K] = Roots()
    for one, other in bound:
        roots.union(one, other)
    for one, other in pairs:
        if (one in fixed) == (other in fixed) and one not in edge and other not in edge:
            roots.union(one, other)
    _attach(pairs, fixed, roots)
    found = {item: roots.root(item) for item in members}
    return _split(found, pairs, bound, apart) if apart else found


def _ties(border: Mapping[K, str]) -> list[tuple[K, K]]:
    first: dict[str, K] = {}
    return [(first.setdefault(border[item], item), item) for item in sorted(border)]


def _attach(pairs: Iterable[tuple[K, K]], fixed: Collection[K], roots: Roots[K]) -> None:
    """What is not whole to the only group it is like."""
    likes: dict[K, set[K]] = defaultdict(set)
    for one, other in pairs:
        if (one in fixed) != (other in fixed):
            loose, firm = (other, one) if one in fixed else (one, other)
            likes[roots.root(loose)].add(roots.root(firm))
    for loose, groups in likes.items():
        if len(groups) == 1:
            roots.union(loose, *groups)


def _split(found: dict[K, K], pairs: Iterable[tuple[K, K]], bound: Iterable[tuple[K, K]],
           apart: Mapping[K, Collection[K]]) -> dict[K, K]:
    """Groups that a person's word divides, put together again without the pairs that would break it."""
    torn = {found[item] for item, others in apart.items() if item in found
            for other in others if other in found and found[other] == found[item]}
    if not torn:
        return found
    roots: Roots[K] = Roots()
    within: dict[K, set[K]] = {item: {item} for item, root in found.items() if root in torn}
    for one, other in [*sorted(set(bound)), *sorted(set(pairs))]:
        if one not in within or other not in within or found[one] != found[other]:
            continue
        first, second = roots.root(one), roots.root(other)
        if first == second or any(not within[second].isdisjoint(apart.get(item, ())) for item in within[first]):
            continue
        roots.union(first, second)
        within[roots.root(first)] = within[first] | within[second]
    return {item: roots.root(item) if root in torn else root for item, root in found.items()}
