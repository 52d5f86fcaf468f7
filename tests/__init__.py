"""Tests mirror the rooms: tests/<room>/ for each top-level package."""
