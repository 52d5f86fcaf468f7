"""Tasks are given out for what changed alone, and are the same as if all had been given out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive
from chain import Copy
from saraban import giving, pipeline
from saraban.jobs import run_all
from saraban.settings import Settings
from tasks import builtin_offices
from tests.parsing.texts import DEPARTMENT, PROVINCE

OTHER = DEPARTMENT.replace("ว ๔๕๖", "ว ๗๘๙").replace("ถังขยะ", "สนามกีฬา")


def take_in(archive: Archive, settings: Settings, folder: Path, name: str, text: str) -> str:
    """Takes in a packet of this text and does all the work that follows; gives its id."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    row, _ = pipeline.take_in(archive, settings, file, name, "test")
    run_all(archive, settings)
    return row.id


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    with Archive.create(settings.home) as made:
        made.offices.save(office for office in builtin_offices() if office.province == "กระบี่")
        yield made


@pytest.mark.parametrize("texts", [
    (PROVINCE, DEPARTMENT, OTHER), (OTHER, DEPARTMENT, PROVINCE), (DEPARTMENT + "\n\f" + OTHER, PROVINCE),
    (PROVINCE + "\n\f" + DEPARTMENT, OTHER, DEPARTMENT),
])
def test_one_after_another_gives_what_all_at_once_gives(
        tmp_path: Path, settings: Settings, archive: Archive, texts: tuple[str, ...]) -> None:
    for place, text in enumerate(texts):
        take_in(archive, settings, tmp_path, f"{place}.txt", text)
        given = archive.tasks.list(limit=None)
        before = len(archive.audit.list(limit=1000))
        giving.give_tasks(archive, settings)
        assert archive.tasks.list(limit=None) == given
        assert len(archive.audit.list(limit=1000)) == before
    assert given


def test_nothing_else_is_read(
        tmp_path: Path, settings: Settings, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(archive, settings, tmp_path, "a.txt", PROVINCE + "\n\f" + DEPARTMENT)
    first = {row.task.id: row.task for row in archive.tasks.list(limit=None)}
    read, of_packet = set[str](), archive.letters.of_packet

    def noted(packet: str) -> list[Copy]:
        read.add(packet)
        return of_packet(packet)

    def forbidden() -> None:
        raise AssertionError("everything was read")

    monkeypatch.setattr(archive.letters, "of_packet", noted)
    monkeypatch.setattr(archive.letters, "copies", forbidden)
    monkeypatch.setattr(archive.graph, "load", forbidden)
    own = take_in(archive, settings, tmp_path, "b.txt", OTHER)
    assert read == {own}
    assert first.items() < {row.task.id: row.task for row in archive.tasks.list(limit=None)}.items()


def test_a_later_letter_changes_the_task_of_an_earlier_one(
        tmp_path: Path, settings: Settings, archive: Archive) -> None:
    take_in(archive, settings, tmp_path, "a.txt", DEPARTMENT)
    [passing_on] = archive.tasks.list(limit=None)
    take_in(archive, settings, tmp_path, "b.txt", PROVINCE)
    now = {row.task.id for row in archive.tasks.list(limit=None)}
    assert now and passing_on.task.id not in now  # the province has passed it on


def test_a_day_that_a_person_tells_has_the_tasks_of_its_letter_given_out_again(
        tmp_path: Path, settings: Settings, archive: Archive) -> None:
    text = OTHER.replace("ภายในวันศุกร์ที่ ๓๐ มิถุนายน ๒๕๖๖", "ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือ")
    take_in(archive, settings, tmp_path, "a.txt", text)
    [row] = archive.tasks.list(limit=None)
    archive.tasks.received(row.task.id, dt.date(2023, 6, 20), "test")
    pipeline.connect(archive, settings)
    assert archive.tasks.get(row.task.id).task.due == dt.date(2023, 6, 27)
