"""Searches that people keep, and secret letters found without reading every field of every letter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the table and the index."""
    op.create_table(
        "saved_searches", sa.Column("id", _SERIAL, nullable=False), sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False), sa.Column("query", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_searches"))
    op.create_index("ix_saved_searches_user_name_title", "saved_searches", ["user_name", "title"], unique=True)
    op.create_index("ix_readings_field", "readings", ["field"])
