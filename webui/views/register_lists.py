"""The registers on paper and as files, and the destruction list with what the committee says."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from letters import Office
from letters.date import BE_OFFSET
from letters.errors import BadRequest, SarabanError
from records.sheet import write_csv
from registers import DESTRUCTION, FORMS, Form, Opinion, Row, list_year, workbook
from tasks import full_name
from webui.access import sight
from webui.current import archive, today, user
from webui.language import told
from webui.registerdesk import (
    asked_book,
    asked_office,
    asked_rows,
    asked_year,
    be_year,
    choose,
    filters,
    noted,
    posted_office,
)
from webui.registering import Typed, office_seen, writes

blueprint = Blueprint("register_lists", __name__, url_prefix="/registers")

MOST_PRINTED, MOST_EXPORTED = 1000, 50_000
DUE = "due"
"""Stands for the destruction list where a book is named."""

_TYPES = {"csv": "text/csv; charset=utf-8",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@blueprint.get("/print")
def printed() -> ResponseReturnValue:
    """A book as the Regulation's form, to be printed."""
    office = asked_office()
    if office is None:
        return choose()
    form, rows, span = _sheet(office, MOST_PRINTED)
    return render_template("registers_print.html", form=form, lines=form.table(rows), office=full_name(office),
                           span=span, counted=form is DESTRUCTION, full=len(rows) == MOST_PRINTED, most=MOST_PRINTED)


@blueprint.get("/<office>/export.<any(csv, xlsx):kind>")
def export(office: str, kind: str) -> ResponseReturnValue:
    """A book as a file in the Regulation's columns."""
    place = office_seen(archive(), user(), office)
    form, rows, span = _sheet(place, MOST_EXPORTED)
    counted = form is DESTRUCTION
    if kind == "xlsx":
        data = workbook(form, rows, full_name(place), span, counted=counted)
    else:
        headers = [column.header for column in form.columns]
        data = write_csv(headers, (dict(zip(headers, cells, strict=True)) for cells in form.table(rows)))
    return Response(data, mimetype=_TYPES[kind], headers={
        "Content-Disposition": f"attachment; filename=register-{form.number}-{place.code}.{kind}"})


@blueprint.get("/due")
def due() -> ResponseReturnValue:
    """The destruction list of a year."""
    office = asked_office()
    if office is None:
        return choose()
    return _due_page(office, _due_year())


@blueprint.post("/due")
def judge() -> ResponseReturnValue:
    """What the committee says of the letters that are ticked, or that they are destroyed."""
    office, typed = posted_office(), Typed(request.form)
    step, ids = typed["step"], request.form.getlist("row", type=int)
    known = {one.id for one in archive().registers.due(office.code, _due_year(), sight())}
    if not ids or not set(ids) <= known:
        return _due_page(office, _due_year(), _("เลือกหนังสือในรายการก่อน")), 400
    try:
        if step == "destroyed":
            archive().registers.destroyed(ids, typed["approval"], user().name)
        elif step in list(Opinion):
            archive().registers.judge(ids, Opinion(step), user().name, typed.year("until"))
        else:
            raise BadRequest(step)
    except SarabanError as error:
        return _due_page(office, _due_year(), told(error)), error.http_status
    return redirect(url_for("register_lists.due", office=office.code, year=_due_year() + BE_OFFSET))


def _due_year() -> int:
    return be_year() or list_year(today())


def _sheet(office: Office, most: int) -> tuple[Form, tuple[Row, ...], str]:
    """A form with its rows in order of their numbers, and what they are of in words."""
    if request.args.get("book") == DUE:
        year = _due_year()
        return DESTRUCTION, noted(archive().registers.due(office.code, year, sight())), f"ประจำปี {year + BE_OFFSET}"
    book, year, asked = asked_book(), asked_year(), filters()
    days = " ".join(words for words in (f"ตั้งแต่ {asked['first']}" if asked["first"] else "",
                                        f"ถึง {asked['last']}" if asked["last"] else "") if words)
    rows = asked_rows(office, book, year, most)
    return FORMS[book], rows[::-1], f"ปี พ.ศ. {year + BE_OFFSET} {days}".strip()


def _due_page(office: Office, year: int, error: str = "") -> str:
    rows = noted(archive().registers.due(office.code, year, sight()))
    years = {year, *range(today().year - 3, today().year + 1)}
    return render_template("registers_due.html", office=office, name=full_name(office), year=year, rows=rows,
                           error=error, may_write=writes(user(), office.code), ended=today().year > year,
                           years=sorted(years, reverse=True))
