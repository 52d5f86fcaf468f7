"""Originals: the same bytes are one file, and trouble leaves nothing half written."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
from pathlib import Path

import pytest

from archive.files import Files
from letters.errors import NotFound, StorageFull


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "originals")


@pytest.mark.parametrize("data", [b"", b"one", bytes(range(256)) * 10_000])
def test_bytes_are_kept_under_their_digest(files: Files, data: bytes) -> None:
    digest = files.put(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert files.path(digest).read_bytes() == files.read(digest) == data
    assert files.verify(digest)
    assert files.leftovers() == []


def test_a_path_and_its_bytes_are_one_file(files: Files, tmp_path: Path) -> None:
    source = tmp_path / "จดหมาย.pdf"
    source.write_bytes(b"letter")
    assert files.put(source) == files.put(b"letter")
    assert list(files.all()) == [hashlib.sha256(b"letter").hexdigest()]
    assert source.exists()


def test_an_altered_original_is_noticed_and_put_right_by_sending_it_again(files: Files) -> None:
    digest = files.put(b"letter")
    files.path(digest).write_bytes(b"lettes")
    assert not files.verify(digest)
    files.put(b"letter")
    assert files.verify(digest)


def test_originals_are_for_their_owner_only(files: Files) -> None:
    path = files.path(files.put(b"secret"))
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("source", ["missing.pdf", "."])
def test_what_cannot_be_opened_is_named(files: Files, tmp_path: Path, source: str) -> None:
    with pytest.raises(NotFound):
        files.put(tmp_path / source)
    assert files.leftovers() == []


def test_reading_what_is_not_there(files: Files) -> None:
    assert not files.verify("0" * 64)
    with pytest.raises(NotFound):
        files.read("0" * 64)


def test_no_room_while_writing(files: Files) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, before[1]))
    try:
        with pytest.raises(StorageFull):
            files.put(b"x" * (1 << 17))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (files.leftovers(), list(files.all())) == ([], [])


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_no_room_when_forced_to_the_disk(files: Files, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def full(_handle: int) -> None:  # a full disk that shows only at fsync cannot be had without a disk of its own
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        files.put(b"letter")
    assert (files.leftovers(), list(files.all())) == ([], [])


def test_old_leftovers_are_swept_and_young_ones_stay(files: Files) -> None:
    files.put(b"letter")
    incoming = files.folder / "incoming"
    (incoming / "old").write_bytes(b"half")
    (incoming / "young").write_bytes(b"half")
    os.utime(incoming / "old", (0, 0))
    files.sweep()
    assert [path.name for path in files.leftovers()] == ["young"]
