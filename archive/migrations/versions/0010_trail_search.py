"""The audit trail is searched by person, action and time, however long it is."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds the indexes; that of the subject alone gives way to one in the order of the events."""
    op.drop_index("ix_audit_events_subject", "audit_events")
    for column in ("subject", "actor", "action"):
        op.create_index(f"ix_audit_events_{column}_id", "audit_events", [column, "id"])
    op.create_index("ix_audit_events_at_id", "audit_events", ["at", "id"])
