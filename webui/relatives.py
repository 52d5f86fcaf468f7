"""What hangs together with a letter: its links, its chain, its tasks. Read piece by piece, never the whole graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive import Archive, TaskRow, Wanted
from chain import ChainView, Graph, Hop, Link, LinkState, Node, Step, chain_of
from letters.errors import NotFound

MOST_LETTERS = 400
"""Letters drawn of one chain; beyond, the chain says that it is cut."""

_MOST_TASKS = 60


@dataclass(frozen=True, slots=True)
class Branch:
    """A letter in the tree of a chain: ``step`` is how the letter above it cites it (``None`` at the top), ``again``
    marks one that stands elsewhere in full."""

    hop: Hop
    step: Step | None
    below: tuple[Branch, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """A chain as trees, newest letters on top. ``cut``: there are more letters than are drawn."""

    view: ChainView
    tops: tuple[Branch, ...]
    cut: bool


def tree_of(archive: Archive, node: Node, sees: Callable[[Node], bool]) -> Tree:
    """The chain of a letter, of letters the reader may see."""
    graph, cut = _around(archive, node, sees)
    view = chain_of(graph, node.id)
    return Tree(view, _branches(view), cut)


def linked(archive: Archive, links: Iterable[Link], end: str, sees: Callable[[Node], bool]
           ) -> list[tuple[Link, Node | None]]:
    """Each link with the letter at its ``source`` or ``target`` end, one line a letter; hidden letters are left out."""
    found: dict[tuple[str, str], tuple[Link, Node | None]] = {}
    for link in links:
        node_id = link.source if end == "source" else link.target
        node = _node(archive, node_id) if node_id else None
        if node_id and (node is None or not sees(node)):
            continue
        found.setdefault((node_id or str(link.mention), link.state.value), (link, node))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """One duty of a letter, with the tasks that offices have of it: how many there are and how many are finished."""

    first: TaskRow
    offices: int
    finished: int


def by_duty(rows: Iterable[TaskRow], finished: Callable[[TaskRow], bool]) -> list[Asked]:
    """Tasks gathered by what they ask for, in their order."""
    groups: dict[tuple[str, object], list[TaskRow]] = {}
    for row in rows:
        groups.setdefault((row.task.title, row.task.due), []).append(row)
    return [Asked(group[0], len(group), sum(map(finished, group))) for group in groups.values()]


def tasks_of(archive: Archive, node_id: str, office: str | None) -> list[TaskRow]:
    """Tasks that came with a letter or are evidenced in it, soonest due first; of one office where given."""
    return list(archive.tasks.find(Wanted(office=office, letter=node_id), limit=_MOST_TASKS))


def _around(archive: Archive, node: Node, sees: Callable[[Node], bool]) -> tuple[Graph, bool]:
    """The part of the graph that can be in the chain of a letter: all above it and all below it."""
    nodes, links = {node.id: node}, {}
    cut = False
    for upwards in (True, False):
        waiting = [node.id]
        while waiting:
            here = waiting.pop(0)
            for link in archive.graph.links_to(here) if upwards else archive.graph.links_from(here):
                other = link.source if upwards else link.target
                if other is None or link.state is LinkState.REJECTED:
                    continue
                if other not in nodes:
                    if len(nodes) >= MOST_LETTERS:
                        cut = True
                        continue
                    fresh = _node(archive, other)
                    if fresh is None or not sees(fresh):
                        continue
                    nodes[other] = fresh
                    waiting.append(other)
                links[link.mention, link.target] = link
    return Graph(tuple(nodes.values()), tuple(links.values())), cut


def _node(archive: Archive, node_id: str) -> Node | None:
    try:
        return archive.graph.node(node_id)
    except NotFound:
        return None


def _branches(view: ChainView) -> tuple[Branch, ...]:
    hops = {hop.node.id: hop for hop in view.hops}
    below: dict[str, list[Step]] = {}
    for step in view.steps:
        below.setdefault(step.upper, []).append(step)
    lower = {step.lower for step in view.steps}
    drawn: set[str] = set()

    def draw(hop: Hop, step: Step | None) -> Branch:
        if hop.node.id in drawn:
            return Branch(hop, step, (), again=True)
        drawn.add(hop.node.id)
        return Branch(hop, step, tuple(draw(hops[one.lower], one) for one in below.get(hop.node.id, ())))

    tops = [hop for hop in view.hops if hop.node.id not in lower] or [view.hop(view.asked)]
    return tuple(draw(hop, None) for hop in tops)
