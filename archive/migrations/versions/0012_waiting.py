"""Packets in which something waits for a person are listed by a count that is kept beside the parse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Adds the count; a packet parsed before has none until it is parsed again."""
    op.add_column("parses", sa.Column("waiting", sa.Integer(), nullable=True))
    op.create_index("ix_parses_waiting", "parses", ["waiting"])
