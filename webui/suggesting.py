"""What the search box offers while somebody types: letters by number, days, senders, persons, subjects, and a spelling
that is near where nothing else is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flask import url_for
from flask_babel import gettext as _

from archive.searches import SavedSearch
from chain.asked import understand
from letters.errors import IndexUnavailable
from webui.filters import query as query_string
from webui.filters import thai_date
from webui.finding import Finder, Sought

SHORTEST, MOST = 2, 9
_EACH = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One row of the list: an icon's name, the words, what kind of thing it is, and where it leads."""

    icon: str
    label: str
    detail: str
    url: str


def suggestions(finder: Finder, saved: tuple[SavedSearch, ...], typed: str) -> list[Suggestion]:
    """Rows for what was typed so far, the surest first; none for a single sign."""
    words = typed.strip()
    if len(words) < SHORTEST:
        return []
    try:
        found = list(islice(_rows(finder, saved, words), MOST))
        return found or list(_nearly(finder, words))
    except IndexUnavailable:
        return list(islice(_numbers(finder, words), MOST))


def _rows(finder: Finder, saved: tuple[SavedSearch, ...], words: str) -> Iterator[Suggestion]:
    for search in saved:
        if words in search.title:
            yield Suggestion("star", search.title, _("การค้นหาที่เก็บไว้"), f"{_page()}?{search.query}")
    yield from _numbers(finder, words)
    for facet, icon, kind in (("sender", "building-2", _("หน่วยงาน")), ("person", "user-round", _("บุคคล"))):
        for value, number in finder.named(facet, words):
            yield Suggestion(icon, value, _("%(kind)s %(n)s ฉบับ", kind=kind, n=f"{number:,}"),
                             _page() + query_string({facet: value}))
    for node, _snippet in finder.by_words(Sought(words, plain=True), look_near=False, limit=_EACH).hits:
        yield Suggestion("file-text", node.subject or str(node.number or ""), str(node.number or ""),
                         url_for("letters.letter", node_id=node.id))


def _numbers(finder: Finder, words: str) -> Iterator[Suggestion]:
    asked = understand(words)
    if asked.date and not (asked.serial or asked.agency or asked.code):
        yield Suggestion("calendar-days", thai_date(asked.date), _("หนังสือลงวันที่นี้"), _page() + query_string(
            {"first": asked.date.earliest, "last": asked.date.latest}))
    for match in finder.by_number(words)[:_EACH]:
        yield Suggestion("file-text", str(match.node.number or ""), match.node.subject or match.node.issuer or "",
                         url_for("letters.letter", node_id=match.node.id))


def _nearly(finder: Finder, words: str) -> Iterator[Suggestion]:
    instead = finder.by_words(Sought(words, plain=True), limit=1).instead
    if instead:
        yield Suggestion("pencil", instead, _("คำสะกดใกล้เคียงที่พบในหนังสือ"), _page() + query_string({"q": instead}))


def _page() -> str:
    return url_for("search.results")
