"""Letters are found by owner letters or owner code alone, newest first, however many letters there are."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds the indexes."""
    for column in ("code", "agency"):
        op.create_index(f"ix_nodes_{column}_sort_day", "nodes", [column, "sort_day"])
