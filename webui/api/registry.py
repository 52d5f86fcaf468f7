"""The registry of offices taken in: looked at first, then applied; and the addresses of offices' task calendars."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from letters import Office as OfficeRow
from letters.errors import BadRequest
from saraban import officelist
from saraban.feeds import feed_address
from webui.api.core import Closed, Open, operation
from webui.api.files import FILE, uploaded
from webui.attached import tidy_name
from webui.current import archive, house, user
from webui.views.feeds import chosen_office

_Code = Annotated[str, Meta(max_length=20)]


class ListedOffice(Open):
    """An office as a list names it."""

    code: str
    kind: str
    name: str
    province: str
    district: str


class OfficeTurned(Open):
    """What an office was, and what it becomes."""

    before: ListedOffice
    after: ListedOffice


class OfficesPreview(Open):
    """What taking a list changes. ``retyped``: the office goes on under another code; ``total``: offices in use
    afterwards. ``digest``, ``name`` and ``mark`` are asked for when it is taken."""

    digest: str
    name: str
    mark: str
    total: int
    new: tuple[ListedOffice, ...]
    renamed: tuple[OfficeTurned, ...]
    retyped: tuple[OfficeTurned, ...]
    gone: tuple[ListedOffice, ...]


class OfficesTaking(Closed):
    """The ``name`` and ``mark`` that the preview told."""

    name: Annotated[str, Meta(min_length=1, max_length=300)]
    mark: Annotated[str, Meta(min_length=1, max_length=64)]


class FeedQuery(Closed):
    """``office``: a code, for users of the house; without it the asker's own office."""

    office: _Code = ""


class NewFeed(Closed):
    """``renew``: all addresses made before are taken back."""

    office: _Code = ""
    renew: bool = False


class Feed(Open):
    """How many addresses of an office's calendar are open; ``address`` of the one just made, told once."""

    office: str
    count: int
    address: str | None = None


@operation("POST", "/offices-import", "offices", OfficesPreview, upload=FILE)
def preview_offices() -> OfficesPreview:
    """What a list of the Department (CSV or TSV) would change. Nothing is changed; the list is put aside for a day."""
    file = uploaded()
    name = tidy_name(file.filename or "")
    digest = officelist.put_aside(archive().home, file.read(officelist.LARGEST + 1), name)
    return _preview(officelist.preview(archive(), digest, name), digest, name)


@operation("POST", "/offices-import/<digest>", "offices", OfficesPreview, problems=(409,))
def take_offices(digest: str, json: OfficesTaking) -> OfficesPreview:
    """Makes the registry equal to a list that was looked at; 409 if the registry changed since."""
    found = officelist.take(archive(), digest, json.name, json.mark, user().name)
    return _preview(found, digest, json.name)


@operation("GET", "/task-feeds", "tasks", Feed, problems=(404,))
def task_feeds(query: FeedQuery) -> Feed:
    """How many addresses are open."""
    office = _office(query.office)
    return Feed(office=office.code, count=archive().feeds.count(office.code))


@operation("POST", "/task-feeds", "tasks", Feed, 201, problems=(404,))
def make_feed(json: NewFeed) -> tuple[Feed, int]:
    """A new address at which calendars get the office's tasks."""
    office, here = _office(json.office), archive().feeds
    if json.renew:
        here.revoke(office.code, user().name)
    address = feed_address(house().settings, here.make(office.code, user().name))
    return Feed(office=office.code, count=here.count(office.code), address=address), 201


@operation("DELETE", "/task-feeds", "tasks", None, 204, problems=(404,))
def revoke_feeds(query: FeedQuery) -> tuple[None, int]:
    """Takes all addresses of an office back."""
    archive().feeds.revoke(_office(query.office).code, user().name)
    return None, 204


def _office(code: str) -> OfficeRow:
    office = chosen_office(code)
    if office is None:
        raise BadRequest("office", "no office of one's own")
    return office


def _preview(found: officelist.Preview, digest: str, name: str) -> OfficesPreview:
    return OfficesPreview(
        digest=digest, name=name, mark=found.mark, total=found.total, new=tuple(map(_listed, found.new)),
        renamed=tuple(OfficeTurned(before=_listed(old), after=_listed(new)) for old, new in found.renamed),
        retyped=tuple(OfficeTurned(before=_listed(old), after=_listed(new)) for old, new in found.retyped),
        gone=tuple(map(_listed, found.gone)))


def _listed(one: OfficeRow) -> ListedOffice:
    return ListedOffice(code=one.code, kind=one.kind.value, name=one.name, province=one.province,
                        district=one.district)
