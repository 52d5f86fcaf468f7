"""Entries in tables: read with every fault named by its row, kept as drafts, and written to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from archive import Archive, Entry, User, person_for
from letters import Office
from records import Draft, Form, RecordedBy, RowFault, columns, from_rows, json_schema, to_rows
from records.sheet import read_table, write_csv, write_xlsx


def read_entries(form: Form, data: bytes, name: str, user: User,
                 offices: Mapping[str, Office]) -> tuple[list[Draft], list[RowFault]]:
    """The entries of a CSV or XLSX table, and all that is wrong with it by row, entries of offices that the user does
    not record for among them. Raises :class:`records.sheet.BadSheet`."""
    drafts, faults = from_rows(form, read_table(data, name), offices)
    return drafts, sorted([*faults, *_not_theirs(form, drafts, user, offices)], key=lambda fault: fault.row)


def keep_entries(archive: Archive, form: Form, drafts: Iterable[Draft], user: User, offices: Mapping[str, Office],
                 name: str) -> None:
    """Keeps the entries of the table ``name`` as drafts. Raises as :meth:`archive.records.Records.save`."""
    for draft in drafts:
        archive.records.save(draft.office, form, draft.fiscal_year, draft.data, person_for(user, offices[draft.office]),
                             f"นำเข้าจาก {name}")


def export_json(form: Form, entries: Iterable[Entry]) -> dict[str, Any]:
    """Entries with the schema of their data."""
    return {"form": form.code, "version": form.version, "schema": json_schema(form),
            "entries": [entry_json(entry) for entry in entries]}


def export_table(form: Form, entries: Iterable[Entry], kind: str) -> bytes:
    """Entries as ``csv`` or ``xlsx``, to be taken in again."""
    rows = to_rows(form, (Draft(entry.office, entry.fiscal_year, entry.data, 0) for entry in entries))
    if kind == "csv":
        return write_csv(columns(form), rows)
    words = [(field.key, f"{field.label.th} {field.help}".strip()) for field in form.fields]
    return write_xlsx(columns(form), rows, form.code, words)


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry for programs; the names are stable."""
    return {"id": entry.id, "office": entry.office, "form": entry.form, "fiscal_year": entry.fiscal_year,
            "state": entry.state.value, "version": entry.version, "at": entry.at.isoformat(), "actor": entry.actor,
            "data": entry.data}


def _not_theirs(form: Form, drafts: Iterable[Draft], user: User, offices: Mapping[str, Office]) -> list[RowFault]:
    part = "province" if form.recorded_by is RecordedBy.PROVINCE else "recorder"
    return [RowFault(draft.row, "office", f"{user.name} ไม่ใช่ผู้บันทึกของ {draft.office}") for draft in drafts
            if part not in {one.value for one in person_for(user, offices[draft.office]).parts}]
