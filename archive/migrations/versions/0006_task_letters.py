"""Which letters a task quotes, and on which day an office got a letter as a person told it."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds the tables and fills the first from the tasks that are there."""
    letters = op.create_table(
        "task_letters", sa.Column("body", sa.Text(), nullable=False), sa.Column("node", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("body", "node", name="pk_task_letters"))
    op.create_index("ix_task_letters_node", "task_letters", ["node"])
    op.create_table(
        "task_receipts", sa.Column("office_code", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False), sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False), sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office_code", "letter", name="pk_task_receipts"))
    bodies = sa.table("task_bodies", sa.column("digest"), sa.column("data"))
    rows = [{"body": digest, "node": node} for digest, data in op.get_bind().execute(sa.select(bodies)).all()
            for node in sorted(_nodes(data))]
    if rows:
        op.get_bind().execute(letters.insert(), rows)


def _nodes(data: str) -> set[str]:
    task = json.loads(data)
    return {task["letter"], *(one["node"] for part in ("evidence", "level_deadlines") for one in task[part])}
