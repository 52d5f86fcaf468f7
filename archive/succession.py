"""When an LAO changes its type, its code changes; all that was done under the old code goes over to the new one.

The first digit of the DLA's code is the type, the other six are the place: province, district, running number. No two
of the 7,851 LAOs with a code in the list of March 2017 have the six in common: the numbers of a district run through
all types, so that a place is one LAO whatever it is called.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from archive.audit import note
from archive.database import Database
from archive.schema import (
    EntryRecord,
    FeedRecord,
    OfficeMailRecord,
    RegisterRowRecord,
    ReminderRecord,
    TaskAssignmentRecord,
    TaskBodyRecord,
    TaskCommentRecord,
    TaskProofRecord,
    TaskReceiptRecord,
    TaskRecord,
    TaskStateRecord,
    UserRecord,
)
from letters import Office, codec
from tasks import Task, full_name, task_id

_CODE = 7
_OF_OFFICES: tuple[Any, ...] = (
    UserRecord, EntryRecord, FeedRecord, OfficeMailRecord, TaskReceiptRecord, ReminderRecord, RegisterRowRecord)
_OF_TASKS: tuple[Any, ...] = (
    TaskStateRecord, TaskAssignmentRecord, TaskCommentRecord, TaskProofRecord, ReminderRecord)


def successors(before: Mapping[str, Office], named: Mapping[str, Office], known: Container[str]) -> dict[str, str]:
    """Old code → new one for each LAO of ``before`` that ``named`` has under another type. A code that was ``known``
    before has a past of its own and takes nothing over."""
    gone = {code[1:]: code for code, office in before.items() if code not in named and _is_lao(office)}
    fresh = {code[1:]: code for code, office in named.items() if code not in known and _is_lao(office)}
    return {gone[place]: fresh[place] for place in sorted(gone.keys() & fresh.keys())}


def codes_of(code: str) -> list[str]:
    """All codes that an LAO can have had: of each type at its place; the code alone of other offices."""
    return [f"{kind}{code[1:]}" for kind in range(2, 7)] if len(code) == _CODE and code.isdigit() else [code]


def hand_over(database: Database, session: Session, old: str, new: Office, actor: str) -> None:
    """Users, entries, addresses and tasks of the old code become those of the new office, which must be there."""
    for table in _OF_OFFICES:
        session.execute(update(table).where(table.office_code == old).values(office_code=new.code))
    query = (select(TaskRecord.id, TaskBodyRecord.data)
             .join(TaskBodyRecord, TaskBodyRecord.digest == TaskRecord.body).where(TaskRecord.office_code == old))
    for before, data in session.execute(query).all():
        task = codec.load(data, Task)
        after = task_id(task.duty, new.code, task.occurrence)
        session.execute(delete(TaskRecord).where(TaskRecord.id == after))
        session.execute(update(TaskRecord).where(TaskRecord.id == before).values(
            id=after, office_code=new.code, office_name=full_name(new)))
        for table in _OF_TASKS:
            session.execute(update(table).where(table.task_id == before).values(task_id=after))
        note(database, session, actor, "task-handed-over", f"task:{after}", "id", before, after)
    note(database, session, actor, "office-succeeded", f"office:{new.code}", "code", old, new.code)


def _is_lao(office: Office) -> bool:
    return office.kind.is_lao and len(office.code) == _CODE and office.code.isdigit()
