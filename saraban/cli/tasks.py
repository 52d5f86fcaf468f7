"""Verbs on work: ``tasks``, ``progress``, ``remind``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from archive import Archive, TaskRow, Wanted
from letters import LetterDate
from saraban.cli.common import day, home_option, json_option, print_json
from saraban.cli.opening import opened
from saraban.feeds import calendar_file
from saraban.menus import thai_today
from saraban.reminders import daily, to_remind
from saraban.settings import Settings
from saraban.tables import PROGRESS_COLUMNS, TASK_COLUMNS, as_bytes, progress_table, task_table
from tasks import TaskState, is_overdue

DAY = click.DateTime(formats=["%Y-%m-%d"])
FORMATS = ("table", "json", "csv", "xlsx", "ics")


@click.command()
@click.option("--lao", "office", help="Code of the office.")
@click.option("--province", help="All offices of a province, by its name.")
@click.option("--district", help="All offices of a district, by its name, with its province.")
@click.option("--due-before", type=DAY, help="Due before this day (CE, YYYY-MM-DD).")
@click.option("--state", type=click.Choice([state.value for state in TaskState]))
@click.option("--open", "open_only", is_flag=True, help="Only what is not done, certified or not applicable.")
@click.option("--form", help="Only tasks for this form.")
@click.option("--assignee", help="Only tasks in this person's hands.")
@click.option("--limit", default=100, show_default=True, help="Most tasks; 0: all.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write (csv, xlsx, ics).")
@home_option
@json_option
def tasks(
    office: str | None,
    province: str | None,
    district: str | None,
    due_before: dt.datetime | None,
    state: str | None,
    open_only: bool,
    form: str | None,
    assignee: str | None,
    limit: int,
    kind: str,
    out: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """List tasks by due day, or write them as JSON, CSV, XLSX or a calendar.

    \b
    Example: saraban tasks --lao 6670116 --due-before 2021-07-01
             saraban tasks --lao 6670116 --format ics --out tasks.ics
    """
    with opened(home) as (archive, settings):
        wanted = Wanted(office, province, district, TaskState(state) if state else None, open_only,
                        due_before=due_before.date() if due_before else None, form=form, assignee=assignee)
        rows = archive.tasks.find(wanted, limit=limit or None)
        kind = "json" if as_json else kind
        if kind == "json":
            print_json([task_json(row) for row in rows])
        elif kind == "table":
            _print(rows, f"{len(rows)} จาก {archive.tasks.how_many(wanted)} งาน")
        else:
            _write(out, _file(kind, rows, archive, settings, office))


@click.command()
@click.option("--province", help="Name of the province.")
@click.option("--district", help="Name of the district, with its province.")
@click.option("--form", help="Only tasks for this form.")
@click.option("--format", "kind", type=click.Choice(FORMATS[:4]), default="table", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write (csv, xlsx).")
@home_option
def progress(
    province: str | None, district: str | None, form: str | None, kind: str, out: Path | None, home: Path | None
) -> None:
    """Show which offices have done what, for a province or a district.

    \b
    Example: saraban progress --province เพชรบูรณ์ --format xlsx --out progress.xlsx
    """
    with opened(home) as (archive, _):
        counted = archive.tasks.progress(thai_today(), province, district, form)
        table = progress_table(counted, {office.code: office for office in archive.offices.all()})
    if kind == "json":
        print_json(table)
    elif kind == "table":
        for line in table:
            click.echo(f"{line['done']:5}/{line['total']:<5} {line['percent']:5}%  เกินกำหนด {line['overdue']:<4} "
                       f"{line['office_name']}  {line['district']}")
    else:
        _write(out, as_bytes(kind, PROGRESS_COLUMNS, table, "ความคืบหน้า"))


@click.command()
@click.option("--today", type=DAY, help="As if today were this day (CE, YYYY-MM-DD).")
@click.option("--dry-run", is_flag=True, help="Only tell what is due to be reminded of.")
@home_option
def remind(today: dt.datetime | None, dry_run: bool, home: Path | None) -> None:
    """Do the daily work: make the tasks of recurring duties in time, and mail one digest to each office.

    Sent are tasks due within 7, 3 and 1 days and overdue ones, each once. The mail server is SARABAN_SMTP_HOST.

    \b
    Example: saraban remind --dry-run
    """
    when = today.date() if today else thai_today()
    with opened(home) as (archive, settings):
        if dry_run:
            mails = archive.offices.mails()
            for office, waiting in sorted(to_remind(archive, when).items()):
                click.echo(f"{office}  {len(waiting)} งาน  {mails.get(office, '(ไม่มีที่อยู่อีเมล)')}")
            return
        done = daily(archive, settings, when)
    if not settings.smtp_host:
        click.echo("ยังไม่ได้ตั้งค่า SARABAN_SMTP_HOST จึงไม่ได้ส่งอีเมล")
    click.echo(f"ส่งอีเมล {done.mails} ฉบับ ({done.tasks} งาน) ไม่สำเร็จ {done.refused} ไม่มีที่อยู่ {done.without_address} แห่ง")
    if done.refused:
        click.get_current_context().exit(75)


def task_json(row: TaskRow) -> dict[str, Any]:
    """A task for programs; the names are stable."""
    task = row.task
    return {
        "id": task.id, "duty": task.duty, "office": task.office, "office_name": task.office_name,
        "role": task.role.value, "title": task.title, "actions": list(task.actions),
        "due": task.due.isoformat() if task.due else None, "deadline_text": task.deadline_text, "where": task.where,
        "form": task.form, "fiscal_year": task.fiscal_year, "state": row.state.value, "assignee": row.assignee,
        "letter": task.letter, "urls": list(task.urls), "manuals": list(task.manuals), "phones": list(task.phones),
        "deadlines": [{"level": one.level.value, "date": one.date.isoformat() if one.date else None, "text": one.text,
                       "letter": one.node, "moved_by": one.moved_by} for one in task.level_deadlines],
        "evidence": [{"packet": item.packet, "page": item.page, "sentence": item.sentence} for item in task.evidence],
    }


def _print(rows: tuple[TaskRow, ...], footer: str) -> None:
    for row in rows:
        due = day(LetterDate.of(row.task.due)) if row.task.due else row.task.deadline_text or "ไม่มีกำหนด"
        late = " (เกินกำหนด)" if is_overdue(row.task, row.state, thai_today()) else ""
        click.echo(f"{due:16}{late}  {row.task.office_name}  [{row.state.value}]\n    {row.task.title}")
    click.echo(footer)


def _file(kind: str, rows: tuple[TaskRow, ...], archive: Archive, settings: Settings, office: str | None) -> bytes:
    if kind != "ics":
        return as_bytes(kind, TASK_COLUMNS, task_table(rows, thai_today()), "งาน")
    return calendar_file(archive, rows, office, settings.address, dt.datetime.now(dt.UTC))


def _write(out: Path | None, data: bytes) -> None:
    """To the file, or to standard output as it is."""
    if out:
        out.write_bytes(data)
        click.echo(f"เขียน {out} แล้ว")
    else:
        sys.stdout.buffer.write(data)


COMMANDS = (tasks, progress, remind)
