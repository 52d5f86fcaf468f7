"""Records: forms, what offices entered, the steps of certification, and the LPA score."""

from __future__ import annotations

from flask import Response

from archive import Entry as EntryRow
from archive import person_for
from letters import Office, fiscal_year
from letters.errors import Conflict, NotFound
from records import Form, check_data, json_schema, lpa_score, steps_open
from saraban.entrytables import keep_entries, read_entries
from saraban.menus import forms_of
from webui import attached
from webui.access import sight
from webui.api.core import operation
from webui.api.etags import must_match, tagged
from webui.api.files import FILE, uploaded
from webui.api.paging import cursor_of, number_of
from webui.api.problems import Invalid, Overtaken
from webui.api.recordshapes import (
    AttachedFile,
    Entries,
    Entry,
    EntryChecked,
    EntryData,
    EntryEvent,
    EntryEvents,
    EntryQuery,
    EntryStep,
    FormRow,
    FormRows,
    ImportedEntry,
    ImportFault,
    ImportQuery,
    ImportResult,
    LpaMissing,
    LpaScore,
    WholeForm,
    YearQuery,
)
from webui.current import archive, house, today, user
from webui.due import within
from webui.entrytold import files_in

_NONE = "none"
"""The version of an entry that is not there yet: its first saving asks for it."""


@operation("GET", "/forms", "records", FormRows)
def forms() -> FormRows:
    """All forms of the record store."""
    return FormRows(items=tuple(map(_row, forms_of(house().settings))))


@operation("GET", "/forms/<code>", "records", WholeForm)
def form(code: str) -> WholeForm:
    """One form."""
    found = _form(code)
    return WholeForm(form=_row(found), data_schema=json_schema(found))


@operation("GET", "/entries", "records", Entries, problems=(404,))
def entries(query: EntryQuery) -> Entries:
    """Entries of an office, or of the asker's area."""
    area, start = within(archive(), user()), number_of(query.cursor) or 0
    office = _office(query.office).code if query.office else area.office
    found = archive().records.list(
        office, query.form, query.year, area.province, district=area.district or query.district, state=query.state,
        limit=query.limit + 1, offset=start)
    known = {one.code: one for one in forms_of(house().settings)}
    return Entries(
        items=tuple(_told(row, known[row.form], archive().offices.get(row.office)) for row in found[: query.limit]
                    if row.form in known),
        next=cursor_of(start + query.limit if len(found) > query.limit else None))


@operation("GET", "/entries/<office>/<form_code>/<int(min=2500, max=2700):year>", "records", Entry, etag=True)
def entry(office: str, form_code: str, year: int) -> Response:
    """One entry."""
    found, place = _form(form_code), _office(office)
    row = archive().records.find(place.code, found.code, year)
    if row is None:
        raise NotFound(f"{office} {form_code} {year}")
    return tagged(_told(row, found, place), row.version)


@operation("PUT", "/entries/<office>/<form_code>/<int(min=2500, max=2700):year>", "records", Entry, etag=True,
           match=True, problems=(409,))
def save_entry(office: str, form_code: str, year: int, json: EntryData) -> Response:
    """Keeps the data as a draft; the first saving of an entry asks for ``If-Match: "none"``."""
    found, place = _form(form_code), _office(office)
    row = archive().records.find(place.code, found.code, year)
    must_match(row.version if row else _NONE, "entry")
    faults = check_data(found, json.data, whole=False)
    if faults:
        raise Invalid.of("; ".join(f"{fault.path}: {fault.message}" for fault in faults))
    try:
        kept = archive().records.save(place.code, found, year, json.data, person_for(user(), place), json.reason,
                                      row.version if row else None)
    except Conflict as error:
        raise Overtaken("entry") from error
    return tagged(_told(kept, found, place), kept.version)


@operation("POST", "/entries/<office>/<form_code>/<int(min=2500, max=2700):year>/steps", "records", Entry, etag=True,
           match=True, problems=(409,))
def step_entry(office: str, form_code: str, year: int, json: EntryStep) -> Response:
    """Takes it a step on, or back."""
    found, place = _form(form_code), _office(office)
    row = archive().records.find(place.code, found.code, year)
    if row is None:
        raise NotFound(f"{office} {form_code} {year}")
    must_match(row.version, "entry")
    try:
        kept = archive().records.step(row.id, found, json.step, person_for(user(), place), json.reason, row.version,
                                      separate=house().settings.separate_steps)
    except Conflict as error:
        raise Overtaken("entry") from error
    return tagged(_told(kept, found, place), kept.version)


@operation("POST", "/entries/<office>/<form_code>/check", "records", EntryChecked)
def check_entry(office: str, form_code: str, json: EntryData) -> EntryChecked:
    """Tries data without keeping it."""
    _office(office)
    found = _form(form_code)
    faults = {one.path: one.message for one in check_data(found, json.data, whole=False)}
    lacking = {one.path: one.message for one in check_data(found, json.data) if one.path not in faults}
    return EntryChecked(faults=faults, lacking=lacking)


@operation("POST", "/attachments", "records", AttachedFile, 201, upload=FILE)
def attach() -> tuple[AttachedFile, int]:
    """Keeps a file (PDF, JPEG or PNG, told by its content) for a field of an entry."""
    kept = attached.keep(archive(), uploaded())
    return AttachedFile(file=kept.file, name=kept.name), 201


@operation("GET", "/entries/<office>/<form_code>/<int(min=2500, max=2700):year>/files/<digest>", "records",
           media=("application/octet-stream", *attached.TYPES))
def entry_file(office: str, form_code: str, year: int, digest: str) -> Response:
    """A file that stands in the entry, or stood in it."""
    found, place = _form(form_code), _office(office)
    row = archive().records.find(place.code, found.code, year)
    held = {one for event in archive().records.events(row.id) for one in files_in(found, event.data)} if row else ()
    if digest not in held:
        raise NotFound(digest[:12])
    return attached.give(archive(), digest, f"{found.code}-{place.code}")


@operation("POST", "/entries-import", "records", ImportResult, problems=(404, 409), upload=FILE)
def import_entries(query: ImportQuery) -> ImportResult:
    """A table of entries (CSV or XLSX, as the form's template): tried, or kept as drafts if nothing is wrong."""
    found, file = _form(query.form), uploaded()
    known = {one.code: one for one in archive().offices.all() if sight().covers(one.code)}
    name = attached.tidy_name(file.filename or "")
    drafts, faults = read_entries(found, file.read(), name, user(), known)
    kept = query.keep and not faults
    if kept:
        keep_entries(archive(), found, drafts, user(), known, name)
    return ImportResult(
        kept=kept, items=tuple(ImportedEntry(office=one.office, fiscal_year=one.fiscal_year, data=one.data,
                                             row=one.row) for one in drafts),
        faults=tuple(ImportFault(row=one.row, column=one.column, message=one.message) for one in faults))


@operation("GET", "/entries/<office>/<form_code>/<int(min=2500, max=2700):year>/events", "records", EntryEvents)
def entry_events(office: str, form_code: str, year: int) -> EntryEvents:
    """Every step taken with it."""
    row = archive().records.find(_office(office).code, _form(form_code).code, year)
    if row is None:
        raise NotFound(f"{office} {form_code} {year}")
    return EntryEvents(items=tuple(
        EntryEvent(at=one.at, actor=one.actor, step=one.step.value, before=one.before.value, after=one.after.value,
              reason=one.reason, data=one.data) for one in archive().records.events(row.id)))


@operation("GET", "/offices/<code>/lpa", "records", LpaScore)
def lpa(code: str, query: YearQuery) -> LpaScore:
    """An LAO's points of the LPA indicator as it stands today."""
    office, year = _office(code), query.year or fiscal_year(today())
    every = forms_of(house().settings)
    held = archive().records.standings(every, year, today(), office.code).get(office.code, {})
    score = lpa_score(every, held)
    return LpaScore(office=office.code, fiscal_year=year, points=score.points, next_points=score.next_points,
                 missing=tuple(LpaMissing(domain=one.domain, form=one.form, what=one.what) for one in score.missing))


def _form(code: str) -> Form:
    return forms_of(house().settings).get(code)


def _office(code: str) -> Office:
    """The office, if its records are the asker's to see. Raises :class:`letters.errors.NotFound`."""
    if not sight().covers(code):
        raise NotFound(code)
    return archive().offices.get(code)


def _row(one: Form) -> FormRow:
    return FormRow(code=one.code, title=one.title.th, title_en=one.title.en, domain=one.domain,
                   recorded_by=one.recorded_by.value, version=one.version)


def _told(row: EntryRow, form: Form, office: Office) -> Entry:
    steps = steps_open(form.recorded_by, row.state, person_for(user(), office), archive().records.taken(row.id),
                       separate=house().settings.separate_steps)
    return Entry(id=row.id, office=row.office, form=row.form, fiscal_year=row.fiscal_year, data=row.data,
                 state=row.state.value, version=row.version, at=row.at, actor=row.actor, steps=tuple(steps),
                 faults={one.path: one.message for one in check_data(form, row.data)})
