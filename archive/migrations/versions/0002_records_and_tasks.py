"""Events of entries, tasks that share a body, assignments, proofs, reminders, feeds, history of offices."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds the tables and divides each task into its own part and the part it shares."""
    _offices()
    _divide_tasks()
    _task_work()
    _entries()


def _offices() -> None:
    op.create_index("ix_offices_province_kind", "offices", ["province", "kind"])
    op.create_table(
        "office_changes", sa.Column("id", _SERIAL, nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in
          ("code", "actor", "change", "kind", "name", "province", "district")],
        sa.Column("at", _TIME, nullable=False), sa.PrimaryKeyConstraint("id", name="pk_office_changes"))
    op.create_index("ix_office_changes_code", "office_changes", ["code"])
    op.create_table(
        "office_mail", *[sa.Column(name, sa.Text(), nullable=False) for name in ("office_code", "address", "actor")],
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["office_code"], ["offices.code"], name="fk_office_mail_office_code"),
        sa.PrimaryKeyConstraint("office_code", name="pk_office_mail"))
    op.create_table(
        "feeds", sa.Column("id", _SERIAL, nullable=False), sa.Column("office_code", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False), sa.Column("made_at", _TIME, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False), sa.Column("revoked_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["office_code"], ["offices.code"], name="fk_feeds_office_code"),
        sa.UniqueConstraint("secret", name="uq_feeds_secret"), sa.PrimaryKeyConstraint("id", name="pk_feeds"))
    op.create_index("ix_feeds_office_code", "feeds", ["office_code"])


def _divide_tasks() -> None:
    connection = op.get_bind()
    first = sa.table("tasks", sa.column("id"), sa.column("office_code"), sa.column("due", sa.Date()),
                     sa.column("sort_day", sa.Date()), sa.column("withdrawn", sa.Boolean()), sa.column("data"))
    old = [dict(row) for row in connection.execute(sa.select(first)).mappings()]
    op.drop_table("tasks")
    bodies = op.create_table(
        "task_bodies", sa.Column("digest", sa.Text(), nullable=False), sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_task_bodies"))
    tasks = op.create_table(
        "tasks", *[sa.Column(name, sa.Text(), nullable=False) for name in ("id", "office_code", "office_name", "duty")],
        sa.Column("form", sa.Text(), nullable=True), sa.Column("due", sa.Date(), nullable=True),
        sa.Column("sort_day", sa.Date(), nullable=False), sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_tasks"))
    op.create_index("ix_tasks_sort_day_id", "tasks", ["sort_day", "id"])
    op.create_index("ix_tasks_office_code_sort_day_id", "tasks", ["office_code", "sort_day", "id"])
    op.create_index("ix_tasks_duty", "tasks", ["duty"])
    divided = [_divided(row) for row in old]
    for digest, data in {row["body"]: data for row, data in divided}.items():
        connection.execute(bodies.insert().values(digest=digest, data=data))
    if divided:
        connection.execute(tasks.insert(), [row for row, _ in divided])


def _divided(row: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """A task's own columns, and the JSON of what it shares with the same duty's tasks for other offices."""
    whole = json.loads(row.pop("data"))
    name = whole["office_name"]
    data = json.dumps({**whole, "id": "", "office": "", "office_name": ""}, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.blake2b(data.encode(), digest_size=16).hexdigest()
    own = {"office_name": name, "duty": whole["duty"], "form": None, "body": digest}
    return row | own, data


def _task_work() -> None:
    op.create_table(
        "task_assignments", *[sa.Column(name, sa.Text(), nullable=False) for name in ("task_id", "assignee", "actor")],
        sa.Column("at", _TIME, nullable=False), sa.PrimaryKeyConstraint("task_id", name="pk_task_assignments"))
    op.create_table(
        "task_proofs", sa.Column("id", _SERIAL, nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("task_id", "name", "actor")],
        sa.Column("file", sa.Text(), nullable=True), sa.Column("entry_id", sa.BigInteger(), nullable=True),
        sa.Column("at", _TIME, nullable=False), sa.PrimaryKeyConstraint("id", name="pk_task_proofs"))
    op.create_index("ix_task_proofs_task_id", "task_proofs", ["task_id"])
    op.create_table(
        "reminders",
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("task_id", "stage", "office_code", "state")],
        sa.Column("due", sa.Date(), nullable=False), sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("task_id", "stage", "due", name="pk_reminders"))
    op.create_index("ix_reminders_office_code", "reminders", ["office_code"])


def _entries() -> None:
    op.drop_index("ix_records_office_code_form_fiscal_year", "records")
    op.create_index("ix_records_office_code_form_fiscal_year", "records", ["office_code", "form", "fiscal_year"],
                    unique=True)
    op.create_index("ix_records_fiscal_year_form", "records", ["fiscal_year", "form"])
    op.create_table(
        "record_events", sa.Column("id", _SERIAL, nullable=False), sa.Column("entry_id", _SERIAL, nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("actor", "step", "before", "after", "reason")],
        sa.Column("at", _TIME, nullable=False), sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["records.id"], name="fk_record_events_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_record_events"))
    op.create_index("ix_record_events_entry_id", "record_events", ["entry_id"])
