"""What persons decide: corrections of what was read, who reads secret packets, and judgements about links."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
from flask import Response
from msgspec import Meta

from archive import Overtaken
from chain import CopyRef, Judgement, JudgementKind, MentionRef
from letters.errors import BadRequest, NotFound
from parsing.corrections import Correction, Verdict
from saraban.review import decide
from webui.access import sight
from webui.api.core import Closed, Open, operation
from webui.api.etags import must_match, tagged
from webui.api.paging import Paged, cursor_of, number_of
from webui.api.problems import Overtaken as Changed
from webui.current import archive, user
from webui.deciding import correction
from webui.judging import on_citation, on_copies
from webui.views import packets as screens

_Text = Annotated[str, Meta(max_length=4000)]
_Part = Annotated[str, Meta(max_length=60)]


class Decision(Closed):
    """One decision. ``page``: the first page of the letter; ``field``: as in ``GET …/corrections`` (``references[0]``
    for an entry of a list where ``verdict`` is ``seen``). ``set``: the value is ``value`` instead of ``before``, which
    must be what stands there; the same again accepts it. ``add``, ``remove``: an entry of a list. ``seen``: the field
    is right as a whole. ``withdraw``: all earlier decisions are taken back.

    ``before`` is in written form: parts with ``|`` between them, ``date|number`` of ``references`` (or its title),
    ``date|text`` of ``deadlines``, ``count|title`` of ``enclosures``, ``date|number|time|office`` of
    ``received_stamps``, ``name|post`` of ``signatory``. A new value has its parts apart: number or title, text, title,
    office and name as ``value``, the others by their names; in whose name somebody signed is part of the post."""

    page: Annotated[int, Meta(ge=1, le=100_000)]
    field: Annotated[str, Meta(min_length=1, max_length=40)]
    verdict: Verdict
    before: _Text | None = None
    value: _Text | None = None
    date: _Part = ""
    number: _Part = ""
    time: _Part = ""
    count: _Part = ""
    post: Annotated[str, Meta(max_length=300)] = ""


class Decisions(Closed):
    """Decisions about one packet, kept all or none."""

    decisions: Annotated[tuple[Decision, ...], Meta(min_length=1, max_length=200)]


class Decided(Open):
    """A decision that was kept; values in their written form."""

    id: int
    page: int
    field: str
    verdict: str
    before: str | None
    after: str | None
    actor: str
    at: dt.datetime | None


class Corrections(Open):
    """What was decided about a packet, oldest first; ``version`` is also its ETag."""

    version: int
    items: tuple[Decided, ...]


class Names(Closed):
    """User names."""

    names: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=100)], ...], Meta(max_length=500)]


class Reader(Open):
    """Who is named for a packet, and by whom."""

    name: str
    given_by: str
    at: dt.datetime


class Readers(Open):
    """Those named for a packet, by name."""

    items: tuple[Reader, ...]


class SecretPacket(Open):
    """A packet with secret letters: nothing of what it says."""

    id: str
    received_at: dt.datetime
    received_by: str
    readers: tuple[str, ...]


class SecretPackets(Open):
    """Every packet with secret letters, the last that came first."""

    items: tuple[SecretPacket, ...]


class Place(Closed):
    """A copy: the packet's id and the letter's place in it, from 0."""

    packet: Annotated[str, Meta(max_length=64)]
    index: Annotated[int, Meta(ge=0, le=100_000)]


class LinkJudgement(Closed):
    """A decision about a citation or about two copies. ``confirm``, ``reject``: the citation ``reference`` of ``copy``
    means, or does not mean, the letter that ``other`` is a copy of; ``confirm`` without ``other``: it means a letter
    that is not here. ``merge``, ``split``: ``copy`` and ``other`` are, or are not, one letter."""

    kind: JudgementKind
    copy: Place
    other: Place | None = None
    reference: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    reason: Annotated[str, Meta(max_length=2000)] = ""


class Judged(Open):
    """A judgement that was kept."""

    id: int
    at: dt.datetime
    actor: str
    judgement: dict[str, Any]


class Judgements(Open):
    """Judgements about links, the newest first."""

    items: tuple[Judged, ...]
    next: str | None


@operation("GET", "/packets/<packet_id>/corrections", "review", Corrections, etag=True)
def corrections(packet_id: str) -> Response:
    """What was decided about a packet's letters."""
    found = _corrections(screens.visible(packet_id).id)
    return tagged(found, found.version)


@operation("POST", "/packets/<packet_id>/corrections", "review", Corrections, etag=True, match=True, problems=(409,))
def correct(packet_id: str, json: Decisions) -> Response:
    """Keeps decisions; the letters follow at once, links, tasks and index with the next job."""
    row = screens.visible(packet_id)
    seen = archive().corrections.latest(row.id)
    must_match(seen, "corrections")
    made = [correction(row, one.page, one.field, one.verdict, one.before, _typed(one)) for one in json.decisions]
    try:
        decide(archive(), row.id, made, user().name, seen)
    except Overtaken as error:
        raise Changed("corrections", error.detail) from error
    found = _corrections(row.id)
    return tagged(found, found.version)


@operation("GET", "/secret-packets", "review", SecretPackets)
def secret_packets() -> SecretPackets:
    """Packets with secret letters, to name their readers; nothing of what they say."""
    return SecretPackets(items=tuple(
        SecretPacket(id=row.id, received_at=row.received_at, received_by=row.received_by, readers=row.readers)
        for row in archive().readers.secret(sight())))


@operation("GET", "/packets/<packet_id>/readers", "review", Readers, etag=True)
def readers(packet_id: str) -> Response:
    """Who is named for the packet's secret letters."""
    found = _readers(_kept(packet_id))
    return tagged(found, found)


@operation("PUT", "/packets/<packet_id>/readers", "review", Readers, etag=True, match=True)
def name_readers(packet_id: str, json: Names) -> Response:
    """Names exactly these users for the packet's secret letters; every name given or taken is in the audit trail."""
    must_match(_readers(_kept(packet_id)), "readers")
    archive().readers.name(packet_id, json.names, user().name)
    found = _readers(packet_id)
    return tagged(found, found)


@operation("GET", "/judgements", "review", Judgements)
def judgements(query: Paged) -> Judgements:
    """What persons decided about links, of copies that the asker sees."""
    before = number_of(query.cursor)
    rows = [row for row in reversed(archive().judgements.list("linking"))
            if (before is None or row.id < before) and _sees_all(msgspec.convert(row.payload, Judgement))]
    page = rows[: query.limit]
    return Judgements(
        items=tuple(Judged(id=row.id, at=row.at, actor=row.actor, judgement=row.payload) for row in page),
        next=cursor_of(page[-1].id if len(rows) > query.limit else None))


@operation("POST", "/judgements", "review", Judged, 201, problems=(404,))
def judge_link(json: LinkJudgement) -> tuple[Judged, int]:
    """Keeps a judgement; links follow with the next job."""
    made = _keep(json)
    row = next(row for row in archive().judgements.list("linking") if row.id == made)
    return Judged(id=row.id, at=row.at, actor=row.actor, judgement=row.payload), 201


def _keep(json: LinkJudgement) -> int:
    """The id of the judgement. Raises :class:`letters.errors.BadRequest` for one that lacks a part, and
    :class:`letters.errors.NotFound` for a copy or citation that is not there."""
    copy = CopyRef(json.copy.packet, json.copy.index)
    other = CopyRef(json.other.packet, json.other.index) if json.other else None
    if json.kind in (JudgementKind.MERGE, JudgementKind.SPLIT):
        if other is None:
            raise BadRequest("other", "another copy is needed")
        return on_copies(json.kind, copy, other, json.reason)
    if json.reference is None:
        raise BadRequest("reference", "needed for this kind")
    return on_citation(json.kind, MentionRef(copy, json.reference), other, json.reason)


def _sees_all(judgement: Judgement) -> bool:
    mention = judgement.mention.copy if judgement.mention else None
    refs = {ref for ref in (judgement.copy, judgement.other, mention) if ref}
    return len(archive().sights.copies(sight(), refs)) == len(refs)


def _typed(one: Decision) -> dict[str, str]:
    return {"value": one.value or "", "date": one.date, "number": one.number, "time": one.time, "count": one.count,
            "post": one.post}


def _corrections(packet_id: str) -> Corrections:
    items = archive().corrections.of(packet_id)
    return Corrections(version=items[-1].id if items else 0, items=tuple(map(_decided, items)))


def _decided(one: Correction) -> Decided:
    return Decided(id=one.id, page=one.page, field=one.field, verdict=one.verdict.value, before=one.before,
                   after=one.after, actor=one.actor, at=one.at)


def _kept(packet_id: str) -> str:
    """The packet's id, if it is of the asker's house or area. Raises :class:`letters.errors.NotFound`."""
    if not archive().sights.in_area(sight(), packet_id):
        raise NotFound(packet_id)
    return packet_id


def _readers(packet_id: str) -> Readers:
    return Readers(items=tuple(Reader(name=one.name, given_by=one.given_by, at=one.at)
                               for one in archive().readers.of(packet_id)))
