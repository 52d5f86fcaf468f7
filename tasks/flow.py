"""How letters pass a matter on: which covers which, which reminds of which or moves its day, and which was received."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping

from chain import Copy, CopyRef, Graph, LinkRelation, LinkState, Node
from letters import Letter

_HELD = (LinkState.LINKED, LinkState.LIKELY, LinkState.ABSENT)
_SURE = (LinkState.LINKED, LinkState.LIKELY)
_FOLLOW_UP = (LinkRelation.AMENDS, LinkRelation.FOLLOWS)

Edges = Mapping[str, set[str]]


class Flow:
    """The graph as seen by tasks. ``forwards`` and ``forwarded_by``: who covers whom; ``follows`` and ``followed_by``:
    who reminds of whom or moves whose day (an older letter never does); ``amends``: the latter alone; ``cancelled``:
    letters that a later one takes back; ``received``: letters on top of a packet."""

    def __init__(self, graph: Graph, copies: Iterable[Copy]) -> None:
        self.nodes = {node.id: node for node in graph.nodes}
        self._letters = {copy.ref: copy.letter for copy in copies}
        self.forwards, self.forwarded_by = _both_ways(_pairs(graph, self.nodes, (LinkRelation.FORWARDS,)))
        amending = set(_pairs(graph, self.nodes, (LinkRelation.AMENDS,)))
        following = _acyclic(self.nodes, _pairs(graph, self.nodes, _FOLLOW_UP))
        self.follows, self.followed_by = _both_ways(following)
        self.amends, _ = _both_ways(pair for pair in following if pair in amending)
        self.cancelled = frozenset(
            target for source, target in _pairs(graph, self.nodes, (LinkRelation.CANCELS,), _SURE)
            if _not_older(self.nodes[source], self.nodes[target]))
        self.received = _received(graph.nodes, set(_pairs(graph, self.nodes, tuple(LinkRelation))))

    def reach(self, start: str, *edges: Edges) -> list[str]:
        """``start`` and every letter reached over any of the ``edges``, nearest first, each once."""
        seen, waiting = {start: None}, deque([start])
        while waiting:
            here = waiting.popleft()
            onward = sorted({other for some in edges for other in some.get(here, ())})
            fresh = [other for other in onward if other not in seen]
            seen.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
        return list(seen)

    def origins(self) -> list[str]:
        """Letters where matters begin: they pass on nothing and follow nothing up."""
        return sorted(node for node in self.nodes if not self.forwards.get(node) and not self.follows.get(node))

    def copy_of(self, node_id: str) -> tuple[CopyRef, Letter] | None:
        """The copy of a letter that was read best: most deadlines and actions, then the first. ``None`` if absent."""
        return min(self.copies_of(node_id), key=lambda one: (-len(one[1].deadlines) - len(one[1].actions), one[0]),
                   default=None)

    def copies_of(self, node_id: str) -> list[tuple[CopyRef, Letter]]:
        """All copies of a letter."""
        return [(ref, self._letters[ref]) for ref in self.nodes[node_id].copies]


def _pairs(graph: Graph, nodes: Mapping[str, Node], relations: tuple[LinkRelation, ...],
           states: tuple[LinkState, ...] = _HELD) -> Iterator[tuple[str, str]]:
    """Source and target of the links of these relations that hold."""
    for link in graph.links:
        held = link.relation in relations and link.state in states and link.target != link.source
        if held and link.target is not None and link.target in nodes:
            yield link.source, link.target


def _both_ways(pairs: Iterable[tuple[str, str]]) -> tuple[Edges, Edges]:
    onward: dict[str, set[str]] = defaultdict(set)
    back: dict[str, set[str]] = defaultdict(set)
    for source, target in pairs:
        onward[source].add(target)
        back[target].add(source)
    return onward, back


def _acyclic(nodes: Mapping[str, Node], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs whose source is not older than its target; of two that point at each other, one."""
    every = {pair for pair in pairs if _not_older(nodes[pair[0]], nodes[pair[1]])}
    return sorted(pair for pair in every if pair[::-1] not in every or pair[0] > pair[1])


def _not_older(source: Node, target: Node) -> bool:
    return source.date is None or target.date is None or source.date.latest >= target.date.earliest


def _received(nodes: Iterable[Node], cites: set[tuple[str, str]]) -> frozenset[str]:
    """Letters that lie on top of a packet: no letter before them in it cites them. What lies below is enclosed, or is
    an older letter added for information."""
    packets: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for node in nodes:
        for ref in node.copies:
            packets[ref.packet].append((ref.index, node.id))
    top: set[str] = set()
    for letters in packets.values():
        above: list[str] = []
        for _, node_id in sorted(letters):
            if node_id not in above and not any((upper, node_id) in cites for upper in above):
                top.add(node_id)
            above.append(node_id)
    return frozenset(top)
