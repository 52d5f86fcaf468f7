"""How letters pass a matter on: which letter covers which, and which letter of a packet is the one received."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

from chain import Copy, CopyRef, Graph, LinkRelation, LinkState, Node
from letters import Letter

_HELD = (LinkState.LINKED, LinkState.LIKELY, LinkState.ABSENT)


class Flow:
    """The graph as seen by tasks: letters, the copies of each, and who forwards whom."""

    def __init__(self, graph: Graph, copies: Iterable[Copy]) -> None:
        self.nodes = {node.id: node for node in graph.nodes}
        self._letters = {copy.ref: copy.letter for copy in copies}
        self.forwards: Mapping[str, set[str]] = defaultdict(set)
        self.forwarded_by: Mapping[str, set[str]] = defaultdict(set)
        cites: set[tuple[str, str]] = set()
        for link in graph.links:
            if link.target is None or link.state not in _HELD or link.source == link.target:
                continue
            cites.add((link.source, link.target))
            if link.relation is LinkRelation.FORWARDS:
                self.forwards[link.source].add(link.target)
                self.forwarded_by[link.target].add(link.source)
        self.received = _received(graph.nodes, cites)

    def reach(self, start: str, edges: Mapping[str, set[str]]) -> list[str]:
        """``start`` and every letter reached over ``edges``, nearest first, each once."""
        seen, waiting = {start: None}, deque([start])
        while waiting:
            fresh = [other for other in sorted(edges.get(waiting.popleft(), ())) if other not in seen]
            seen.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
        return list(seen)

    def origins(self) -> list[str]:
        """Letters that pass on nothing: where matters begin."""
        return sorted(node for node in self.nodes if not self.forwards.get(node))

    def copy_of(self, node_id: str) -> tuple[CopyRef, Letter] | None:
        """The copy of a letter that was read best: most deadlines and actions, then the first. ``None`` if absent."""
        copies = [(ref, self._letters[ref]) for ref in self.nodes[node_id].copies]
        return min(copies, key=lambda one: (-len(one[1].deadlines) - len(one[1].actions), one[0]), default=None)


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
