"""The search box: numbers and dates are looked up in the archive, words in the index."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from archive import Archive
from chain import Match, Node, look_up
from chain.asked import understand
from letters import LetterNumber
from letters.errors import IndexUnavailable
from webui.access import sight
from webui.current import archive, house, user
from webui.secrecy import sees

blueprint = Blueprint("search", __name__)

PAGE = 20
_MOST_MATCHES = 20
_LONGEST_QUERY = 300
_MOST_ROUNDS = 20
_NEAR_LOOKED_AT = 20_000
"""Letters compared one by one where no number agrees exactly."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the index found: letters with their snippets (safe HTML), ``total`` in all, the hit that the ``next`` page
    begins with, ``trouble`` if the index is out."""

    hits: tuple[tuple[Node, str], ...] = ()
    total: int = 0
    relaxed: bool = False
    trouble: str = ""
    next: int | None = None


@blueprint.get("/search")
def results() -> ResponseReturnValue:
    """Both answers on one page."""
    query = request.args.get("q", "").strip()[:_LONGEST_QUERY]
    start = max(0, request.args.get("start", 0, type=int))
    if not query:
        return render_template("search.html", query="", matches=(), words_found=Words(), start=0, page=PAGE)
    here = archive()
    return render_template("search.html", query=query, matches=() if start else by_number(here, query),
                           words_found=by_words(here, query, start), start=start, page=PAGE)


def by_number(here: Archive, query: str) -> list[Match]:
    """Letters that a typed number or date means: by the table of numbers first, then by likeness."""
    asked = understand(query)
    if asked.empty:
        return []
    nodes: list[Node] = []
    if asked.serial and not asked.loose:
        number = LetterNumber(asked.code, asked.agency, bool(asked.circular), asked.serial)
        nodes = here.graph.nodes_by_number(number)
    elif asked.date and not (asked.code or asked.agency or asked.serial):
        nodes = here.graph.nodes_by_date(asked.date.earliest, asked.date.latest)
    found = look_up(query, nodes or here.graph.nodes(limit=_NEAR_LOOKED_AT, sight=sight()))
    seen = (match for match in found if sees(here, user(), match.node))
    return list(itertools.islice(seen, _MOST_MATCHES))


def by_words(here: Archive, query: str, start: int) -> Words:
    """Letters that hold the words, those the reader may see, from the index's hit ``start`` on. How many there are in
    all is told only to who sees the whole house; secret letters are in no index."""
    seen, hits, at = sight(), list[tuple[Node, str]](), start
    for _ in range(_MOST_ROUNDS):
        try:
            found = house().engine().search(query, limit=PAGE, offset=at)
        except IndexUnavailable as error:
            return Words(trouble=f"{error.what['th']} – {error.remedy['th']}")  # its detail names a folder
        visible = here.sights.nodes(seen, (hit.id for hit in found.hits))
        for hit in found.hits:
            at += 1
            if hit.id in visible:
                hits.append((here.graph.node(hit.id), hit.snippet))
            if len(hits) == PAGE:
                break
        if len(hits) == PAGE or at >= found.total:
            break
    more = at < found.total
    total = found.total if seen.whole else start + len(hits) + int(more)
    return Words(tuple(hits), total, found.relaxed, next=at if more else None)
