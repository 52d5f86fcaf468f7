"""Packets are found by who took them in."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds the indexes."""
    op.create_index("ix_packets_received_by", "packets", ["received_by"])
    op.create_index("ix_packet_names_actor", "packet_names", ["actor"])
