"""An archive of the first version comes along: tasks are divided, and what people said of them stays."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import text

from archive import Archive, Wanted, migrate
from archive.columns import pack
from archive.database import Database
from archive.facade import address_of
from tasks import TaskState
from tests.archive.made import task


def test_tasks_of_the_first_version(home: Path, own_url: str | None) -> None:
    home.mkdir()
    database = Database(address_of(home, own_url), locks=home / "locks")
    tasks = [task("a", "6670116"), task("b", "6670108"), task("c", title="อีกเรื่อง")]
    with database.writing() as session:
        config = migrate._config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0001")
        for one in tasks:
            session.execute(
                text("INSERT INTO tasks (id, office_code, due, sort_day, withdrawn, digest, data)"
                     " VALUES (:id, :office, :due, '2024-01-31', :withdrawn, 'x', :data)"),
                {"id": one.id, "office": one.office, "due": None, "withdrawn": one.id == "b", "data": pack(one)})
        session.execute(text("INSERT INTO task_states (task_id, state, version, at, actor)"
                             " VALUES ('a', 'done', 1, '2024-01-01 00:00:00+00:00', 'u')"))
    database.close()
    with Archive.open(home, own_url, migrate=True) as archive:
        assert {row.task for row in archive.tasks.list()} == {tasks[0], tasks[2]}
        assert archive.tasks.get("b").withdrawn and archive.tasks.get("a").state is TaskState.DONE
        assert {row.task.id for row in archive.tasks.find(Wanted(letter="node"))} == {"a", "c"}
        before = archive.audit.list()
        archive.tasks.save([tasks[0], tasks[2]])
        assert archive.audit.list() == before
