"""What hangs together with a letter: its links, its chain, its tasks. Read step by step, never the whole graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive import Archive, TaskRow, Wanted
from archive.sight import Sight
from chain import ChainView, Graph, Hop, Link, LinkState, Node, Step, chain_of

MOST_LETTERS = 1000
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


def tree_of(archive: Archive, node: Node, sight: Sight) -> Tree:
    """The chain of a letter, of letters the reader may see."""
    graph, cut = _around(archive, node, sight)
    view = chain_of(graph, node.id)
    return Tree(view, _branches(view), cut)


def linked(archive: Archive, links: Iterable[Link], end: str, sight: Sight) -> list[tuple[Link, Node | None]]:
    """Each link with the letter at its ``source`` or ``target`` end, one line a letter; hidden letters are left out."""
    ends = [(link, link.source if end == "source" else link.target) for link in links]
    seen = archive.sights.nodes(sight, (one for _, one in ends if one))
    nodes = archive.graph.several(seen)
    found: dict[tuple[str, str], tuple[Link, Node | None]] = {}
    for link, one in ends:
        if one is None or one in nodes:
            found.setdefault((one or str(link.mention), link.state.value), (link, nodes[one] if one else None))
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


def _around(archive: Archive, node: Node, sight: Sight) -> tuple[Graph, bool]:
    """The part of the graph that can be in the chain of a letter: all above it and all below it, step by step."""
    nodes, cut = {node.id: node}, False
    links: dict[object, Link] = {}
    for cited in (True, False):
        here = [node.id]
        while here:
            found = [(link, link.source if cited else link.target)
                     for link in archive.graph.links_beside(here, cited=cited) if link.state is not LinkState.REJECTED]
            fresh = [one for one in dict.fromkeys(other for _, other in found) if one is not None and one not in nodes]
            seen = archive.sights.nodes(sight, fresh)
            wanted = [one for one in fresh if one in seen]
            room = MOST_LETTERS - len(nodes)
            cut = cut or len(wanted) > room
            nodes |= archive.graph.several(wanted[:room])
            links |= {(link.mention, link.target): link for link, other in found if other in nodes}
            here = [one for one in wanted[:room] if one in nodes]
    return Graph(tuple(nodes.values()), tuple(links.values())), cut


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
