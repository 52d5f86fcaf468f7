"""Records: the forms by domain, offices and their entries as lists, one entry with its steps, tables in and out."""

from __future__ import annotations

import datetime as dt
import json
from typing import TypedDict

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from archive import Entry, person_for
from archive.sight import sight_of
from letters import Office, fiscal_year
from letters.date import BE_OFFSET
from letters.errors import BadRequest, NotFound
from records import Form, Forms, RecordedBy, State, Step, check_data, entry_year, lpa_score, steps_open
from saraban.entries import export_json, export_table, keep_entries, read_entries
from saraban.menus import forms_of
from saraban.tables import LPA_COLUMNS, as_bytes, lpa_table
from tasks import full_name
from webui import attached
from webui.asked import districts, fitting
from webui.current import archive, house, today, user
from webui.dates import read_day
from webui.due import own_office, sees_task, within
from webui.entryform import posted_data
from webui.entrytold import files_in, history
from webui.paging import paging

blueprint = Blueprint("records", __name__, url_prefix="/records")

_LONGEST_REASON = 2000
_BLANKS = 2
_YEARS_BACK = 5
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class Where(TypedDict):
    """The filters of entries as the archive takes them."""

    office: str | None
    form: str | None
    fiscal_year: int | None
    province: str | None
    district: str | None
    state: State | None


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The menus of an office with where its entries of a year stand and its LPA points; without an office, the offices
    of the reader's area."""
    code = _chosen()
    if code is None:
        return offices()
    office, year, day, forms = _office(code), _asked_year(), _day(), _forms()
    entries = {entry.form: entry for entry in archive().records.list(code, fiscal_year=year)}
    held = archive().records.standings(forms, year, day, code).get(code, {})
    asked = {form.code for form in forms if any(
        sees_task(archive(), user(), row) for row in archive().tasks.list(code, form=form.code, open_only=True))}
    return render_template("records.html", groups=_by_domain(forms), office=office, year=year, years=_years(), day=day,
                           entries=entries, score=lpa_score(forms, held), asked=asked, names=_titles(forms),
                           own=own_office(user()) is not None)


@blueprint.get("/offices")
def offices() -> ResponseReturnValue:
    """The LAOs of the reader's area with points and how many forms stand where; ``format`` gives points as a file."""
    year, day, forms, asked = _asked_year(), _day(), _forms(), _asked("q", "district")
    found = [one for one in _laos() if _fits(one, asked)]
    if (kind := request.args.get("format", "")) in ("csv", "xlsx"):
        held = archive().records.standings(forms, year, day, offices=[one.code for one in found])
        scores = ((one, lpa_score(forms, held.get(one.code, {}))) for one in found)
        return _file(as_bytes(kind, LPA_COLUMNS, lpa_table(scores, {form.code: form for form in forms}), "LPA"), kind,
                     f"lpa-{year}")
    page = paging(request.args, len(found))
    rows = found[page.offset:page.last]
    codes = [one.code for one in rows]
    held = archive().records.standings(forms, year, day, offices=codes)
    states = archive().records.by_office(codes, year)
    return render_template(
        "record_offices.html", page=page, asked=asked, year=year, years=_years(), day=day, forms=len(forms),
        districts=districts(archive(), user()),
        rows=[(one, lpa_score(forms, held.get(one.code, {})), _counted(states.get(one.code, {}))) for one in rows])


@blueprint.get("/entries")
def entries() -> ResponseReturnValue:
    """Entries of the reader's area, narrowed; ``format`` gives those of one form as a file."""
    asked = _asked("form", "state", "district", "year", "office")
    form = _forms().get(asked["form"]) if asked["form"] else None
    where = _where(asked)
    if (kind := request.args.get("format", "")) in _TYPES and form:
        rows = archive().records.list(**where)
        data = json.dumps(export_json(form, rows), ensure_ascii=False, indent=1).encode() if kind == "json" else \
            export_table(form, rows, kind)
        return _file(data, kind, form.code)
    page = paging(request.args, archive().records.count(**where))
    found = archive().records.list(**where, limit=page.size, offset=page.offset)
    return render_template(
        "entries.html", page=page, asked=asked, forms=_forms(), form=form, years=_years(), titles=_titles(_forms()),
        districts=districts(archive(), user()), rows=[(one, archive().offices.get(one.office)) for one in found],
        own=own_office(user()) is not None)


@blueprint.get("/<office>/<form>")
def entry(office: str, form: str) -> ResponseReturnValue:
    """One entry, drawn from its form."""
    here, found = _office(office), _forms().get(form)
    year = _year(office, found)
    return _shown(here, found, _entry(office, found, year), year)


@blueprint.post("/<office>/<form>")
def save(office: str, form: str) -> ResponseReturnValue:
    """Keeps the data as a draft; faults are shown beside the fields and nothing is kept (422)."""
    here, found = _office(office), _forms().get(form)
    year = _year(office, found)
    data = posted_data(found, request.form, _kept)
    faults = check_data(found, data, whole=False)
    if faults:
        answer = _shown(here, found, _entry(office, found, year), year, data, {one.path: one.message for one in faults})
        return answer, 422
    archive().records.save(office, found, year, data, person_for(user(), here), _reason(), _version())
    return redirect(url_for("records.entry", office=office, form=form, year=year))


@blueprint.post("/<office>/<form>/check")
def check(office: str, form: str) -> ResponseReturnValue:
    """What is wrong with a form as it is being filled in, and what it lacks before it can be submitted, as JSON."""
    _office(office)
    found = _forms().get(form)
    data = posted_data(found, request.form, lambda _name: None)
    faults = {one.path: one.message for one in check_data(found, data, whole=False)}
    lacking = [one.message for one in check_data(found, data) if one.path not in faults]
    return jsonify(faults=faults, lacking=lacking)


@blueprint.post("/<office>/<form>/step")
def step(office: str, form: str) -> ResponseReturnValue:
    """Takes the entry a step on or back; somebody else's step in between is not overwritten (409)."""
    here, found = _office(office), _forms().get(form)
    year = _year(office, found)
    entry, name = _entry(office, found, year), request.form.get("step", "")
    if entry is None or name not in list(Step):
        raise BadRequest(name or "step")
    archive().records.step(entry.id, found, Step(name), person_for(user(), here), _reason(), _version(),
                           separate=house().settings.separate_steps)
    return redirect(url_for("records.entry", office=office, form=form, year=year))


@blueprint.get("/<office>/<form>/files/<digest>")
def file(office: str, form: str, digest: str) -> ResponseReturnValue:
    """A file that stands in the entry, or stood in it, as a download."""
    _office(office)
    found = _forms().get(form)
    entry = _entry(office, found, _year(office, found))
    held = {one for event in archive().records.events(entry.id) for one in files_in(found, event.data)} if entry else ()
    if digest not in held:
        raise NotFound(digest[:12])
    return attached.give(archive(), digest, f"{found.code}-{office}")


@blueprint.route("/import", methods=["GET", "POST"])
def take_in() -> ResponseReturnValue:
    """A table of entries: first tried, with every fault by its row, then kept as drafts."""
    forms = tuple(_forms())
    if request.method == "GET":
        return render_template("record_import.html", forms=forms, form=request.args.get("form", ""), result=None)
    form, upload = _forms().get(request.form.get("form", "")), request.files.get("file")
    if upload is None or not upload.filename:
        raise BadRequest("file")
    known = {one.code: one for one in archive().offices.all() if sight_of(user()).covers(one.code)}
    name = attached.tidy_name(upload.filename)
    drafts, faults = read_entries(form, upload.read(), name, user(), known)
    kept = not faults and bool(request.form.get("keep"))
    if kept:
        keep_entries(archive(), form, drafts, user(), known, name)
    return render_template("record_import.html", forms=forms, form=form.code, result=(name, drafts, faults, kept),
                           known=known), 422 if faults else 200


@blueprint.get("/forms/<form>.<any(csv, xlsx):kind>")
def template(form: str, kind: str) -> ResponseReturnValue:
    """An empty table of a form, to be filled in and taken in."""
    return _file(export_table(_forms().get(form), (), kind), kind, f"{form}-empty")


@blueprint.app_template_filter()
def typed_day(value: str) -> str:
    """An ISO day (CE) as a reader types it, of the Buddhist era: ``24/3/2566``; what is no day stays as it is."""
    try:
        day = dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return value
    return f"{day.day}/{day.month}/{day.year + BE_OFFSET}"


def _shown(office: Office, form: Form, entry: Entry | None, year: int, data: dict[str, object] | None = None,
           faults: dict[str, str] | None = None) -> str:
    here, person = archive(), person_for(user(), office)
    taken = here.records.taken(entry.id) if entry else ()
    steps = steps_open(form.recorded_by, entry.state if entry else State.DRAFT, person, taken,
                       separate=house().settings.separate_steps)
    values = data if data is not None else (entry.data if entry else {})
    asked = [row for row in here.tasks.list(office.code, form=form.code) if sees_task(here, user(), row)]
    chosen = entry_year(form, fiscal_year(today()), here.records.certified_years(office.code, _forms()))
    return render_template(
        "entry.html", form=form, office=office, entry=entry, year=year, years=_years(), values=values,
        faults=faults or {}, lacking=check_data(form, values), tasks=asked, chosen=chosen, blanks=_BLANKS,
        history=history(form, here.records.events(entry.id)) if entry else (), editable=Step.SAVE in steps,
        way=_way(form), steps=[one for one in steps if entry and one is not Step.SAVE])


def _way(form: Form) -> list[State]:
    """The states an entry of the form goes through, in order."""
    every = list(State)
    return every if form.recorded_by is RecordedBy.LAO else [State.DRAFT, State.SUBMITTED, State.ACCEPTED]


def _forms() -> Forms:
    return forms_of(house().settings)


def _titles(forms: Forms) -> dict[str, Form]:
    return {form.code: form for form in forms}


def _by_domain(forms: Forms) -> list[tuple[int | None, list[Form]]]:
    """Forms by domain, those of none last."""
    domains = sorted({form.domain for form in forms}, key=lambda domain: domain or 99)
    return [(domain, [form for form in forms if form.domain == domain]) for domain in domains]


def _counted(states: dict[str, State]) -> tuple[int, int, int]:
    """Of an office's entries: all, those in somebody's hands, those certified."""
    done = sum(state in (State.CERTIFIED, State.ACCEPTED) for state in states.values())
    return len(states), sum(state in (State.SUBMITTED, State.CHECKED) for state in states.values()), done


def _chosen() -> str | None:
    """The code of the office meant: the reader's own, or the one asked for by code or by a name that only one has."""
    own = own_office(user())
    if own is not None:
        return own
    text = request.args.get("office", "").strip()
    found = fitting(archive(), user(), text) if text else ()
    return found[0].code if len(found) == 1 else None


def _laos() -> list[Office]:
    sight = sight_of(user())
    return [one for one in archive().offices.all() if one.kind.is_lao and sight.covers(one.code)]


def _fits(office: Office, asked: dict[str, str]) -> bool:
    return (not asked["q"] or asked["q"] in office.code or asked["q"] in full_name(office)) and (
        not asked["district"] or asked["district"] == office.district)


def _where(asked: dict[str, str]) -> Where:
    """The filters of entries as the archive takes them, within the reader's area."""
    base = within(archive(), user())
    office = base.office if base.office is not None else asked["office"] or None
    if office and not sight_of(user()).covers(office):
        raise NotFound(office)
    year = asked["year"]
    return {"office": office, "form": asked["form"] or None, "fiscal_year": int(year) if year.isdigit() else None,
            "province": base.province, "district": base.district or asked["district"] or None,
            "state": State(asked["state"]) if asked["state"] in list(State) else None}


def _office(code: str) -> Office:
    """The office, if the reader may look at its records. Raises ``NotFound``."""
    office = archive().offices.get(code)
    if not sight_of(user()).covers(code):
        raise NotFound(code)
    return office


def _asked(*names: str) -> dict[str, str]:
    return {name: request.args.get(name, "").strip() for name in names}


def _asked_year() -> int:
    return _checked_year(request.args.get("year", type=int)) or fiscal_year(today())


def _years() -> list[int]:
    """Fiscal years (BE) to choose from, the latest first."""
    latest = fiscal_year(today())
    return sorted({*range(latest - _YEARS_BACK, latest + 1), _asked_year()}, reverse=True)


def _day() -> dt.date:
    """The day as of which points are told; today where none is given."""
    text = request.args.get("day", "").strip()
    return (read_day(text).date if text else None) or today()


def _year(office: str, form: Form) -> int:
    """The year asked for, else the one the year rule gives."""
    certified = archive().records.certified_years(office, _forms())
    return _checked_year(request.values.get("year", type=int)) or entry_year(form, fiscal_year(today()), certified).year


def _checked_year(year: int | None) -> int | None:
    if year is not None and year not in range(2500, 2700):
        abort(400)
    return year


def _entry(office: str, form: Form, year: int) -> Entry | None:
    return archive().records.find(office, form.code, year)


def _reason() -> str:
    return request.form.get("reason", "").strip()[:_LONGEST_REASON]


def _version() -> int | None:
    return request.form.get("version", type=int)


def _kept(name: str) -> str | None:
    upload = request.files.get(name)
    return attached.keep(archive(), upload).file if isinstance(upload, FileStorage) and upload.filename else None


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(data, mimetype=_TYPES[kind],
                    headers={"Content-Disposition": f"attachment; filename={name}.{kind}"})
