"""Processes of their own for tests, forked from a server that has imported the archive once: starting one is cheap."""

from __future__ import annotations

import multiprocessing

FRESH = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload(["archive", "tests.archive.made"])
