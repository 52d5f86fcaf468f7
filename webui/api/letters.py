"""Letters: the list, one with its copies, its links and its chain, and search."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from msgspec import Meta

from chain import Link, Node
from letters.errors import BadRequest, NotFound
from parsing.contract import letter_json
from webui.access import sight
from webui.api import shapes
from webui.api.core import Closed, Open, operation
from webui.api.paging import Paged, cursor_of, key_of
from webui.chaintold import told
from webui.current import archive, house, user
from webui.finding import FACETS, Finder, Sought
from webui.relatives import tree_of
from webui.secrecy import note_read, visible_node

_Words = Annotated[str, Meta(max_length=300)]


class LetterQuery(Paged):
    """``first`` and ``last``: days (CE, both inclusive) between which the date may lie; ``sender``: words of the
    issuer; ``absent``: only those cited but not here (``true``), or only those here (``false``)."""

    first: dt.date | None = None
    last: dt.date | None = None
    sender: _Words | None = None
    absent: bool | None = None


class Letters(Open):
    """A page of letters."""

    items: tuple[shapes.Letter, ...]
    next: str | None


class Read(Open):
    """A copy as read: the packet's name, and ``contract``: what ``saraban parse`` writes of it."""

    copy: shapes.Copy
    packet_name: str
    contract: dict[str, Any]


class WholeLetter(Open):
    """A letter with the copies that the asker sees."""

    letter: shapes.Letter
    read: tuple[Read, ...]


class LinkRow(Open):
    """A citation. ``other`` is the letter at its far end (``null``: it names none); ``mention`` is where it stands: the
    citing copy and the place of the citation in it."""

    relation: str
    state: str
    score: float
    reasons: tuple[str, ...]
    reasons_en: tuple[str, ...]
    rule: str
    mention: shapes.Copy
    reference: int
    evidence: str | None
    other: shapes.Letter | None
    rivals: tuple[str, ...]


class Links(Open):
    """What a letter cites (``out``) and where it is cited (``into``)."""

    out: tuple[LinkRow, ...]
    into: tuple[LinkRow, ...]


class ChainReport(Open):
    """The chain of a letter, newest first: ``letters``, the ``steps`` between them as ``saraban chain --json`` writes
    them; ``cut``: there are more letters than are told."""

    asked: str
    letters: tuple[dict[str, Any], ...]
    steps: tuple[dict[str, Any], ...]
    cut: bool


class SearchQuery(Closed):
    """``q``: a number, a date, or words; ``start``: from which hit on. ``first`` and ``last``: days (CE); ``sender``
    and ``person``: whole names; ``deadline``: ``yes``; the other filters by the values that ``counts`` tells."""

    q: Annotated[str, Meta(max_length=300)] = ""
    start: Annotated[int, Meta(ge=0, le=10_000)] = 0
    first: dt.date | None = None
    last: dt.date | None = None
    sender_words: _Words = ""
    sender: _Words = ""
    person: _Words = ""
    kind: _Words = ""
    urgency: _Words = ""
    domain: _Words = ""
    deadline: _Words = ""
    year: _Words = ""
    state: _Words = ""


class Match(Open):
    """A letter that a typed number or date means; ``differs`` says in Thai what does not agree."""

    letter: shapes.Letter
    score: float
    differs: tuple[str, ...]


class Hit(Open):
    """A letter that holds the words; ``snippet`` is HTML, safe, with the words in ``mark``."""

    letter: shapes.Letter
    snippet: str


class Answers(Open):
    """Letters by number or date, and by words. ``total``: how many hold the words; ``counts``: how many of them by
    filter and value; ``relaxed``: no letter holds all the words; ``next``: the ``start`` of the next page of hits;
    ``trouble`` in Thai where words cannot be searched now."""

    matches: tuple[Match, ...]
    hits: tuple[Hit, ...]
    total: int
    counts: dict[str, dict[str, int]]
    relaxed: bool
    next: int | None
    trouble: str


@operation("GET", "/letters", "letters", Letters)
def letters(query: LetterQuery) -> Letters:
    """Letters, newest first, undated ones last."""
    found = archive().graph.nodes(
        key_of(query.cursor), query.limit + 1, first=query.first, last=query.last, sender=query.sender,
        absent=query.absent, sight=sight())
    page = found[: query.limit]
    return Letters(items=tuple(map(shapes.letter, page)),
                   next=cursor_of(page[-1].id if len(found) > query.limit else None))


@operation("GET", "/letters/<node_id>", "letters", WholeLetter)
def letter(node_id: str) -> WholeLetter:
    """One letter, and what was read of each copy."""
    here = archive()
    node = visible_node(here, user(), node_id)
    refs = here.sights.copies(sight(), node.copies)
    note_read(here, user(), f"letter:{node.id}", refs, "api")
    return WholeLetter(letter=shapes.letter(node), read=tuple(
        Read(copy=shapes.copy(one.ref), packet_name=one.packet_name, contract=letter_json(one.letter))
        for one in map(here.letters.copy, refs)))


@operation("GET", "/letters/<node_id>/links", "letters", Links)
def letter_links(node_id: str) -> Links:
    """Its citations, rejected ones too, to and from letters that the asker sees."""
    here = archive()
    node = visible_node(here, user(), node_id)
    note_read(here, user(), f"letter:{node.id}", node.copies, "links")
    return Links(out=_rows(here.graph.links_from(node.id), "target"),
                 into=_rows(here.graph.links_to(node.id), "source"))


@operation("GET", "/letters/<node_id>/chain", "letters", ChainReport)
def letter_chain(node_id: str) -> ChainReport:
    """From the letters that pass it on down to its origin, as far as the asker sees."""
    here, person = archive(), user()
    node = visible_node(here, person, node_id)
    note_read(here, person, f"letter:{node.id}", node.copies, "chain")
    tree = tree_of(here, node, sight())
    whole = told(here, tree, sight())
    return ChainReport(asked=whole["asked"], letters=tuple(whole["letters"]), steps=tuple(whole["steps"]), cut=tree.cut)


@operation("GET", "/search", "search", Answers)
def search(query: SearchQuery) -> Answers:
    """The search box: numbers and dates from the archive, words from the index."""
    finder, sought = Finder(archive(), house().engine(), sight()), _sought(query)
    if not sought.asks:
        raise BadRequest("q", "words, or a filter")
    found = finder.by_words(sought, query.start)
    asks_number = sought.query and not query.start and not sought.narrowed
    matches = finder.by_number(sought.query) if asks_number else []
    return Answers(
        matches=tuple(Match(letter=shapes.letter(one.node), score=one.score, differs=one.differs) for one in matches),
        hits=tuple(Hit(letter=shapes.letter(node), snippet=str(snippet)) for node, snippet in found.hits),
        total=found.total, counts={name: dict(values) for name, values in found.counts.items()},
        relaxed=found.relaxed, next=found.next, trouble=found.trouble)


def _sought(query: SearchQuery) -> Sought:
    given = {name: getattr(query, name).strip() for name in FACETS}
    days = {name: day.isoformat() if day else "" for name, day in (("first", query.first), ("last", query.last))}
    return Sought(query.q.strip(), {**days, **given, "from": query.sender_words.strip()}, query.first, query.last)


def _rows(links: list[Link], end: str) -> tuple[LinkRow, ...]:
    rows = []
    for link in links:
        node_id = getattr(link, end)
        other = _node(node_id) if node_id else None
        if node_id is None or other is not None:
            rows.append(_row(link, other))
    return tuple(rows)


def _row(link: Link, other: Node | None) -> LinkRow:
    return LinkRow(
        relation=link.relation.value, state=link.state.value, score=link.score, reasons=link.reasons,
        reasons_en=link.reasons_en, rule=link.rule, mention=shapes.copy(link.mention.copy),
        reference=link.mention.reference, evidence=link.evidence.text if link.evidence else None,
        other=shapes.letter(other) if other else None, rivals=link.rivals)


def _node(node_id: str) -> Node | None:
    try:
        return visible_node(archive(), user(), node_id)
    except NotFound:
        return None
