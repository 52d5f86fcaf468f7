"""Building the index again: bounded memory, going on after a kill, nothing lost that is written meanwhile."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from index import Entry, open_engine
from index.engine import SearchEngine
from letters.errors import Conflict, IndexUnavailable
from tests.index.conftest import LETTERS, make_entry


def numbered(count: int, after: int = 0) -> Iterator[Entry]:
    """Entries n001, n002, … that all hold ปลานิล and their own number."""
    return (make_entry(f"n{serial:03}", body=f"ปลานิล {serial}") for serial in range(after + 1, count + 1))


def ids(engine: SearchEngine, query: str = "") -> set[str]:
    return {hit.id for hit in engine.search(query, limit=1000).hits}


def test_rebuild_replaces_all(filled: SearchEngine) -> None:
    assert list(filled.rebuild(numbered(12))) == [5, 10, 12]
    assert ids(filled) == {entry.id for entry in numbered(12)}


def test_old_index_answers_until_the_new_one_is_whole(filled: SearchEngine) -> None:
    counts = filled.rebuild(numbered(7))
    assert next(counts) == 5
    assert ids(filled) == {entry.id for entry in LETTERS}
    assert next(counts) == 7
    assert ids(filled) == {entry.id for entry in LETTERS}
    assert next(counts, None) is None
    assert len(ids(filled)) == 7


def test_rebuild_takes_no_more_entries_than_it_has_committed(engine: SearchEngine) -> None:
    taken = 0

    def counting() -> Iterator[Entry]:
        nonlocal taken
        for entry in numbered(23):
            taken += 1
            yield entry
    assert [(count, taken) for count in engine.rebuild(counting())] == [(5, 5), (10, 10), (15, 15), (20, 20), (23, 23)]


def test_deleted_folder_loses_nothing(kind: str, tmp_path: Path) -> None:
    engine = open_engine(kind, tmp_path / "index")
    assert not engine.exists()
    with pytest.raises(IndexUnavailable, match="no index has been built yet"):
        engine.search("ปลานิล")
    with pytest.raises(IndexUnavailable, match="no index has been built yet"):
        engine.write(LETTERS)
    assert list(engine.rebuild(LETTERS)) == [4]
    assert engine.exists()
    assert ids(engine, "ปลานิล") == {"province", "district"}


def test_what_is_written_meanwhile_is_in_the_new_index(filled: SearchEngine, kind: str, tmp_path: Path) -> None:
    other = open_engine(kind, tmp_path / "index")
    counts = filled.rebuild(numbered(12))
    next(counts)
    other.write([make_entry("late", body="มาทีหลัง"), make_entry("n002", body="แก้แล้ว")])
    other.remove(["n003"])
    assert ids(other, "มาทีหลัง") == {"late"}
    assert list(counts) == [10, 12]
    for engine in (filled, other):
        assert ids(engine) == {entry.id for entry in numbered(12)} - {"n003"} | {"late"}
        assert ids(engine, "แก้แล้ว") == {"n002"}


def test_what_is_written_during_the_first_rebuild_waits_for_it(kind: str, tmp_path: Path) -> None:
    engine, other = (open_engine(kind, tmp_path, batch=2) for _ in range(2))
    counts = engine.rebuild(numbered(3))
    next(counts)
    other.write([make_entry("late", body="มาทีหลัง")])
    list(counts)
    assert ids(other) == {"n001", "n002", "n003", "late"}


def test_only_one_rebuild_at_a_time(filled: SearchEngine, kind: str, tmp_path: Path) -> None:
    counts = filled.rebuild(numbered(7))
    next(counts)
    with pytest.raises(IndexUnavailable, match=r"locked by another process \(rebuild\)"):
        next(open_engine(kind, tmp_path / "index").rebuild(numbered(7)))
    assert list(counts) == [7]


KILLED = """
import os, signal, sys
from pathlib import Path
from index import open_engine
from tests.index.test_rebuild import numbered
for count in open_engine(sys.argv[1], Path(sys.argv[2]), batch=5).rebuild(numbered(12)):
    if count == 10:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_rebuild_goes_on(filled: SearchEngine, kind: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, kind, str(tmp_path / "index")], check=False)
    assert done.returncode == -signal.SIGKILL
    assert ids(filled) == {entry.id for entry in LETTERS}
    filled.write([make_entry("late", body="มาทีหลัง")])
    assert filled.unfinished() == "n010"
    assert list(filled.rebuild(numbered(12, after=10), resume_after="n010")) == [12]
    assert ids(filled) == {entry.id for entry in numbered(12)} | {"late"}
    assert filled.unfinished() is None
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1


def test_batch_that_was_committed_but_not_noted_is_put_in_once(engine: SearchEngine) -> None:
    counts = engine.rebuild(numbered(12))
    assert list(islice(counts, 1)) == [5]
    counts.close()
    again = list(engine.rebuild(numbered(12, after=2), resume_after="n005"))  # n003 to n005 come again
    assert again[-1] == 15
    assert engine.search("").total == 12


def test_broken_off_rebuild_can_be_started_afresh(engine: SearchEngine) -> None:
    counts = engine.rebuild(numbered(12))
    next(counts)
    counts.close()
    assert list(engine.rebuild(LETTERS)) == [4]
    assert ids(engine) == {entry.id for entry in LETTERS}
    assert engine.unfinished() is None


def test_resuming_what_was_never_begun(engine: SearchEngine) -> None:
    with pytest.raises(Conflict):
        next(engine.rebuild(numbered(3), resume_after="n001"))
    counts = engine.rebuild(numbered(12))
    next(counts)
    counts.close()
    with pytest.raises(Conflict):
        next(engine.rebuild(numbered(12, after=7), resume_after="n007"))
