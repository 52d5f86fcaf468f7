"""Files to take away: the same as the screens give, with the same filters."""

from __future__ import annotations

from typing import Annotated, Literal

from flask.typing import ResponseReturnValue
from msgspec import Meta

from webui.api.core import Closed, operation
from webui.views import chains, progress, records, register_lists, search
from webui.views import entries as entry_screens
from webui.views import tasks as task_screens

_Words = Annotated[str, Meta(max_length=300)]
_Code = Annotated[str, Meta(max_length=100, pattern=r"^[\w.-]+$")]
_CSV, _JSON, _ICS = "text/csv", "application/json", "text/calendar"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TABLE = "<any(csv, xlsx):kind>"


class TaskFile(Closed):
    """As the list of tasks on screen: ``state`` (``all`` for every one; without it the open ones), ``due``
    (``overdue``, ``near``, ``week``, ``month``, ``none``), ``who`` (a user's name, ``me``, ``nobody``)."""

    office: _Words = ""
    state: _Words = ""
    due: _Words = ""
    district: _Words = ""
    form: _Words = ""
    who: _Words = ""
    duty: _Words = ""


class ProgressFile(Closed):
    """``province`` for those who see the whole country."""

    format: Literal["csv", "xlsx"]
    province: _Words = ""
    district: _Words = ""
    form: _Words = ""
    duty: _Words = ""


class EntriesFile(Closed):
    """Entries of one form. ``year``: a fiscal year (BE)."""

    form: _Code
    format: Literal["csv", "xlsx", "json"]
    office: _Words = ""
    district: _Words = ""
    state: _Words = ""
    year: Annotated[int, Meta(ge=2500, le=2700)] | None = None


class PointsFile(Closed):
    """LPA points of the LAOs of the asker's area. ``year``: a fiscal year (BE); ``q``: words of the name."""

    format: Literal["csv", "xlsx"]
    year: Annotated[int, Meta(ge=2500, lt=2700)] | None = None
    q: _Words = ""
    district: _Words = ""


class BookFile(Closed):
    """A book of a year (CE), or ``due``, the destruction list. ``first`` and ``last``: days as a Thai reader writes
    them."""

    book: Literal["received", "sent", "circular", "kept", "due"]
    year: Annotated[int, Meta(ge=1901, lt=2200)] | None = None
    first: _Words = ""
    last: _Words = ""
    words: _Words = ""


class FoundFile(Closed):
    """As the search on screen, by the same names."""

    q: _Words = ""
    first: _Words = ""
    last: _Words = ""
    sender: _Words = ""
    kind: _Words = ""
    urgency: _Words = ""
    domain: _Words = ""
    deadline: _Words = ""
    state: _Words = ""
    person: _Words = ""


@operation("GET", "/tasks-export.<any(csv, xlsx, ics):kind>", "tasks", media=(_CSV, _XLSX, _ICS))
def tasks_export(kind: str, query: TaskFile) -> ResponseReturnValue:
    """Tasks as a table or a calendar."""
    del query  # checked; the screen reads it where it stands
    return task_screens.export(kind)


@operation("GET", "/tasks-progress-export", "tasks", media=(_CSV, _XLSX))
def progress_export(query: ProgressFile) -> ResponseReturnValue:
    """What the offices of an area have done, as a table."""
    del query
    return progress.index()


@operation("GET", "/entries-export", "records", media=(_CSV, _XLSX, _JSON), problems=(404,))
def entries_export(query: EntriesFile) -> ResponseReturnValue:
    """Entries of a form, in the table that can be taken in again."""
    del query
    return entry_screens.index()


@operation("GET", f"/forms/<code>/template.{_TABLE}", "records", media=(_CSV, _XLSX))
def form_template(code: str, kind: str) -> ResponseReturnValue:
    """An empty table of a form, to be filled in and taken in."""
    return entry_screens.template(code, kind)


@operation("GET", "/lpa-export", "records", media=(_CSV, _XLSX))
def lpa_export(query: PointsFile) -> ResponseReturnValue:
    """LPA points with what is missing, as a table."""
    del query
    return records.offices()


@operation("GET", f"/registers/<office>/export.{_TABLE}", "registers", media=(_CSV, _XLSX))
def register_export(office: str, kind: str, query: BookFile) -> ResponseReturnValue:
    """A book in the Regulation's columns."""
    del query
    return register_lists.export(office, kind)


@operation("GET", f"/search-export.{_TABLE}", "letters", media=(_CSV, _XLSX), problems=(503,))
def search_export(kind: str, query: FoundFile) -> ResponseReturnValue:
    """The letters found, as a table."""
    del query
    return search.export(kind)


@operation("GET", "/letters/<node_id>/chain.svg", "letters", media="image/svg+xml", problems=(503,))
def chain_drawing(node_id: str) -> ResponseReturnValue:
    """The chain of a letter as a drawing."""
    return chains.picture(node_id)
