"""Pages of long lists: what a reader may not see is left out, and the page is filled up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

PAGE = 25
_MOST_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """One page of a list. ``after``: the key the next page begins behind, ``None`` on the last page."""

    items: tuple[T, ...]
    after: str | None


def gather(fetch: Callable[[str | None, int], Sequence[T]], key: Callable[[T], str], keep: Callable[[T], bool],
           after: str | None, size: int = PAGE) -> Listing[T]:
    """The next ``size`` kept items behind ``after``. ``fetch(after, limit)`` gives items in order.

    Looks through a limited number of items, so that a reader who may see next to nothing does not wait for ever; the
    page is then short, and the next one goes on from there.
    """
    kept: list[T] = []
    for _ in range(_MOST_ROUNDS):
        some = fetch(after, size + 1)
        for place, item in enumerate(some):
            if keep(item):
                kept.append(item)
            after = key(item)
            if len(kept) == size:
                more = place + 1 < len(some)
                return Listing(tuple(kept), after if more else None)
        if len(some) <= size:
            return Listing(tuple(kept), None)
    return Listing(tuple(kept), after)
