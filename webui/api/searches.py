"""One's own saved searches, and what is suggested while typing."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from msgspec import Meta

from webui.access import sight
from webui.api.core import Closed, Open, operation
from webui.current import archive, house, user
from webui.finding import Finder, read
from webui.suggesting import suggestions


class NewSearch(Closed):
    """``query``: the query string of the address of a search on screen, such as ``q=…&kind=external``."""

    title: Annotated[str, Meta(min_length=1, max_length=80)]
    query: Annotated[str, Meta(min_length=1, max_length=1000)]


class SavedSearch(Open):
    """A kept search."""

    id: int
    title: str
    query: str
    made_at: dt.datetime


class SavedSearches(Open):
    """One's own searches, by title."""

    items: tuple[SavedSearch, ...]


class TypedQuery(Closed):
    """``q``: what was typed so far."""

    q: Annotated[str, Meta(min_length=1, max_length=300)]


class Suggested(Open):
    """A row under the box: the words, what kind of thing it is, and the address of the screen it leads to."""

    label: str
    detail: str
    url: str


class Suggestions(Open):
    """The surest first."""

    items: tuple[Suggested, ...]


def _kept() -> SavedSearches:
    return SavedSearches(items=tuple(SavedSearch(id=one.id, title=one.title, query=one.query, made_at=one.made_at)
                                     for one in archive().searches.of(user().name)))


@operation("GET", "/searches", "letters", SavedSearches)
def searches() -> SavedSearches:
    """The searches that one keeps."""
    return _kept()


@operation("POST", "/searches", "letters", SavedSearches, 201)
def keep_search(json: NewSearch) -> tuple[SavedSearches, int]:
    """Keeps a search; one of the same title is replaced."""
    asked = read(dict(parse_qsl(json.query)))
    query = urlencode({name: value for name, value in asked.address.items() if value})
    archive().searches.keep(user().name, json.title, query)
    return _kept(), 201


@operation("DELETE", "/searches/<int(max=2147483647):search_id>", "letters", None, 204)
def forget_search(search_id: int) -> tuple[None, int]:
    """Forgets one of one's own searches."""
    archive().searches.drop(user().name, search_id)
    return None, 204


@operation("GET", "/search/suggestions", "letters", Suggestions)
def search_suggestions(query: TypedQuery) -> Suggestions:
    """What may be meant by what was typed so far."""
    rows = suggestions(Finder(archive(), house().engine(), sight()), archive().searches.of(user().name),
                       read({"q": query.q}).query)
    return Suggestions(items=tuple(Suggested(label=str(one.label), detail=str(one.detail), url=one.url)
                                   for one in rows))
