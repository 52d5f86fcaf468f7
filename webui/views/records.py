"""Records: the offices of an area, the forms by domain, and one entry with its steps."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from archive import Entry, person_for
from archive.sight import sight_of
from letters import Office, fiscal_year
from letters.date import BE_OFFSET
from letters.errors import BadRequest, NotFound
from records import Form, Forms, RecordedBy, State, Step, check_data, entry_year, lpa_score, steps_open
from saraban.tables import LPA_COLUMNS, as_bytes, lpa_table
from tasks import full_name
from webui import attached
from webui.asked import districts, fitting
from webui.current import archive, house, today, user
from webui.dates import read_day
from webui.due import own_office, sees_task
from webui.entryform import posted_data
from webui.entrytold import files_in, history
from webui.paging import paging
from webui.recordsasked import asked_year, checked_year, export, forms_in_use, given, titled, years

blueprint = Blueprint("records", __name__, url_prefix="/records")

_LONGEST_REASON = 2000
_BLANKS = 2


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The menus of an office with where its entries of a year stand and its LPA points; without an office, the offices
    of the reader's area."""
    code = _chosen()
    if code is None:
        return offices()
    office, year, day, forms = _office(code), asked_year(), _day(), forms_in_use()
    entries = {entry.form: entry for entry in archive().records.list(code, fiscal_year=year)}
    held = archive().records.standings(forms, year, day, code).get(code, {})
    asked = {form.code for form in forms if any(
        sees_task(archive(), user(), row) for row in archive().tasks.list(code, form=form.code, open_only=True))}
    return render_template("records.html", groups=_by_domain(forms), office=office, year=year, years=years(), day=day,
                           entries=entries, score=lpa_score(forms, held), asked=asked, names=titled(forms),
                           own=own_office(user()) is not None)


@blueprint.get("/offices")
def offices() -> ResponseReturnValue:
    """The LAOs of the reader's area with points and how many forms stand where; ``format`` gives points as a file."""
    year, day, forms, asked = asked_year(), _day(), forms_in_use(), given("q", "district")
    found = [one for one in _laos() if _fits(one, asked)]
    if (kind := request.args.get("format", "")) in ("csv", "xlsx"):
        held = archive().records.standings(forms, year, day, offices=[one.code for one in found])
        scores = ((one, lpa_score(forms, held.get(one.code, {}))) for one in found)
        return export(as_bytes(kind, LPA_COLUMNS, lpa_table(scores, {form.code: form for form in forms}), "LPA"), kind,
                     f"lpa-{year}")
    page = paging(request.args, len(found))
    rows = found[page.offset:page.last]
    codes = [one.code for one in rows]
    held = archive().records.standings(forms, year, day, offices=codes)
    states = archive().records.by_office(codes, year)
    return render_template(
        "record_offices.html", page=page, asked=asked, year=year, years=years(), day=day, forms=len(forms),
        districts=districts(archive(), user()),
        rows=[(one, lpa_score(forms, held.get(one.code, {})), _counted(states.get(one.code, {}))) for one in rows])


@blueprint.get("/<office>/<form>")
def entry(office: str, form: str) -> ResponseReturnValue:
    """One entry, drawn from its form."""
    here, found = _office(office), forms_in_use().get(form)
    year = _year(office, found)
    return _shown(here, found, _entry(office, found, year), year)


@blueprint.post("/<office>/<form>")
def save(office: str, form: str) -> ResponseReturnValue:
    """Keeps the data as a draft; faults are shown beside the fields and nothing is kept (422)."""
    here, found = _office(office), forms_in_use().get(form)
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
    found = forms_in_use().get(form)
    data = posted_data(found, request.form, lambda _name: None)
    faults = {one.path: one.message for one in check_data(found, data, whole=False)}
    lacking = [one.message for one in check_data(found, data) if one.path not in faults]
    return jsonify(faults=faults, lacking=lacking)


@blueprint.post("/<office>/<form>/step")
def step(office: str, form: str) -> ResponseReturnValue:
    """Takes the entry a step on or back; somebody else's step in between is not overwritten (409)."""
    here, found = _office(office), forms_in_use().get(form)
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
    found = forms_in_use().get(form)
    entry = _entry(office, found, _year(office, found))
    held = {one for event in archive().records.events(entry.id) for one in files_in(found, event.data)} if entry else ()
    if digest not in held:
        raise NotFound(digest[:12])
    return attached.give(archive(), digest, f"{found.code}-{office}")


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
    seen = _version() if data is not None else None  # what was typed over a version is still of that version
    asked = [row for row in here.tasks.list(office.code, form=form.code) if sees_task(here, user(), row)]
    chosen = entry_year(form, fiscal_year(today()), here.records.certified_years(office.code, forms_in_use()))
    return render_template(
        "entry.html", form=form, office=office, entry=entry, year=year,
        version=seen if seen is not None else entry.version if entry else 0, years=years(), values=values,
        faults=faults or {}, lacking=check_data(form, values), tasks=asked, chosen=chosen, blanks=_BLANKS,
        history=history(form, here.records.events(entry.id)) if entry else (), editable=Step.SAVE in steps,
        way=_way(form), steps=[one for one in steps if entry and one is not Step.SAVE])


def _way(form: Form) -> list[State]:
    """The states an entry of the form goes through, in order."""
    every = list(State)
    return every if form.recorded_by is RecordedBy.LAO else [State.DRAFT, State.SUBMITTED, State.ACCEPTED]


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


def _office(code: str) -> Office:
    """The office, if the reader may look at its records. Raises ``NotFound``."""
    office = archive().offices.get(code)
    if not sight_of(user()).covers(code):
        raise NotFound(code)
    return office


def _day() -> dt.date:
    """The day as of which points are told; today where none is given."""
    text = request.args.get("day", "").strip()
    return (read_day(text).date if text else None) or today()


def _year(office: str, form: Form) -> int:
    """The year asked for, else the one the year rule gives."""
    certified = archive().records.certified_years(office, forms_in_use())
    return checked_year(request.values.get("year", type=int)) or entry_year(form, fiscal_year(today()), certified).year


def _entry(office: str, form: Form, year: int) -> Entry | None:
    return archive().records.find(office, form.code, year)


def _reason() -> str:
    return request.form.get("reason", "").strip()[:_LONGEST_REASON]


def _version() -> int | None:
    return request.form.get("version", type=int)


def _kept(name: str) -> str | None:
    upload = request.files.get(name)
    return attached.keep(archive(), upload).file if isinstance(upload, FileStorage) and upload.filename else None
