"""A few users for a few seconds against the served program; and that a lost write would be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import Archive, Role
from archive.registers import Entered
from bench.load import lost_of, measure
from bench.load_users import Written
from letters import Office, OfficeKind
from registers import Book, Columns


@pytest.mark.tesseract
def test_few_users_for_few_seconds(tmp_path: Path) -> None:
    result = measure(tmp_path / "home", users=5, seconds=5, pause=0.1, packets=12, scans=1)
    assert (result.faults, result.lost) == ([], [])
    assert result.requests > 10 and sum(result.written.values()) > 0
    assert {"all", "sign in", "tasks"} <= set(result.times)


def test_what_was_not_kept_is_told(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "home") as archive:
        archive.offices.save([Office("5660999", OfficeKind.TAMBON, "นาทดลอง", "เพชรบูรณ์", "หล่มสัก")])
        number = archive.registers.enter("5660999", Book.RECEIVED, Entered(Columns(subject="mark-1")), "user1").id
        packet = archive.packets.receive("a.pdf", b"a", "user1")[0].id
        archive.users.add("user1", "correct horse battery", Role.CLERK)
        asked = [Written("number", str(number), "mark-1", "user1"), Written("number", str(number), "mark-2", "user1"),
                 Written("correction", packet, "mark-3", "user1"), Written("comment", "none", "mark-4", "user1"),
                 Written("entry", "5660999", "mark-5", "user1")]
        assert list(lost_of(archive, asked)) == [
            f"number of {number}: mark-2", f"correction of {packet}: mark-3", "comment of none: mark-4",
            "entry of 5660999: mark-5"]
