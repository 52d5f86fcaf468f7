"""Which letter of a packet is which after it was read anew: where it is cut differently, all behind the cut stand at
other places, and what is told of a letter by its place must go with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from chain.facts import alike
from chain.ids import Known, Place
from chain.model import CopyRef, MentionRef
from chain.records import Head, Mention

Records = tuple[Iterable[Head], Iterable[Mention]]

_ENOUGH = 0.8      # of likeness, from which two readings are of one letter
_SAME_NUMBER = 1.0
_SAME_PLACE = 0.25  # a letter rather stays where it was


def moved(old: Iterable[Head], new: Iterable[Head]) -> dict[CopyRef, CopyRef]:
    """For each copy of a new reading of a packet the copy of the old reading that it was, by number and words; one that
    is like none was the one at its place, if that is nobody else's now."""
    before, after = list(old), list(new)
    pairs = sorted((-_likeness(one, other), other.ref, one.ref) for other in after for one in before
                   if other.ref.packet == one.ref.packet)
    found: dict[CopyRef, CopyRef] = {}
    left = {one.ref for one in before}
    for cost, now, was in pairs:
        if -cost >= _ENOUGH and now not in found and was in left:
            found[now] = was
            left.discard(was)
    found.update((one.ref, one.ref) for one in after if one.ref not in found and one.ref in left)
    return found


def moved_citations(old: Iterable[Mention], new: Iterable[Mention],
                    was: Mapping[CopyRef, CopyRef]) -> dict[MentionRef, MentionRef]:
    """The same for citations: the one of the same letter that says the same, or stands at the same place among its."""
    before: dict[CopyRef, list[Mention]] = defaultdict(list)
    for mention in old:
        before[mention.ref.copy].append(mention)
    found: dict[MentionRef, MentionRef] = {}
    for mention in new:
        there = before.get(was.get(mention.ref.copy, mention.ref.copy), [])
        same = [one.ref for one in there if one.cited == mention.cited]
        same += [one.ref for one in there if one.ref.reference == mention.ref.reference]
        if same:
            found[mention.ref] = same[0]
    return found


def stood(old: Records, new: Records) -> dict[Place, Place]:
    """For the copies and citations of a new reading of some packets those of the old reading that they were."""
    was = moved(old[0], new[0])
    cited = moved_citations(old[1], new[1], was)
    return {place: before for one in (was, cited) for place, before in one.items()}


def rehomed(known: Known, packets: Container[str], was: Mapping[Place, Place]) -> Known:
    """The ids at home at the places of a new reading of some packets, in place of the old reading's."""
    at = {place: name for place, name in known.at.items() if _packet(place) not in packets}
    at.update((now, known.at[before]) for now, before in was.items() if before in known.at)
    return Known(at, known.born)


def _packet(place: Place) -> str:
    return place.packet if isinstance(place, CopyRef) else place.copy.packet


def _likeness(one: Head, other: Head) -> float:
    number = one.own.number
    same = number is not None and number.serial is not None and number == other.own.number
    return ((alike(one.body, other.body) or 0) / 100 + _SAME_NUMBER * same
            + _SAME_PLACE * (one.ref.index == other.ref.index))
