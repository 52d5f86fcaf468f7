"""The next id of a letter follows the last one given, which is found without looking at all of them."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Adds the index."""
    op.create_index("ix_node_ids_born", "node_ids", ["born"])
