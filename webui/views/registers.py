"""Registers: the rows of a book, what waits to be registered, and the giving of numbers."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.registers import MOST_RESERVED
from letters import Office
from letters.errors import BadRequest, SarabanError
from registers import Book, Row, be_number, owner_of
from registers.forms import dated
from saraban import registering
from tasks import full_name
from webui.access import sight
from webui.current import archive, house, today, user
from webui.language import told
from webui.registerdesk import (
    asked_book,
    asked_office,
    asked_rows,
    asked_year,
    choose,
    filters,
    may_write,
    posted_office,
    row_seen,
    stampable,
)
from webui.registering import Typed, writes
from webui.secrecy import sees_packet

blueprint = Blueprint("registers", __name__, url_prefix="/registers")
blueprint.add_app_template_filter(be_number, "be_number")
blueprint.add_app_template_filter(dated, "dated")

PAGE = 50
WAITS = dt.timedelta(days=90)
"""How long a packet that nobody registered is shown as waiting; older ones are registered from their own pages."""


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The rows of a book, the last number first, with what waits to be registered."""
    office = asked_office()
    if office is None:
        return choose()
    book, year, asked = asked_book(), asked_year(), filters()
    try:
        rows = asked_rows(office, book, year, PAGE + 1, before=request.args.get("before", type=int))
    except BadRequest as error:
        return _listed(office, book, year, asked, (), error=told(error)), 400
    return _listed(office, book, year, asked, rows)


@blueprint.get("/offices")
def offices() -> ResponseReturnValue:
    """Looks for the office whose books are wanted."""
    return choose()


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """The form of a new row; ``copy`` fills it in from a letter (``<packet>/<page>``)."""
    office = asked_office()
    if office is None:
        return choose()
    book = asked_book()
    may_write(office)
    packet, _sep, page = request.args.get("copy", "").rpartition("/")
    values: dict[str, str] = {}
    if packet and page.isdigit():
        values = _from_letter(office, packet, int(page))
    elif book.goes_out:
        values = {"number": owner_of(archive().registers.owner(office.code, book)), "sender": full_name(office)}
    else:
        values = {"recipient": full_name(office)}
    return _form(office, book, values)


@blueprint.post("/new")
def enter() -> ResponseReturnValue:
    """Gives the next number; what is wrong is told on the form, and no number is used."""
    office, book, typed = posted_office(), asked_book(), Typed(request.form)
    packet, page = typed["packet"], typed.whole("page")
    if packet and not sees_packet(archive(), user(), packet):
        abort(404)
    values = dict(request.form)
    if packet and page and "subject" not in request.form:
        values = {**_from_letter(office, packet, page), **values}
    try:
        row = registering.enter(archive(), office.code, book, Typed(values).entered(), user().name, house().clock())
    except SarabanError as error:
        if error.http_status >= 500:
            raise
        return _form(office, book, values, told(error)), error.http_status
    return redirect(url_for("registers.index", office=office.code, book=book.value, year=row.year, given=row.id))


@blueprint.post("/reserve")
def reserve() -> ResponseReturnValue:
    """Sets numbers aside for today."""
    office, book, typed = posted_office(), asked_book(), Typed(request.form)
    rows = archive().registers.reserve(office.code, book, typed.whole("count") or 0, typed["reason"], user().name,
                                       house().clock())
    return redirect(url_for("registers.index", office=office.code, book=book.value, year=rows[0].year,
                            given=rows[-1].id))


def _listed(office: Office, book: Book, year: int, asked: dict[str, str], rows: tuple[Row, ...],
            error: str = "") -> str:
    here, writing = archive(), writes(user(), office.code)
    number = request.args.get("given", type=int)
    given = row_seen(number) if number else None
    since, waits = house().clock() - WAITS, writing and book is Book.RECEIVED
    waiting = here.registers.waiting(office.code, sight(), since) if waits else ()
    years = here.registers.years(office.code, book)
    return render_template(
        "registers.html", office=office, name=full_name(office), book=book, year=year, asked=asked,
        rows=rows[:PAGE], before=rows[PAGE - 1].number if len(rows) > PAGE else None, may_write=writing,
        given=given, stampable=given is not None and stampable(given), waiting=waiting,
        total=years.get(year, 0), error=error, years=sorted({*years, today().year}, reverse=True),
        most_reserved=MOST_RESERVED)


def _from_letter(office: Office, packet: str, page: int) -> dict[str, str]:
    """A form filled in from a letter that the reader sees."""
    if not sees_packet(archive(), user(), packet):
        abort(404)
    found = registering.columns_for(archive(), packet, page, office)
    return {"number": found.number, "dated": dated(found.dated), "sender": found.sender, "recipient": found.recipient,
            "subject": found.subject, "packet": packet, "page": str(page)}


def _form(office: Office, book: Book, values: dict[str, str], error: str = "") -> str:
    here, packet, page = archive(), values.get("packet", ""), values.get("page", "")
    empty = today().year not in here.registers.years(office.code, book)
    rows = here.registers.of_packets([packet], office.code).get(packet, ()) if packet else ()
    already = next((one for one in rows if one.book is book and str(one.page) == page), None)
    return render_template("registers_new.html", office=office, name=full_name(office), book=book,
                           values=values, error=error, empty=empty, already=already)
