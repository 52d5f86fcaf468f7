"""A backup brings everything back, was made of one instant, and what is not as it was is refused."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from archive import Archive, DatabaseUnavailable, ProblemKind
from archive.backup import MADE, Extras, Made, Unwritable, backups, make
from archive.restore import OLD_SETTINGS, BadBackup, NotEmpty, OtherKind, restore
from letters.errors import SarabanError
from tests.archive.conftest import fresh_database
from tests.archive.made import letter, packet, page

MINE = Extras({"SARABAN_PORT": "9000"}, Path("nowhere"))


def filled(archive: Archive) -> str:
    """A packet that was read, with its original."""
    row, _ = archive.packets.receive("a.pdf", b"letter", "clerk")
    archive.packets.save_page(row.id, page(1))
    archive.packets.save_parse(row.id, packet(letter()))
    archive.users.add("clerk1", "correct horse battery", "clerk")
    return row.id


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup.tar"


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, url: str | None) -> Iterator[str | None]:
    """An empty database of the same kind as the archive's."""
    if url is None:
        yield None
        return
    with fresh_database(request.getfixturevalue("postgres_server")) as made:
        yield made


def changed(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of a backup with members changed, or left out for ``None``."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            stream = old.extractfile(member)
            data = change(member.name, stream.read() if stream else b"")
            if data is not None:
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
    return target


def test_everything_comes_back(archive: Archive, target: Path, tmp_path: Path, empty_url: str | None) -> None:
    digest = filled(archive)
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "own.toml").write_text("form = 1")
    made = make(archive, target, Extras({"SARABAN_PORT": "9000"}, tmp_path / "forms"), "root")
    assert (made.tail.files, made.tail.missing, made.head.packets) == (1, (), 1)
    assert target.stat().st_mode & 0o777 == 0o600
    done = restore(target, tmp_path / "new", empty_url, "root")
    assert done.problems == () and done.head == made.head
    with Archive.open(tmp_path / "new", empty_url) as again:
        assert again.files.read(digest) == b"letter"
        assert again.packets.parse(digest) == archive.packets.parse(digest)
        assert again.users.check("clerk1", "correct horse battery")
        assert [event.action for event in again.audit.list()][-1] == "restored"
        assert again.packets.receive("b.pdf", b"another", "clerk")[1], "it can be worked with"
        assert again.check(originals=False) == []
    assert (tmp_path / "new" / "forms" / "own.toml").read_text() == "form = 1"
    assert json.loads((tmp_path / "new" / OLD_SETTINGS).read_text()) == {"SARABAN_PORT": "9000"}


def test_the_trail_tells_of_backups(archive: Archive, target: Path) -> None:
    assert backups(archive) == ()
    made = make(archive, target, MINE, "root")
    ((_, told),) = backups(archive)
    assert (told.name, told.actor, told.size) == ("backup.tar", "root", made.size)
    assert archive.audit.latest(limit=1)[0].action == MADE


def test_a_backup_is_of_one_instant_while_others_write(archive: Archive, target: Path, tmp_path: Path,
                                                       empty_url: str | None) -> None:
    """Rows that are written in pairs are in it in pairs."""
    stop = threading.Event()

    def write() -> None:
        count = 0
        while not stop.is_set():
            archive.audit.add("writer", "one", f"pair:{count}")
            archive.packets.receive(f"{count}.pdf", f"{count}".encode(), "writer")
            count += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not archive.packets.count():
            pass
        make(archive, target, MINE, "root")
    finally:
        stop.set()
        writer.join()
    done = restore(target, tmp_path / "new", empty_url, "root")
    assert done.problems == (), "every packet has its original, and the trail is whole"
    assert 0 < done.head.packets <= archive.packets.count()


def test_secrets_only_if_asked_for(archive: Archive, target: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("hush")
    make(archive, target, MINE, "root")
    make(archive, tmp_path / "whole.tar", Extras({}, Path("nowhere"), key), "root")
    with tarfile.open(target) as without, tarfile.open(tmp_path / "whole.tar") as whole:
        assert "secret.key" not in without.getnames() and "secret.key" in whole.getnames()


def test_nothing_is_overwritten(archive: Archive, target: Path, tmp_path: Path) -> None:
    target.write_text("mine")
    with pytest.raises(Unwritable):
        make(archive, target, MINE, "root")
    with pytest.raises(Unwritable):
        make(archive, tmp_path / "none" / "x.tar", MINE, "root")
    assert target.read_text() == "mine"


def test_what_was_lost_or_altered_is_told(archive: Archive, target: Path, tmp_path: Path,
                                          empty_url: str | None) -> None:
    lost, altered = filled(archive), archive.packets.receive("b.pdf", b"b", "clerk")[0].id
    archive.files.path(lost).unlink()
    archive.files.path(altered).write_bytes(b"other")
    made = make(archive, target, MINE, "root")
    assert (made.tail.missing, made.tail.altered) == ((lost,), (altered,))
    done = restore(target, tmp_path / "new", empty_url, "root")
    assert {problem.kind for problem in done.problems} == {ProblemKind.ORIGINAL_MISSING, ProblemKind.ORIGINAL_ALTERED}


@pytest.fixture
def sound(archive: Archive, target: Path) -> Made:
    filled(archive)
    return make(archive, target, MINE, "root")


@pytest.mark.parametrize("change", [
    lambda name, data: b"lettes" if name.startswith("originals") else data,
    lambda name, data: None if name.startswith("originals") else data,
    lambda name, data: data[:-1] + b"x" if name == "database" else data,
    lambda name, data: None if name == "database" else data,
    lambda name, data: None if name == "tail.json" else data,
    lambda name, data: None if name == "head.json" else data,
    lambda name, data: b"{}" if name == "head.json" else data,
    lambda name, data: data.replace(b'"trail":"', b'"trail":"0') if name == "head.json" else data,
], ids=["original altered", "original gone", "database altered", "no database", "no tail", "no head", "empty head",
        "another trail"])
def test_what_is_not_as_it_was_is_refused(sound: Made, target: Path, tmp_path: Path, empty_url: str | None,
                                          change: Callable[[str, bytes], bytes | None]) -> None:
    with pytest.raises(BadBackup):
        restore(changed(target, tmp_path / "changed.tar", change), tmp_path / "new", empty_url, "root")
    assert list((tmp_path / "new").iterdir()) == [], "nothing of it is kept"


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.95])
def test_a_backup_that_was_cut_off_is_refused(sound: Made, target: Path, tmp_path: Path, empty_url: str | None,
                                              share: float) -> None:
    cut = tmp_path / "cut.tar"
    cut.write_bytes(target.read_bytes()[: int(sound.size * share)])
    with pytest.raises(BadBackup):
        restore(cut, tmp_path / "new", empty_url, "root")


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "originals/ab/../../out", "saraban.db"])
def test_a_member_of_another_name_is_refused(sound: Made, target: Path, tmp_path: Path, name: str,
                                             empty_url: str | None) -> None:
    with tarfile.open(target) as old, tarfile.open(tmp_path / "bad.tar", "w") as new:
        for member in old:
            if member.name == "tail.json":
                new.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
            new.addfile(member, old.extractfile(member))
    with pytest.raises(BadBackup):
        restore(tmp_path / "bad.tar", tmp_path / "new", empty_url, "root")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("stands", ["saraban.db", "anything"])
def test_only_an_empty_home_is_restored_to(sound: Made, target: Path, tmp_path: Path, stands: str) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / stands).write_text("mine")
    with pytest.raises(NotEmpty):
        restore(target, tmp_path / "new", None, "root")
    assert (tmp_path / "new" / stands).read_text() == "mine"


def test_a_restoring_that_was_killed_begins_again(sound: Made, target: Path, tmp_path: Path,
                                                  empty_url: str | None) -> None:
    (tmp_path / "new" / ".restoring").mkdir(parents=True)
    (tmp_path / "new" / ".restoring" / "saraban.db").write_text("half")
    assert restore(target, tmp_path / "new", empty_url, "root").problems == ()


def test_of_another_version_or_kind(sound: Made, target: Path, tmp_path: Path, archive: Archive) -> None:
    newer = changed(target, tmp_path / "newer.tar", lambda name, data: data.replace(
        f'"version":"{sound.head.version}"'.encode(), b'"version":"9999"') if name == "head.json" else data)
    with pytest.raises(OtherKind):
        restore(newer, tmp_path / "new", None, "root")
    if not archive.database.is_sqlite:
        with pytest.raises(OtherKind):
            restore(target, tmp_path / "new", None, "root")


@pytest.mark.postgres
def test_only_an_empty_database_is_restored_to(postgres_server: str, tmp_path: Path) -> None:
    with fresh_database(postgres_server) as url, Archive.create(tmp_path / "home", url) as here:
        make(here, tmp_path / "b.tar", MINE, "root")
        with pytest.raises(NotEmpty, match="not empty") as told:
            restore(tmp_path / "b.tar", tmp_path / "new", url, "root")
        assert "is not empty" in str(told.value)


@pytest.mark.postgres
def test_a_database_that_does_not_answer(sound: Made, target: Path, tmp_path: Path) -> None:
    with pytest.raises((DatabaseUnavailable, OtherKind)):
        restore(target, tmp_path / "new", "postgresql+psycopg://nobody@127.0.0.1:1/none", "root")


def test_a_trail_that_was_changed_past_the_program_is_told(archive: Archive, target: Path, tmp_path: Path,
                                                           empty_url: str | None) -> None:
    """It was broken when the backup was made: the backup says so, and the restored archive is as broken."""
    filled(archive)
    with archive.database.writing() as session:
        if archive.database.is_sqlite:
            session.execute(text("DROP TRIGGER audit_no_update"))
        else:
            session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text("UPDATE audit_events SET actor = 'nobody' WHERE id = (SELECT min(id) FROM audit_events)"))
    assert make(archive, target, MINE, "root").head.breaks == 1
    done = restore(target, tmp_path / "new", empty_url, "root")
    assert ProblemKind.AUDIT_BROKEN in {problem.kind for problem in done.problems}


def test_errors_are_said_in_both_languages() -> None:
    for error in (Unwritable("x"), BadBackup("x", "y"), OtherKind("x", "y"), NotEmpty("x")):
        assert isinstance(error, SarabanError)
        assert any("\u0e00" <= sign <= "\u0e7f" for sign in error.message("th"))
        assert not any("\u0e00" <= sign <= "\u0e7f" for sign in error.message("en"))


@pytest.mark.parametrize("kilobytes", [50, 900])
def test_a_full_disk_is_told_and_nothing_is_left(home: Path, sqlite_file: Path, tmp_path: Path, kilobytes: int) -> None:
    """The system is asked to refuse large files: of the database at first, of the whole then."""
    home.mkdir()
    shutil.copy(sqlite_file, home)
    with Archive.open(home) as archive:
        archive.packets.receive("a.pdf", b"x" * 1_000_000, "clerk")
    code = "from saraban.cli import main; main()"
    done = subprocess.run(["bash", "-c", f'ulimit -f {kilobytes}; exec "$@"', "-", sys.executable, "-c", code, "backup",
                           tmp_path / "b.tar", "--home", home], capture_output=True, text=True, check=False)
    assert done.returncode == 74, done.stderr
    assert "เนื้อที่เก็บเต็ม" in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [home.name]


def test_a_home_that_cannot_be_made(sound: Made, target: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unwritable):
        restore(target, tmp_path / "file" / "new", None, "root")
