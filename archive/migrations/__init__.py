"""Alembic's scripts: each version of the tables, in order. Run by :mod:`archive.migrate` only."""
