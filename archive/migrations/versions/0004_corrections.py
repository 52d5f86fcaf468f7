"""What persons decided about letters as read; rows are added and never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_REFUSED = "corrections are append-only"
_SQLITE_GUARDS = (
    f"""CREATE TRIGGER corrections_no_update BEFORE UPDATE ON corrections
        BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END""",
    f"""CREATE TRIGGER corrections_no_delete BEFORE DELETE ON corrections
        BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END""",
)
_POSTGRES_GUARDS = (
    f"""CREATE FUNCTION corrections_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$""",
    """CREATE TRIGGER corrections_no_update BEFORE UPDATE OR DELETE ON corrections
       FOR EACH ROW EXECUTE FUNCTION corrections_refuse()""",
)


def upgrade() -> None:
    """Adds the table and its guards."""
    op.create_table(
        "corrections", sa.Column("id", _SERIAL, nullable=False), sa.Column("packet_id", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False), sa.Column("field", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False), sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True), sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name="fk_corrections_packet_id_packets"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"), sqlite_autoincrement=True)
    op.create_index("ix_corrections_packet_id_id", "corrections", ["packet_id", "id"])
    for guard in _SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else _POSTGRES_GUARDS:
        op.execute(guard)
