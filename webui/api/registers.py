"""Registers: the rows of an office's books, the giving of numbers, and what becomes of a row."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from flask import Response
from flask.typing import ResponseReturnValue
from msgspec import Meta

from archive.registers import MOST_RESERVED, Entered, Keeping
from letters.errors import Conflict, NotFound
from registers import Book, Columns, Opinion, Row
from saraban import registering
from webui.access import sight
from webui.api.core import Closed, Open, operation
from webui.api.etags import must_match, tagged
from webui.api.paging import Paged, cursor_of, number_of
from webui.api.problems import NotYours, Overtaken
from webui.current import archive, house, user
from webui.registerdesk import noted
from webui.registering import office_seen, writes
from webui.secrecy import sees_packet
from webui.views import register_rows

_Words = Annotated[str, Meta(max_length=2000)]
_Short = Annotated[str, Meta(max_length=100)]
_Id = Annotated[int, Meta(ge=0, le=2147483647)]
_Page = Annotated[int, Meta(ge=1, le=100_000)]
_YEAR = "<int(min=1900, max=2200):ce_year>"
_BOOK = "<any(received, sent, circular, kept):book>"


class RegisterQuery(Paged):
    """``first`` and ``last``: days (CE); ``words``: in number, sender, addressee or subject."""

    first: dt.date | None = None
    last: dt.date | None = None
    words: Annotated[str, Meta(max_length=300)] = ""


class RegisterLetter(Closed):
    """What a row tells of its letter, as the forms have it; ``dated`` is ISO (CE) as far as known."""

    number: _Words = ""
    dated: Annotated[str, Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] = ""
    sender: _Words = ""
    recipient: _Words = ""
    subject: _Words = ""
    action: _Words = ""
    remark: _Words = ""


class NewRow(Closed):
    """A row to be entered. ``day`` (CE) only for a letter of an earlier day, with its ``reason``; ``first`` only begins
    a book that was kept on paper, with the number that comes next there; ``packet`` and ``page``: its
    letter."""

    letter: RegisterLetter
    time: Annotated[str, Meta(pattern=r"^(\d{2}:\d{2})?$")] = ""
    day: dt.date | None = None
    reason: _Words = ""
    packet: Annotated[str, Meta(max_length=64)] | None = None
    page: _Page | None = None
    first: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class Cancelling(Closed):
    """Why a row is taken out of use; its number stays used."""

    reason: Annotated[str, Meta(min_length=1, max_length=2000)]


class NewKeeping(Closed):
    """How a letter is kept: code of the file, class, and the last CE year where the class leaves it open."""

    folder: _Short
    retention: _Short
    until: Annotated[int, Meta(ge=1900, le=2300)] | None = None
    remark: _Words = ""


class Reserving(Closed):
    """How many numbers of today are set aside, and why."""

    reason: Annotated[str, Meta(min_length=1, max_length=2000)]
    count: Annotated[int, Meta(ge=1, le=MOST_RESERVED)] = 1


class Judging(Closed):
    """What is said of rows of a destruction list: ``destroy`` or ``extend`` (to the CE year ``until``) by the
    committee, or that they are ``destroyed``, with who approved it when."""

    rows: Annotated[tuple[_Id, ...], Meta(min_length=1, max_length=1000)]
    step: Literal["destroy", "extend", "destroyed"]
    until: Annotated[int, Meta(ge=1900, le=2300)] | None = None
    approval: _Words = ""


class RegisterRow(Open):
    """A row of a book. ``closed``: the letter is secret to the asker, and its columns are empty. Of a kept letter:
    ``source`` is the row that was kept, ``received`` its number, ``opinion`` what the committee on destruction says."""

    id: int
    office: str
    book: str
    year: int
    number: int
    day: dt.date
    time: str
    state: str
    mark: str
    reason: str
    letter: RegisterLetter
    packet: str | None
    page: int | None
    folder: str
    retention: str
    keep_until: int | None
    source: int | None
    received: str
    opinion: str
    version: int
    made_at: dt.datetime
    made_by: str
    closed: bool


class RegisterRows(Open):
    """Rows, the last number first."""

    items: tuple[RegisterRow, ...]
    next: str | None


@operation("GET", f"/registers/<office>/{_BOOK}/{_YEAR}", "registers", RegisterRows)
def register(office: str, book: str, ce_year: int, query: RegisterQuery) -> RegisterRows:
    """The rows of a book of a calendar year (CE)."""
    place = office_seen(archive(), user(), office)
    rows = archive().registers.list(place.code, Book(book), ce_year, sight(), before=number_of(query.cursor),
                                    first=query.first, last=query.last, words=query.words, limit=query.limit + 1)
    page = noted(rows[: query.limit])
    return RegisterRows(items=tuple(map(_row, page)),
                        next=cursor_of(page[-1].number if len(rows) > query.limit else None))


@operation("POST", f"/registers/<office>/{_BOOK}", "registers", RegisterRow, 201, etag=True, problems=(409,))
def enter_row(office: str, book: str, json: NewRow) -> Response:
    """Gives the next number of a book."""
    place = office_seen(archive(), user(), office)
    _writes(place.code)
    if json.packet is not None and not sees_packet(archive(), user(), json.packet):
        raise NotFound(json.packet)
    entered = Entered(_columns(json.letter), json.time, json.day, json.reason, json.packet, json.page, json.first)
    made = registering.enter(archive(), place.code, Book(book), entered, user().name, house().clock())
    return tagged(_row(made), made.version, 201)


@operation("GET", "/register-rows/<int(max=2147483647):row_id>", "registers", RegisterRow, etag=True)
def register_row(row_id: int) -> Response:
    """One row."""
    (found,) = noted((archive().registers.get(row_id, sight()),))
    return tagged(_row(found), found.version)


@operation("PUT", "/register-rows/<int(max=2147483647):row_id>/letter", "registers", RegisterRow, etag=True, match=True,
           problems=(409,))
def change_row(row_id: int, json: RegisterLetter) -> Response:
    """Changes what a row tells of its letter; what it told is in the audit trail."""
    found = _mine(row_id)
    try:
        changed = archive().registers.change(found.id, _columns(json), user().name, found.version)
    except Conflict as error:
        raise Overtaken("row") from error
    return tagged(_row(changed), changed.version)


@operation("POST", "/register-rows/<int(max=2147483647):row_id>/cancel", "registers", RegisterRow, etag=True,
           match=True, problems=(409,))
def cancel_row(row_id: int, json: Cancelling) -> Response:
    """Takes a row out of use."""
    found = _mine(row_id)
    done = registering.cancel(archive(), found, json.reason, user().name, found.version)
    return tagged(_row(done), done.version)


@operation("POST", "/register-rows/<int(max=2147483647):row_id>/keep", "registers", RegisterRow, 201, etag=True,
           problems=(409,))
def keep_row(row_id: int, json: NewKeeping) -> Response:
    """Enters a received letter in the register of kept letters."""
    found = _mine(row_id, match=False)
    keeping = Keeping(json.folder, json.retention, json.until, json.remark)
    made = archive().registers.keep(found.id, keeping, user().name, house().clock())
    return tagged(_row(made), made.version, 201)


@operation("POST", f"/registers/<office>/{_BOOK}/reserved", "registers", RegisterRows, 201, problems=(409,))
def reserve_rows(office: str, book: str, json: Reserving) -> tuple[RegisterRows, int]:
    """Sets numbers of today aside, to be used later by changing what their rows tell."""
    place = office_seen(archive(), user(), office)
    _writes(place.code)
    made = archive().registers.reserve(place.code, Book(book), json.count, json.reason, user().name, house().clock())
    return RegisterRows(items=tuple(map(_row, made)), next=None), 201


@operation("GET", f"/registers/<office>/due/{_YEAR}", "registers", RegisterRows)
def destruction_list(office: str, ce_year: int) -> RegisterRows:
    """Kept letters whose time has run out by the end of a calendar year (CE), all on one page."""
    place = office_seen(archive(), user(), office)
    return RegisterRows(items=tuple(map(_row, noted(archive().registers.due(place.code, ce_year, sight())))), next=None)


@operation("POST", f"/registers/<office>/due/{_YEAR}", "registers", RegisterRows, problems=(409,))
def judge_rows(office: str, ce_year: int, json: Judging) -> RegisterRows:
    """Notes what the committee on destruction says of rows of the list, or that their letters are destroyed."""
    place = office_seen(archive(), user(), office)
    _writes(place.code)
    books, wanted = archive().registers, set(json.rows)
    if not wanted <= {one.id for one in books.due(place.code, ce_year, sight())}:
        raise NotFound("row")
    done = (books.destroyed(wanted, json.approval, user().name) if json.step == "destroyed" else
            books.judge(wanted, Opinion(json.step), user().name, json.until))
    seen = tuple(books.get(one.id, sight()) for one in done)
    return RegisterRows(items=tuple(map(_row, seen)), next=None)


@operation("GET", "/register-rows/<int(max=2147483647):row_id>/stamped.pdf", "registers", problems=(409,),
           media="application/pdf")
def stamped_row(row_id: int) -> ResponseReturnValue:
    """A copy of a received packet with the receiving stamp on it."""
    return register_rows.stamp(row_id)


def _mine(row_id: int, *, match: bool = True) -> Row:
    """The row, if the asker writes in its book and it is not closed to them."""
    found = archive().registers.get(row_id, sight())
    _writes(found.office)
    if found.closed:
        raise NotFound(str(row_id))
    if match:
        must_match(found.version, "row")
    return found


def _writes(office: str) -> None:
    if not writes(user(), office):
        raise NotYours(office)


def _columns(one: RegisterLetter) -> Columns:
    return Columns(one.number, one.dated, one.sender, one.recipient, one.subject, one.action, one.remark)


def _row(one: Row) -> RegisterRow:
    told = one.letter
    return RegisterRow(
        id=one.id, office=one.office, book=one.book.value, year=one.year, number=one.number, day=one.day, time=one.time,
        state=one.state.value, mark=one.mark.value, reason=one.reason, packet=one.packet, page=one.page,
        folder=one.folder, retention=one.retention, keep_until=one.keep_until, source=one.source,
        received=one.received, opinion=one.opinion.value, version=one.version,
        made_at=one.made_at, made_by=one.made_by, closed=one.closed,
        letter=RegisterLetter(number=told.number, dated=told.dated, sender=told.sender, recipient=told.recipient,
                              subject=told.subject, action=told.action, remark=told.remark))
