"""A watched folder: what settles is taken in and moved aside, what cannot be read is told, a kill loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from archive import Archive
from saraban.settings import Settings
from saraban.watch import Outcome, Watch
from tests.saraban.conftest import FORWARDED

KILLED = """
import sys
from pathlib import Path
from archive import Archive
from archive.packets import Packets
from saraban.settings import Settings
from saraban.watch import Watch
from tests.saraban.dying import die_after
home, folder = map(Path, sys.argv[1:])
die_after(Packets, "receive", 1)
with Archive.open(home) as archive:
    watch = Watch(archive, Settings(home=home), folder, settle=0)
    list(watch.look(0)), list(watch.look(1))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "scanner"
    path.mkdir()
    return path


@pytest.fixture
def watch(home: Path, folder: Path) -> Iterator[Watch]:
    with Archive.create(home) as archive:
        yield Watch(archive, Settings(home=home), folder)


def told(watch: Watch, now: float) -> list[tuple[str, Outcome]]:
    return [(event.name, event.outcome) for event in watch.look(now)]


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_a_file_is_taken_when_it_has_stopped_growing(watch: Watch, folder: Path) -> None:
    path = folder / "scan.txt"
    path.write_text(FORWARDED[:200], encoding="utf-8")
    assert told(watch, 0) == []
    path.write_text(FORWARDED, encoding="utf-8")
    assert told(watch, 10) == [] and told(watch, 12) == []
    assert told(watch, 13) == [("scan.txt", Outcome.NEW)]
    assert files(folder) == ["done/scan.txt"] and told(watch, 99) == []
    (row,) = watch.archive.packets.list()
    assert (row.name, row.received_by) == ("scan.txt", "watched folder")
    assert watch.archive.files.path(row.id).read_text(encoding="utf-8") == FORWARDED


def test_folders_below_are_looked_at_and_no_name_is_written_over(watch: Watch, folder: Path) -> None:
    for number in (1, 2):
        (folder / "desk").mkdir(exist_ok=True)
        (folder / "desk" / "scan.txt").write_text(f"{FORWARDED}{number}", encoding="utf-8")
        told(watch, number * 10)
        assert told(watch, number * 10 + 5) == [("desk/scan.txt", Outcome.NEW)]
    (folder / "again.txt").write_text(f"{FORWARDED}1", encoding="utf-8")
    told(watch, 30)
    assert told(watch, 40) == [("again.txt", Outcome.KNOWN)]
    assert files(folder) == ["done/again.txt", "done/desk/scan (2).txt", "done/desk/scan.txt"]
    assert watch.archive.packets.count() == 2


def test_what_can_never_be_read_is_put_aside_with_the_reason(watch: Watch, folder: Path) -> None:
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    told(watch, 0)
    assert told(watch, 30) == [], "it may be a scanner that pauses"
    assert told(watch, 61) == [("cut.pdf", Outcome.FAILED)]
    assert files(folder) == ["failed/cut.pdf", "failed/cut.pdf.txt"]
    reason = (folder / "failed" / "cut.pdf.txt").read_text(encoding="utf-8")
    assert "ขอไฟล์ใหม่จากผู้ส่งหรือสแกนใหม่" in reason and "scan it again" in reason
    assert told(watch, 200) == [] and watch.archive.packets.count() == 0


@pytest.mark.parametrize("name", [".hidden.txt", "~$scan.txt", "scan.txt.part", "upload.TMP", "Thumbs.db"])
def test_what_nobody_has_finished_is_left_alone(watch: Watch, folder: Path, name: str) -> None:
    (folder / name).write_text(FORWARDED, encoding="utf-8")
    assert [told(watch, now) for now in (0, 100)] == [[], []]
    assert files(folder) == [name]


def test_links_and_pipes_lead_nowhere(watch: Watch, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(FORWARDED, encoding="utf-8")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    os.mkfifo(folder / "pipe.txt")
    assert [told(watch, now) for now in (0, 100)] == [[], []]
    assert watch.archive.packets.count() == 0 and (outside / "secret.txt").exists()


def test_killed_between_the_archive_and_the_move_nothing_is_lost_or_doubled(
        home: Path, folder: Path, run: Callable[..., Result]) -> None:
    Archive.create(home).close()
    (folder / "scan.txt").write_text(FORWARDED, encoding="utf-8")
    died = subprocess.run([sys.executable, "-c", KILLED, home, folder], check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL and files(folder) == ["scan.txt"]
    ended = run("watch", folder, "--once", "--settle", "0.1")
    assert ended.exit_code == 0 and "scan.txt: มีอยู่แล้วในคลัง" in ended.output
    assert files(folder) == ["done/scan.txt"]
    with Archive.open(home) as archive:
        assert [(row.name, row.letter_count) for row in archive.packets.list()] == [("scan.txt", 2)]


def test_the_verb_ends_by_a_signal_and_what_came_is_read(home: Path, folder: Path) -> None:
    Archive.create(home).close()
    program = [sys.executable, "-c", "from saraban.cli import main; main()"]
    words = ["watch", str(folder), "--home", str(home), "--settle", "0.1"]
    with subprocess.Popen([*program, *words], stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        assert "เฝ้าดูโฟลเดอร์" in watching.stdout.readline()
        (folder / "scan.txt").write_text(FORWARDED, encoding="utf-8")
        assert watching.stdout.readline().strip() == "scan.txt: รับแล้ว"
        watching.send_signal(signal.SIGTERM)
        assert watching.wait(60) == 0
    assert files(folder) == ["done/scan.txt"]


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_taken(
        home: Path, folder: Path, run: Callable[..., Result]) -> None:
    Archive.create(home).close()
    (folder / "done").write_text("in the way", encoding="utf-8")
    assert run("watch", folder, "--once").exit_code != 0
