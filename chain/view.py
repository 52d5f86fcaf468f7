"""A letter's chain as data: what covers or cites it, and what it covers or cites, with days and levels.

A letter stands above the letters it forwards or cites, as in a packet: newest first, the origin at the bottom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chain.level import Level, level_of
from chain.model import Graph, Link, LinkRelation, LinkState, Node
from letters.errors import NotFound

_STRENGTH = (LinkState.LINKED, LinkState.LIKELY, LinkState.AMBIGUOUS, LinkState.ABSENT)
_WEIGHT = tuple(LinkRelation)  # forwards says more than mentions


class Place(StrEnum):
    """Where a letter of the chain stands, seen from the one asked for."""

    ABOVE = "above"
    ASKED = "asked"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Hop:
    """One letter of the chain."""

    node: Node
    level: Level | None
    place: Place


@dataclass(frozen=True, slots=True)
class Step:
    """``upper`` forwards or cites ``lower`` (node ids). ``days`` from the lower letter's date to the upper's, if both
    have a day. ``links`` are all citations that say so, the surest first; ``link`` is that one."""

    upper: str
    lower: str
    link: Link
    days: int | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChainView:
    """The chain of the letter ``asked`` (node id): its letters and the steps between them, both sorted."""

    asked: str
    hops: tuple[Hop, ...]
    steps: tuple[Step, ...]

    def hop(self, node_id: str) -> Hop:
        """The letter with this id. Raises ``KeyError`` if it is not of this chain."""
        return {hop.node.id: hop for hop in self.hops}[node_id]


def chain_of(graph: Graph, node_id: str) -> ChainView:
    """The chain of one letter, upwards to every letter that stems from it and downwards to its origin.

    Raises :class:`letters.errors.NotFound` for an id that is not in the graph.
    """
    nodes = {node.id: node for node in graph.nodes}
    if node_id not in nodes:
        raise NotFound(node_id)
    steps = _steps(graph.links, nodes)
    above = _reach(node_id, ((step.lower, step.upper) for step in steps))
    below = _reach(node_id, ((step.upper, step.lower) for step in steps))
    place = {**dict.fromkeys(below, Place.BELOW), **dict.fromkeys(above, Place.ABOVE), node_id: Place.ASKED}
    hops = (Hop(nodes[one], level_of(nodes[one].number, nodes[one].issuer), place[one]) for one in place)
    kept = (step for step in steps if {step.upper, step.lower} <= above or {step.upper, step.lower} <= below)
    return ChainView(node_id, tuple(sorted(hops, key=lambda hop: _newest_first(hop.node))), tuple(kept))


def _steps(links: Iterable[Link], nodes: dict[str, Node]) -> list[Step]:
    """One step for each pair of letters; rejected links are none."""
    between: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if link.target is not None and link.target != link.source and link.state is not LinkState.REJECTED:
            between[link.source, link.target].append(link)
    steps = []
    for (upper, lower), found in sorted(between.items()):
        found.sort(key=lambda link: (_STRENGTH.index(link.state), _WEIGHT.index(link.relation), link.mention))
        steps.append(Step(upper, lower, found[0], days_between(nodes[lower], nodes[upper]), tuple(found)))
    return steps


def days_between(earlier: Node, later: Node) -> int | None:
    """Days from one letter's date to the other's; ``None`` unless both are known to the day."""
    first, second = earlier.date and earlier.date.date, later.date and later.date.date
    return (second - first).days if first and second else None


def _reach(start: str, edges: Iterable[tuple[str, str]]) -> set[str]:
    """Everything reached from ``start``, itself included; a circle made by misreadings ends it."""
    onward: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        onward[one].append(other)
    seen, waiting = {start}, [start]
    while waiting:
        fresh = [node for node in onward[waiting.pop()] if node not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return seen


def _newest_first(node: Node) -> tuple[int, str]:
    return (-node.date.latest.toordinal() if node.date else 0, node.id)
