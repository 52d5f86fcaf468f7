"""Who may see what and by which key: tokens, second factors, failed sign-ins, named readers, areas, webhooks; and the
audit trail as a chain of digests."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from archive.trail import FIRST, next_digest

revision = "0005"
down_revision = "0004"

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_EVENT = ("at", "actor", "action", "subject", "field", "before", "after")


def upgrade() -> None:
    """Adds the tables, and digests to the events that stand."""
    _people()
    _letters()
    _webhooks()
    _chain_the_trail()


def _people() -> None:
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("stamp", sa.Text(), nullable=False, server_default=secrets.token_hex(8)))
        users.add_column(sa.Column("totp_secret", sa.Text(), nullable=True))
        users.add_column(sa.Column("totp_step", sa.BigInteger(), nullable=True))
    op.create_table(
        "recovery_codes", sa.Column("id", _SERIAL, nullable=False), sa.Column("user_id", _SERIAL, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False), sa.Column("used_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_recovery_codes_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"))
    op.create_index("ix_recovery_codes_user_id", "recovery_codes", ["user_id"])
    op.create_table(
        "sign_in_failures", sa.Column("id", _SERIAL, nullable=False), sa.Column("who", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False), sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failures"))
    for columns in (["at"], ["who", "at"], ["address", "at"]):
        op.create_index(f"ix_sign_in_failures_{'_'.join(columns)}", "sign_in_failures", columns)
    op.create_table(
        "api_tokens", sa.Column("id", _SERIAL, nullable=False), sa.Column("user_id", _SERIAL, nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("name", "digest", "scopes", "made_by")],
        sa.Column("made_at", _TIME, nullable=False), sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("last_used_at", _TIME, nullable=True), sa.Column("revoked_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_api_tokens_user_id_users"),
        sa.UniqueConstraint("digest", name="uq_api_tokens_digest"), sa.PrimaryKeyConstraint("id", name="pk_api_tokens"))
    op.create_index("ix_api_tokens_user_id", "api_tokens", ["user_id"])


def _letters() -> None:
    op.create_table(
        "packet_readers", *[sa.Column(name, sa.Text(), nullable=False) for name in
                            ("packet_id", "user_name", "given_by")],
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name="fk_packet_readers_packet_id_packets"),
        sa.PrimaryKeyConstraint("packet_id", "user_name", name="pk_packet_readers"))
    op.create_index("ix_packet_readers_user_name", "packet_readers", ["user_name"])
    op.create_table(
        "letter_areas", sa.Column("packet_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("office_code", "province", "district")],
        sa.ForeignKeyConstraint(["packet_id", "position"], ["letters.packet_id", "letters.position"],
                                name="fk_letter_areas_packet_id_position_letters", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("packet_id", "position", "office_code", name="pk_letter_areas"))
    for column in ("office_code", "district", "province"):
        op.create_index(f"ix_letter_areas_{column}", "letter_areas", [column])
    op.create_index("ix_readings_secrecy", "readings", ["packet_id", "position"],
                    sqlite_where=sa.text("field = 'secrecy'"), postgresql_where=sa.text("field = 'secrecy'"))


def _webhooks() -> None:
    op.create_table(
        "webhooks", sa.Column("id", _SERIAL, nullable=False), sa.Column("user_id", _SERIAL, nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("url", "events", "secret")],
        sa.Column("active", sa.Boolean(), nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_webhooks_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"))
    op.create_table(
        "webhook_deliveries", sa.Column("id", _SERIAL, nullable=False),
        sa.Column("webhook_id", _SERIAL, nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("event", "subject", "body", "state", "detail")],
        sa.Column("attempts", sa.Integer(), nullable=False), sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name="fk_webhook_deliveries_webhook_id_webhooks",
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_deliveries"))
    op.create_index("ix_webhook_deliveries_webhook_id", "webhook_deliveries", ["webhook_id"])
    op.create_index("ix_webhook_deliveries_webhook_id_event_subject", "webhook_deliveries",
                    ["webhook_id", "event", "subject"], unique=True)
    op.create_table(
        "told", sa.Column("event", sa.Text(), nullable=False), sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "subject", name="pk_told"))


def _chain_the_trail() -> None:
    """Digests for what stands already; its guard against changes steps aside for this one transaction."""
    connection = op.get_bind()
    lite = connection.dialect.name == "sqlite"
    op.add_column("audit_events", sa.Column("digest", sa.Text(), nullable=False, server_default=""))
    op.execute("DROP TRIGGER audit_no_update" if lite else "DROP TRIGGER audit_no_update ON audit_events")
    events = sa.table("audit_events", sa.column("id"), sa.column("at", _TIME), sa.column("digest"),
                      *[sa.column(name) for name in _EVENT[1:]])
    last = FIRST
    for row in connection.execute(sa.select(events).order_by(events.c.id)).mappings().all():
        last = next_digest(last, **{name: row[name] for name in _EVENT})
        connection.execute(sa.update(events).where(events.c.id == row["id"]).values(digest=last))
    op.execute("""CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_events
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""" if lite else
               """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_events
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""")
