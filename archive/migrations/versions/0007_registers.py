"""The registry's books: a table of rows whose numbers cannot be changed or removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = ("time", "state", "mark", "reason", "letter_number", "dated", "sender", "recipient", "subject", "action",
          "remark")
_KEEPING = ("received", "folder", "retention")

_REFUSED = "a number of a register stays used"
_SQLITE_GUARDS = (
    f"""CREATE TRIGGER register_rows_no_renumber BEFORE UPDATE OF book, year, number ON register_rows
        BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END""",
    f"""CREATE TRIGGER register_rows_no_delete BEFORE DELETE ON register_rows
        BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END""",
)
_POSTGRES_GUARDS = (
    f"""CREATE FUNCTION register_rows_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$""",
    """CREATE TRIGGER register_rows_no_renumber BEFORE UPDATE OF book, year, number OR DELETE ON register_rows
       FOR EACH ROW EXECUTE FUNCTION register_rows_refuse()""",
)


def upgrade() -> None:
    """Adds the table and its guards."""
    op.create_table(
        "register_rows", sa.Column("id", _SERIAL, nullable=False),
        sa.Column("office_code", sa.Text(), nullable=False), sa.Column("book", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False), sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False), *[sa.Column(name, sa.Text(), nullable=False) for name in _WORDS],
        sa.Column("packet_id", sa.Text(), nullable=True), sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("source", _SERIAL, nullable=True),
        *[sa.Column(name, sa.Text(), nullable=False) for name in _KEEPING],
        sa.Column("keep_until", sa.Integer(), nullable=True), sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_code"], ["offices.code"], name="fk_register_rows_office_code_offices"),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name="fk_register_rows_packet_id_packets"),
        sa.ForeignKeyConstraint(["source"], ["register_rows.id"], name="fk_register_rows_source_register_rows"),
        sa.PrimaryKeyConstraint("id", name="pk_register_rows"), sqlite_autoincrement=True)
    for columns, unique in ((["office_code", "book", "year", "number"], True), (["packet_id", "office_code"], False),
                            (["office_code", "book", "day"], False), (["source"], False)):
        op.create_index(f"ix_register_rows_{'_'.join(columns)}", "register_rows", columns, unique=unique)
    for guard in _SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else _POSTGRES_GUARDS:
        op.execute(guard)
