"""Runs migrations on the connection, and in the transaction, that :mod:`archive.migrate` hands over."""

from __future__ import annotations

from alembic import context

from archive.schema import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
