"""Ids that stay: a letter keeps its id whatever is read of it later, and whoever arrives.

An id is minted when a letter is first seen, from the place where it was first seen (a copy, or a citation of it). It
belongs to those places: whichever letter holds most of them has the id. Where two letters are found to be one, the
oldest id stands and the others become aliases; where one is found to be two, the part that lost the id gets a new
one.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chain.model import CopyRef, Graph, MentionRef

Place = CopyRef | MentionRef


@dataclass(frozen=True, slots=True)
class Known:
    """Ids given so far: where each is at home (copies, and citations of letters that are not here), in which order they
    were born; ``born`` holds every id ever given."""

    at: Mapping[Place, str] = field(default_factory=dict)
    born: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """The id of each letter, in the order asked, and old ids with the one that stands for them now."""

    ids: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...]


def known_of(graph: Graph, before: Known) -> Known:
    """The ids as they stand after a graph was made."""
    absent = {node.id for node in graph.nodes if node.absent}
    at: dict[Place, str] = {ref: node.id for node in graph.nodes for ref in node.copies}
    at.update((link.mention, link.target) for link in graph.links if link.target in absent and link.target)
    born = dict(before.born)
    for node in graph.nodes:
        born.setdefault(node.id, len(born))
    return Known(at, born)


def settle(letters: Sequence[Sequence[Place]], known: Known) -> Settled:
    """Ids for letters, each given as the places it stands at: its copies, or the citations of a placeholder.
    Citations of a letter that has copies are places too where the letter was a placeholder before. In any order the
    same."""
    heirs = _heirs(letters, known)
    oldest: dict[int, list[str]] = defaultdict(list)
    for name, letter in heirs.items():
        oldest[letter].append(name)
    ids: dict[int, str] = {}
    aliases: list[tuple[str, str]] = []
    for letter, names in oldest.items():
        ids[letter], *others = sorted(names, key=lambda name: (known.born.get(name, 0), name))
        aliases += [(other, ids[letter]) for other in others]
    taken = set(ids.values()) | {name for name, _ in aliases}
    for letter in sorted(set(range(len(letters))) - set(ids), key=lambda letter: _first(letters[letter])):
        ids[letter] = _mint(_first(letters[letter]), known, taken)
        taken.add(ids[letter])
    return Settled(tuple(ids[letter] for letter in range(len(letters))), tuple(sorted(aliases)))


def _heirs(letters: Sequence[Sequence[Place]], known: Known) -> dict[str, int]:
    """For each old id the letter that holds most of its places; copies count before citations, then the first place."""
    claims: dict[str, Counter[int]] = defaultdict(Counter)
    for letter, places in enumerate(letters):
        for place in places:
            if (name := known.at.get(place)) is not None:
                claims[name][letter] += 1_000_000 if isinstance(place, CopyRef) else 1
    return {name: min(held, key=lambda letter: (-held[letter], _first(letters[letter])))
            for name, held in claims.items()}


def _first(places: Sequence[Place]) -> str:
    return min(_text(place) for place in places)


def _text(place: Place) -> str:
    if isinstance(place, CopyRef):
        return f"copy {place.packet}/{place.index:05d}"
    return f"mention {place.copy.packet}/{place.copy.index:05d}/{place.reference:05d}"


def _mint(place: str, known: Known, taken: Container[str]) -> str:
    """16 hex digits of the place where it was first seen; of the same with a count where that id is another's now."""
    return next(name for name in names(place) if name not in taken and name not in known.born)


def names(place: str, most: int = 1000) -> Iterator[str]:
    """The ids that can be minted from a place, in their order."""
    for count in range(most):
        yield hashlib.sha256(f"{place} {count or ''}".strip().encode()).hexdigest()[:16]


def first_names(places: Sequence[Place], most: int) -> list[str]:
    """The first ids that a letter at these places could be given."""
    return list(names(_first(places), most))
