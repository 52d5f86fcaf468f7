"""Ids of letters for good, and what linking keeps so that one packet more need not link everything anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables; the letters there are keep their ids, the first ones the oldest."""
    op.create_table(
        "node_ids", sa.Column("id", sa.Text(), nullable=False), sa.Column("born", sa.BigInteger(), nullable=False),
        sa.Column("stands", sa.Text(), nullable=True), sa.PrimaryKeyConstraint("id", name="pk_node_ids"))
    op.execute("INSERT INTO node_ids (id, born) SELECT id, row_number() OVER (ORDER BY sort_day, id) FROM nodes")
    op.create_index("ix_links_packet_id_position_reference", "links", ["packet_id", "position", "reference"])
    _records("linking_heads", "packet_id", "position")
    _records("linking_mentions", "packet_id", "position", "reference")
    for name in ("linking_head_keys", "linking_mention_keys"):
        op.create_table(
            name, sa.Column("key", sa.BigInteger(), nullable=False),
            sa.Column("record", sa.BigInteger(), nullable=False),
            sa.PrimaryKeyConstraint("key", "record", name=f"pk_{name}"), sqlite_with_rowid=False)


def _records(name: str, packet: str, *places: str) -> None:
    op.create_table(
        name, sa.Column("id", _SERIAL, nullable=False), sa.Column(packet, sa.Text(), nullable=False),
        *[sa.Column(place, sa.Integer(), nullable=False) for place in places],
        sa.Column("data", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))
    columns = (packet, *places)
    op.create_index(f"ix_{name}_{'_'.join(columns)}", name, list(columns), unique=True)
