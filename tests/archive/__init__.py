"""Tests of the archive, the same on SQLite and PostgreSQL."""
