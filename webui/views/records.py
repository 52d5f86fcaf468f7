"""Records: the forms by domain, one entry with its steps, and progress of a province as a table."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import Entry, person_for
from letters import Office, fiscal_year
from letters.errors import BadRequest, NotFound
from records import Form, Forms, State, Step, check_data, entry_year, lpa_score, steps_open
from saraban.menus import forms_of
from saraban.tables import PROGRESS_COLUMNS, as_bytes, progress_table
from tasks import full_name
from webui.current import archive, house, today, user
from webui.due import own_office, sees_task
from webui.entryform import posted_data

blueprint = Blueprint("records", __name__, url_prefix="/records")

_LONGEST_REASON = 2000
_BLANKS = 2
_TYPES = {"csv": "text/csv; charset=utf-8",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@blueprint.get("")
def index() -> ResponseReturnValue:
    """All forms by domain, with where an office's entries of a year stand and its LPA points."""
    own = own_office(user())
    code = own if own is not None else request.args.get("office", "").strip()
    year, forms = request.args.get("year", type=int) or fiscal_year(today()), _forms()
    office = _office(code) if code else None
    entries = {entry.form: entry for entry in archive().records.list(code, fiscal_year=year)} if office else {}
    held = archive().records.standings(forms, year, today(), code).get(code, {}) if office else {}
    return render_template("records.html", forms=forms, office=office, name=full_name(office) if office else "",
                           year=year, entries=entries, score=lpa_score(forms, held) if office else None, own=own)


@blueprint.get("/progress")
def progress() -> ResponseReturnValue:
    """What the offices of a province or district have done; ``format`` gives it as a file."""
    province, district = (request.args.get(name, "").strip() or None for name in ("province", "district"))
    offices = {office.code: office for office in archive().offices.within(province, district)} if province else {}
    table = progress_table(archive().tasks.progress(today(), province, district), offices) if province else []
    kind = request.args.get("format", "")
    if kind in _TYPES:
        data = as_bytes(kind, PROGRESS_COLUMNS, table, "ความคืบหน้า")
        return Response(data, mimetype=_TYPES[kind],
                        headers={"Content-Disposition": f"attachment; filename=progress.{kind}"})
    return render_template("progress.html", table=table, columns=PROGRESS_COLUMNS, province=province or "",
                           district=district or "")


@blueprint.get("/<office>/<form>")
def entry(office: str, form: str) -> ResponseReturnValue:
    """One entry, drawn from its form."""
    found = _forms().get(form)
    return _shown(_office(office), found, _entry(office, found, _year(office, found)), _year(office, found))


@blueprint.post("/<office>/<form>")
def save(office: str, form: str) -> ResponseReturnValue:
    """Keeps the data as a draft; faults are shown beside the fields and nothing is kept (422)."""
    found, here, year = _forms().get(form), _office(office), _year(office, _forms().get(form))
    data = posted_data(found, request.form, _kept)
    faults = check_data(found, data, whole=False)
    if faults:
        answer = _shown(here, found, _entry(office, found, year), year, data, {one.path: one.message for one in faults})
        return answer, 422
    archive().records.save(office, found, year, data, person_for(user(), here), _reason(), _version())
    return redirect(url_for("records.entry", office=office, form=form, year=year))


@blueprint.post("/<office>/<form>/step")
def step(office: str, form: str) -> ResponseReturnValue:
    """Takes the entry a step on or back; somebody else's step in between is not overwritten (409)."""
    found, here, year = _forms().get(form), _office(office), _year(office, _forms().get(form))
    entry, name = _entry(office, found, year), request.form.get("step", "")
    if entry is None or name not in list(Step):
        raise BadRequest(name or "step")
    archive().records.step(entry.id, found, Step(name), person_for(user(), here), _reason(), _version(),
                           separate=house().settings.separate_steps)
    return redirect(url_for("records.entry", office=office, form=form, year=year))


def _shown(office: Office, form: Form, entry: Entry | None, year: int, data: dict[str, object] | None = None,
           faults: dict[str, str] | None = None) -> str:
    here, person = archive(), person_for(user(), office)
    taken = here.records.taken(entry.id) if entry else ()
    separate = house().settings.separate_steps
    steps = steps_open(form.recorded_by, entry.state if entry else State.DRAFT, person, taken, separate=separate)
    values = data if data is not None else (entry.data if entry else {})
    asked = [row for row in here.tasks.list(office.code, form=form.code) if sees_task(here, user(), row)]
    chosen = entry_year(form, fiscal_year(today()), here.records.certified_years(office.code, _forms()))
    return render_template(
        "entry.html", form=form, office=office, name=full_name(office), entry=entry, year=year, values=values,
        faults=faults or {}, lacking=check_data(form, values), tasks=asked, chosen=chosen, blanks=_BLANKS,
        events=here.records.events(entry.id) if entry else (), editable=Step.SAVE in steps,
        steps=[one for one in steps if entry and one is not Step.SAVE])


def _forms() -> Forms:
    return forms_of(house().settings)


def _office(code: str) -> Office:
    """The office, if the reader may look at its records. Raises ``NotFound``."""
    own = own_office(user())
    if own is not None and own != code:
        raise NotFound(code)
    return archive().offices.get(code)


def _year(office: str, form: Form) -> int:
    """The year asked for, else the one the year rule gives."""
    asked = request.values.get("year", type=int)
    if asked is not None and asked not in range(2500, 2700):
        abort(400)
    certified = archive().records.certified_years(office, _forms())
    return asked or entry_year(form, fiscal_year(today()), certified).year


def _entry(office: str, form: Form, year: int) -> Entry | None:
    return archive().records.find(office, form.code, year)


def _reason() -> str:
    return request.form.get("reason", "").strip()[:_LONGEST_REASON]


def _version() -> int | None:
    return request.form.get("version", type=int)


def _kept(name: str) -> str | None:
    upload = request.files.get(name)
    return archive().files.put(upload.read()) if upload and upload.filename else None
