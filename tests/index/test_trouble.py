"""Broken, locked and busy indexes: a named error, and nothing in the way of the rest of the program."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index import open_engine
from index.engine import SearchEngine
from letters.errors import BadRequest, IndexUnavailable
from tests.index.conftest import LETTERS, make_entry


def live(folder: Path) -> Path:
    """The folder of the index in use."""
    return next(path for path in (folder / "index").iterdir() if path.is_dir())


def delete(file: Path) -> None:
    file.unlink()


def garbage(file: Path) -> None:
    file.write_bytes(b"\xff\x00garbage\x07" * (file.stat().st_size // 10 + 1))


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:file.stat().st_size // 2])


def bend(file: Path) -> None:
    """Damage in the middle that the ends do not show."""
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[max(0, middle - 40):middle + 40] = b"\xa5" * min(80, len(content))
    file.write_bytes(content)


# Whoosh leaves a damaged file it gave up on to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("harm", [delete, garbage, truncate, bend])
def test_any_damaged_file_is_a_named_error_and_can_be_mended(filled: SearchEngine, kind: str, tmp_path: Path,
                                                            harm: Callable[[Path], None]) -> None:
    filled.close()
    files = [path for path in (tmp_path / "index").rglob("*") if path.is_file()]
    sound = {path.relative_to(tmp_path): path.read_bytes() for path in files}
    failed = set()
    for file in sorted(path for path in sound if path.suffix != ".lock" and sound[path]):
        for path, content in sound.items():
            (tmp_path / path).write_bytes(content)
        harm(tmp_path / file)
        for step in (lambda engine: engine.search("ปลานิล ท้องถิ่น"), lambda engine: engine.write(LETTERS[:1])):
            try:
                step(open_engine(kind, tmp_path / "index"))
            except IndexUnavailable:
                failed.add(file.name)
    gc.collect()
    assert failed, "not one damaged file was noticed"
    mended = open_engine(kind, tmp_path / "index")
    list(mended.rebuild(LETTERS))
    assert mended.search("ปลานิล").total == 2


def test_index_folder_gone_while_open(filled: SearchEngine, tmp_path: Path) -> None:
    for file in live(tmp_path).iterdir():
        file.unlink()
    for _ in range(2):
        with pytest.raises(IndexUnavailable):
            filled.search("ปลานิล")
    list(filled.rebuild(LETTERS))
    assert filled.search("ปลานิล").total == 2


def test_folder_that_cannot_be_one(kind: str, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file, not a folder")
    engine = open_engine(kind, tmp_path / "index")
    for use in (lambda: engine.search("ปลานิล"), lambda: engine.write(LETTERS), lambda: list(engine.rebuild(LETTERS))):
        with pytest.raises(IndexUnavailable):
            use()


def test_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        open_engine("lucene", tmp_path)


def test_both_engines_share_a_folder(tmp_path: Path) -> None:
    engines = [open_engine(kind, tmp_path) for kind in ("tantivy", "whoosh")]
    for engine in engines:
        list(engine.rebuild(LETTERS))
    assert [engine.search("ปลานิล").total for engine in engines] == [2, 2]


WRITER = """
import sys
from pathlib import Path
from index import open_engine
from tests.index.conftest import make_entry
def entries():
    print("writing", flush=True)
    sys.stdin.readline()
    yield make_entry("other", body="จากอีกโปรแกรมหนึ่ง")
open_engine(sys.argv[1], Path(sys.argv[2])).write(entries())
"""


def test_locked_by_another_process(filled: SearchEngine, kind: str, tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, kind, str(tmp_path / "index")], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None and writer.stdout.readline() == "writing\n"
        with pytest.raises(IndexUnavailable, match=r"locked by another process \(write\)"):
            filled.write([make_entry("mine", body="ปลานิล")])
        assert filled.search("ปลานิล").total == 2
        writer.communicate("\n")
    filled.write([make_entry("mine", body="ปลานิล")])
    assert filled.search("ปลานิล").total == 3
    assert filled.search("อีกโปรแกรมหนึ่ง").total == 1


READER = """
import sys
from pathlib import Path
from index import open_engine
engine, seen = open_engine(sys.argv[1], Path(sys.argv[2])), -1
print("reading", flush=True)
while seen < 24:
    total = engine.search("ปลานิล").total
    assert total >= seen, (total, seen)
    seen = total
print("all seen", flush=True)
"""


def test_other_processes_read_while_one_writes(engine: SearchEngine, kind: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", READER, kind, str(tmp_path / "index")]
    readers = [subprocess.Popen(command, text=True, stdout=subprocess.PIPE) for _ in range(2)]
    for reader in readers:
        assert reader.stdout is not None and reader.stdout.readline() == "reading\n"
    for start in range(0, 20, 4):
        engine.write(make_entry(f"n{serial}", body="ปลานิล") for serial in range(start, start + 4))
    list(engine.rebuild(make_entry(f"n{serial}", body="ปลานิล") for serial in range(24)))
    for reader in readers:
        assert reader.communicate(timeout=60)[0] == "all seen\n"
        assert reader.returncode == 0


def test_threads_share_an_engine(filled: SearchEngine) -> None:
    totals: list[int] = []

    def look() -> None:
        totals.extend(filled.search("ปลานิล").total for _ in range(10))
    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    filled.write(make_entry(f"n{serial}", body="ปลาทู") for serial in range(5))
    for thread in threads:
        thread.join()
    assert totals == [2] * 40
