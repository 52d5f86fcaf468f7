"""Verbs on the record store: ``records forms``, ``schema``, ``list``, ``step``, ``import``, ``export``, ``lpa``."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click

from archive import Archive, User, person_for
from letters import fiscal_year
from letters.errors import BadRequest, NotFound
from records import Step, entry_year, json_schema, lpa_score
from saraban.cli.common import home_option, json_option, print_json
from saraban.cli.opening import opened
from saraban.cli.tasks import DAY, FORMATS
from saraban.entrytables import entry_json, export_json, export_table, keep_entries, read_entries
from saraban.menus import forms_of, thai_today
from saraban.tables import LPA_COLUMNS, as_bytes, lpa_table

_YEAR = click.option("--year", type=int, help="Fiscal year (BE); today's where not given.")
_AS = click.option("--as", "name", required=True, help="Name of the user who does it.")
_OUT = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")


@click.group()
def records() -> None:
    """Forms of the INFO system: entries of offices, their certification, tables in and out."""


@records.command("forms")
@home_option
@json_option
def records_forms(home: Path | None, as_json: bool) -> None:
    """List the forms in use; more are added as files in the forms folder.

    \b
    Example: saraban records forms
    """
    with opened(home) as (_, settings):
        forms = forms_of(settings)
    if as_json:
        print_json([{"code": form.code, "version": form.version, "title": form.title.th, "domain": form.domain,
                     "recorded_by": form.recorded_by.value, "source": form.source} for form in forms])
        return
    for form in forms:
        click.echo(f"{form.code:9} v{form.version}  {form.title.th}  ({form.source})")


@records.command("schema")
@click.argument("code")
@home_option
def records_schema(code: str, home: Path | None) -> None:
    """Print the JSON Schema of a form's data.

    \b
    Example: saraban records schema INFO09
    """
    with opened(home) as (_, settings):
        print_json(json_schema(forms_of(settings).get(code)))


@records.command("list")
@click.option("--lao", "office", help="Code of the office.")
@click.option("--form", help="Code of the form.")
@click.option("--province", help="All offices of a province, by its name.")
@_YEAR
@home_option
@json_option
def records_list(
    office: str | None, form: str | None, province: str | None, year: int | None, home: Path | None, as_json: bool
) -> None:
    """List entries with where they stand.

    \b
    Example: saraban records list --lao 6670116 --year 2564
    """
    with opened(home) as (archive, _):
        entries = archive.records.list(office, form, year, province)
    if as_json:
        print_json([entry_json(entry) for entry in entries])
        return
    for entry in entries:
        click.echo(f"{entry.id:6}  {entry.office}  {entry.form:9} {entry.fiscal_year}  {entry.state.value:10} "
                   f"{entry.actor}")


@records.command("year")
@click.argument("office")
@click.argument("form")
@home_option
def records_year(office: str, form: str, home: Path | None) -> None:
    """Tell which fiscal year an office's entry goes to, and why.

    \b
    Example: saraban records year 6670116 INFO08
    """
    with opened(home) as (archive, settings):
        forms = forms_of(settings)
        certified = archive.records.certified_years(archive.offices.get(office).code, forms)
    chosen = entry_year(forms.get(form), fiscal_year(thai_today()), certified)
    click.echo(f"{chosen.year}  {chosen.reason}")


@records.command("step")
@click.argument("entry_id", type=int)
@click.argument("step", type=click.Choice([step.value for step in Step if step is not Step.SAVE]))
@click.option("--reason", default="", help="Why; needed to return or unlock.")
@_AS
@home_option
def records_step(entry_id: int, step: str, reason: str, name: str, home: Path | None) -> None:
    """Take an entry a step on or back: submit, check, certify, accept, return, unlock.

    \b
    Example: saraban records step 12 certify --as malee
    """
    with opened(home) as (archive, settings):
        entry, forms = archive.records.get(entry_id), forms_of(settings)
        person = person_for(_user(archive, name), archive.offices.get(entry.office))
        done = archive.records.step(entry_id, forms.get(entry.form), Step(step), person, reason,
                                    separate=settings.separate_steps)
    click.echo(f"{done.id}  {done.form} {done.fiscal_year}  {done.state.value}")


@records.command("import")
@click.argument("form")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only tell what is wrong.")
@_AS
@home_option
def records_import(form: str, file: Path, dry_run: bool, name: str, home: Path | None) -> None:
    """Take a table (CSV or XLSX) in as drafts; every fault is told with its row, and then nothing is taken.

    \b
    Example: saraban records import INFO08 websites.xlsx --as malee --dry-run
    """
    with opened(home) as (archive, settings):
        found, user = forms_of(settings).get(form), _user(archive, name)
        offices = {office.code: office for office in archive.offices.all()}
        drafts, faults = read_entries(found, file.read_bytes(), file.name, user, offices)
        for fault in faults:
            click.echo(f"แถว {fault.row} {fault.column}: {fault.message}", err=True)
        if not faults and not dry_run:
            keep_entries(archive, found, drafts, user, offices, file.name)
    kept = "ยังไม่ได้บันทึก" if faults or dry_run else "บันทึกแล้ว"
    click.echo(f"{len(drafts)} รายการใช้ได้ {len(faults)} ข้อผิดพลาด ({kept})")
    if faults:
        click.get_current_context().exit(65)


@records.command("export")
@click.argument("form")
@click.option("--lao", "office", help="Code of the office.")
@click.option("--province", help="All offices of a province, by its name.")
@_YEAR
@click.option("--format", "kind", type=click.Choice(FORMATS[1:4]), default="json", show_default=True)
@_OUT
@home_option
def records_export(form: str, office: str | None, province: str | None, year: int | None, kind: str, out: Path | None,
                   home: Path | None) -> None:
    """Write a form's entries as JSON with its schema, CSV or XLSX; the tables can be taken in again.

    \b
    Example: saraban records export INFO08 --province เพชรบูรณ์ --year 2564 --format xlsx --out websites.xlsx
    """
    with opened(home) as (archive, settings):
        found = forms_of(settings).get(form)
        entries = archive.records.list(office, form, year, province)
    if kind == "json" and out is None:
        print_json(export_json(found, entries))
        return
    data = json.dumps(export_json(found, entries), ensure_ascii=False, indent=2).encode() if kind == "json" else \
        export_table(found, entries, kind)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        out.write_bytes(data)
        click.echo(f"เขียน {len(entries)} รายการลง {out} แล้ว")


@records.command("lpa")
@click.option("--lao", "office", help="Code of the office.")
@click.option("--province", help="All LAOs of a province, by its name.")
@_YEAR
@click.option("--as-of", type=DAY, help="As it stood at the end of this day (CE, YYYY-MM-DD).")
@click.option("--format", "kind", type=click.Choice(FORMATS[:4]), default="table", show_default=True)
@_OUT
@home_option
def records_lpa(office: str | None, province: str | None, year: int | None, as_of: dt.datetime | None, kind: str,
                out: Path | None, home: Path | None) -> None:
    """Compute the LPA indicator (5, 3, 1, 0) and what is missing for the next step.

    \b
    Example: saraban records lpa --province เพชรบูรณ์ --year 2564 --as-of 2021-06-15
    """
    if (office is None) == (province is None):
        raise click.UsageError("give --lao or --province")
    with opened(home) as (archive, settings):
        table = lpa_of(archive, settings, office, province, year, as_of.date() if as_of else thai_today())
    if kind == "json":
        print_json(table)
    elif kind == "table":
        for line in table:
            click.echo(f"{line['points']}  {line['office_name']}  {line['district']}\n     {line['missing']}")
    elif out:
        out.write_bytes(as_bytes(kind, LPA_COLUMNS, table, "LPA"))
    else:
        sys.stdout.buffer.write(as_bytes(kind, LPA_COLUMNS, table, "LPA"))


def lpa_of(archive: Archive, settings: Any, office: str | None, province: str | None, year: int | None,
           day: dt.date) -> list[dict[str, Any]]:
    """The indicator of an LAO or of all LAOs of a province, as a table. Raises ``NotFound`` for an unknown office."""
    forms, wanted = forms_of(settings), year or fiscal_year(day)
    offices = (archive.offices.get(office),) if office else archive.offices.within(province or "")
    laos = [one for one in offices if one.kind.is_lao]
    standings = archive.records.standings(forms, wanted, day, office, province)
    return lpa_table(((one, lpa_score(forms, standings.get(one.code, {}))) for one in laos),
                     {form.code: form for form in forms})


def _user(archive: Archive, name: str) -> User:
    user = next((one for one in archive.users.list() if one.name == name.strip().casefold()), None)
    if user is None:
        raise NotFound(name)
    if not user.active:
        raise BadRequest(name, "ผู้ใช้ถูกระงับ")
    return user


COMMANDS = (records,)
