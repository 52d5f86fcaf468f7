"""Finding letters: what is asked of the search box and its filters, and the answers, within what somebody may see.

Words, counts and suggestions come from the index, narrowed there to the reader's area; what is shown is asked of the
archive again. Secret letters are in no index: only their numbers and dates find them, for those named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from archive import Archive
from archive.sight import Sight
from chain import Match, Node, look_up
from chain.asked import parted, understand
from index import Counts, Engine
from index.entry import Narrowing
from index.near import commonest
from letters import LetterDate
from letters.errors import IndexUnavailable
from saraban.tables import Table
from webui.dates import read_day

PAGE = 20
MOST_EXPORTED = 2_000
"""Letters that go into one file; more are to be narrowed first."""

FACETS = ("state", "kind", "urgency", "deadline", "domain", "year", "sender", "person")
"""Facets in the order they are shown in."""
FILTERS = ("first", "last", "from", *FACETS)
"""Filters by the names they have in addresses; ``from``: words of the sender's name, ``sender``: the whole name."""

COLUMNS = {"number": "เลขที่", "date": "ลงวันที่ (ค.ศ.)", "date_thai": "ลงวันที่", "issuer": "จาก", "subject": "เรื่อง",
           "copies": "สำเนาในคลัง", "id": "รหัสหนังสือ"}

_LONGEST_QUERY, _LONGEST_FILTER = 300, 200
_MOST_MATCHES = 20
_FARTHEST = 10_000
_FEW = 3
"""Letters found below which near spellings are looked for."""
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked. ``given``: the filters as they stand in the address; ``first`` and ``last`` (CE) what their days
    mean. ``plain``: a date among the words is words too."""

    query: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None
    plain: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.given.values())

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.query) or self.narrowed

    @property
    def address(self) -> dict[str, object]:
        """The values of an address that asks the same."""
        return {"q": self.query, **self.given, "plain": "1" if self.plain else ""}


@dataclass(frozen=True, slots=True)
class Spelt:
    """A letter with a spelling near what was asked."""

    node: Node
    snippet: str
    spelt: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the index found: letters with their snippets (safe HTML), ``total`` in all that the reader may find, counts
    by facet, the hit that the ``next`` page begins with, ``trouble`` if the index is out. ``on``: the date that was
    taken out of the words; ``near``: letters with other spellings, of which ``instead`` is the most frequent."""

    hits: tuple[tuple[Node, str], ...] = ()
    total: int = 0
    relaxed: bool = False
    counts: Counts = field(default_factory=dict)
    next: int | None = None
    on: LetterDate | None = None
    near: tuple[Spelt, ...] = ()
    instead: str | None = None
    trouble: str = ""


def read(values: Mapping[str, str]) -> Sought:
    """What an address asks. Raises :class:`letters.errors.BadRequest` for a day that cannot be understood."""
    given = {name: values.get(name, "").strip()[:_LONGEST_FILTER] for name in FILTERS}
    return Sought(values.get("q", "").strip()[:_LONGEST_QUERY], given,
                  read_day(given["first"]).earliest if given["first"] else None,
                  read_day(given["last"]).latest if given["last"] else None, values.get("plain") == "1")


class Finder:
    """Asks archive and index for one reader."""

    def __init__(self, archive: Archive, engine: Engine, sight: Sight) -> None:
        self._archive = archive
        self._engine = engine
        self._sight = sight
        self._keys = archive.findable.keys(sight)

    def by_number(self, query: str) -> list[Match]:
        """Letters that a typed number or date means, those the reader may see."""
        asked = understand(query)
        return look_up(query, self._archive.graph.meant(asked, self._sight))[:_MOST_MATCHES] if not asked.empty else []

    def by_words(self, sought: Sought, start: int = 0, *, limit: int = PAGE, look_near: bool = True) -> Words:
        """Letters that hold the words and pass the filters, from hit ``start`` on; near spellings (``look_near``) where
        few do."""
        try:
            found = self._dated(sought, start) or self._found(sought, start, limit)
            few = look_near and not start and sought.query and (found.relaxed or found.total < _FEW)
            return self._with_near(sought, found) if few else found
        except IndexUnavailable as error:
            return Words(trouble=f"{error.what['th']} – {error.remedy['th']}")  # its detail names a folder

    def named(self, facet: str, words: str, limit: int = 3) -> tuple[tuple[str, int], ...]:
        """Senders or persons whose name holds the words, with how many letters each has. Raises
        :class:`letters.errors.IndexUnavailable`."""
        return self._engine.values(facet, words, limit=limit, seers=self._keys)

    def every(self, sought: Sought) -> Iterator[Node]:
        """All letters that answer, as a list would show them, :data:`MOST_EXPORTED` at most. Raises
        :class:`letters.errors.IndexUnavailable`."""
        start: int | None = 0
        told = self._dated(sought, 0)
        wanted = _on(sought, told.on) if told and told.on else sought
        while start is not None and start < MOST_EXPORTED:
            page = self._found(wanted, start, _BATCH)
            yield from (node for node, _ in page.hits)
            start = page.next

    def _dated(self, sought: Sought, start: int) -> Words | None:
        """Letters of the date that stands among the words, with the other words; ``None`` where there is none."""
        date, rest = parted(sought.query)
        if sought.plain or date is None or not rest or sought.first or sought.last or not understand(rest).empty:
            return None
        found = self._found(_on(sought, date), start)
        return replace(found, on=date) if found.total and not found.relaxed else None

    def _found(self, sought: Sought, start: int, limit: int = PAGE) -> Words:
        found = self._engine.search(sought.query, limit=limit, offset=start, count=FACETS if limit == PAGE else (),
                                    **self._narrowing(sought))
        nodes = self._visible(hit.id for hit in found.hits)
        hits = tuple((nodes[hit.id], hit.snippet) for hit in found.hits if hit.id in nodes)
        end = start + len(found.hits)
        return Words(hits, found.total, found.relaxed, found.counts,
                     next=end if found.hits and end < min(found.total, _FARTHEST) else None)

    def _with_near(self, sought: Sought, found: Words) -> Words:
        near = self._engine.near(sought.query, **self._narrowing(sought))
        nodes = self._visible(one.id for one in near)
        shown = tuple(Spelt(nodes[one.id], one.snippet, one.spelt) for one in near if one.id in nodes)
        return replace(found, near=shown, instead=commonest(one for one in near if one.id in nodes))

    def _visible(self, ids: Iterable[str]) -> dict[str, Node]:
        wanted = list(ids)
        return self._archive.graph.several(self._archive.sights.nodes(self._sight, wanted))

    def _narrowing(self, sought: Sought) -> Narrowing:
        facets = {name: sought.given[name] for name in FACETS if sought.given.get(name)}
        return {"first": sought.first, "last": sought.last, "sender": sought.given.get("from") or None,
                "facets": facets, "seers": self._keys}


def _on(sought: Sought, date: LetterDate) -> Sought:
    """The same asked of the letters of a date that stands among the words."""
    return replace(sought, query=parted(sought.query)[1], first=date.earliest, last=date.latest)


def table(nodes: Iterable[Node]) -> Table:
    """A line for each letter, in the order given."""
    return [{"number": str(node.number or ""), "date": node.date.iso if node.date else "",
             "date_thai": node.date.thai(short=True) if node.date else "", "issuer": node.issuer or "",
             "subject": node.subject or "", "copies": len(node.copies), "id": node.id}
            for node in islice(nodes, MOST_EXPORTED)]
