"""What the API tells of forms, entries, their steps and the LPA score, and what it is told of them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from msgspec import Meta

from records import State, Step
from webui.api.core import Closed, Open
from webui.api.paging import Paged

_Reason = Annotated[str, Meta(max_length=2000)]
_Year = Annotated[int, Meta(ge=2500, le=2700)]


class FormRow(Open):
    """A form: a menu of the record store."""

    code: str
    title: str
    title_en: str
    domain: int | None
    recorded_by: str
    version: int


class FormRows(Open):
    """All forms."""

    items: tuple[FormRow, ...]


class WholeForm(Open):
    """A form with the JSON Schema of a complete entry's data."""

    form: FormRow
    data_schema: dict[str, Any]


class EntryQuery(Paged):
    """``office`` is a code; without it all offices of the asker's area. ``district`` is a name, ``year`` a fiscal year
    (BE)."""

    office: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    form: Annotated[str, Meta(max_length=50)] | None = None
    year: _Year | None = None
    state: State | None = None
    district: Annotated[str, Meta(max_length=100)] | None = None


class Entry(Open):
    """An entry of an office in a form of a fiscal year (BE). ``faults``: what a complete entry still lacks, by path;
    ``steps``: what the asker may do with it now."""

    id: int
    office: str
    form: str
    fiscal_year: int
    data: dict[str, Any]
    state: str
    version: int
    at: dt.datetime
    actor: str
    faults: dict[str, str]
    steps: tuple[Step, ...]


class Entries(Open):
    """A page of entries, by office."""

    items: tuple[Entry, ...]
    next: str | None


class EntryData(Closed):
    """What an entry shall hold, by field."""

    data: dict[str, Any]
    reason: _Reason = ""


class EntryStep(Closed):
    """A step on or back; back needs a reason."""

    step: Step
    reason: _Reason = ""


class EntryChecked(Open):
    """What is wrong with data, by path, and what it still lacks before it can be submitted."""

    faults: dict[str, str]
    lacking: dict[str, str]


class AttachedFile(Open):
    """A file that was kept: ``file`` is what a field of an entry holds."""

    file: str
    name: str


class ImportQuery(Closed):
    """The form whose entries the table holds. Without ``keep`` the table is only tried."""

    form: Annotated[str, Meta(min_length=1, max_length=50)]
    keep: bool = False


class ImportedEntry(Open):
    """An entry out of a table; ``row``: its first row (the header is 1)."""

    office: str
    fiscal_year: int
    data: dict[str, Any]
    row: int


class ImportFault(Open):
    """One thing wrong in a table, in Thai."""

    row: int
    column: str
    message: str


class ImportResult(Open):
    """What a table holds and what is wrong with it; ``kept``: its entries stand as drafts now."""

    kept: bool
    items: tuple[ImportedEntry, ...]
    faults: tuple[ImportFault, ...]


class EntryEvent(Open):
    """A step somebody took, and the data afterwards."""

    at: dt.datetime
    actor: str
    step: str
    before: str
    after: str
    reason: str
    data: dict[str, Any]


class EntryEvents(Open):
    """Every step taken with an entry, oldest first."""

    items: tuple[EntryEvent, ...]


class YearQuery(Closed):
    """A fiscal year (BE); without it the present one."""

    year: _Year | None = None


class LpaMissing(Open):
    """What a domain still lacks for the next step, in Thai."""

    domain: int
    form: str
    what: str


class LpaScore(Open):
    """Points of the LPA indicator, the next higher ones, and what they need."""

    office: str
    fiscal_year: int
    points: int
    next_points: int | None
    missing: tuple[LpaMissing, ...]
