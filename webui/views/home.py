"""The first page: what is new, what runs, what is due; and the health of the whole for machines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from archive import LAO_ROLES, Archive, JobState, Narrowed, TaskRow
from archive.sight import KEEPERS
from chain import Node
from letters.errors import SarabanError
from webui.access import sight
from webui.current import archive, house, is_role, today, user
from webui.due import within
from webui.progress import progress_of

blueprint = Blueprint("home", __name__)

_NEW, _DUE = 6, 8
_NEAR = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Due:
    """One duty that is due: the first of its tasks, and for how many offices it stands open."""

    row: TaskRow
    offices: int


@blueprint.get("/")
def dashboard() -> ResponseReturnValue:
    """The dashboard."""
    here, person = archive(), user()
    letters = _newest(here)
    packets = () if is_role(*LAO_ROLES) else here.packets.list(limit=_NEW, sight=sight())
    return render_template(
        "dashboard.html", letters=letters, packets=[(row, progress_of(here, row, house().clock())) for row in packets],
        desk=_desk(here) if person.role in KEEPERS else None, due=_due(here), counts=_counts(here))


def _newest(here: Archive) -> list[Node]:
    """The letters written last. One dated ahead has a misread year and is no news, unless there is no other."""
    seen = sight()
    return (here.graph.nodes(limit=_NEW, last=today(), absent=False, sight=seen)
            or here.graph.nodes(limit=_NEW, absent=False, sight=seen))


def _desk(here: Archive) -> dict[str, int]:
    """What lies on the desk of those who take letters in: packets to be checked, those that failed, and the queue."""
    seen = sight()
    return {"waits": here.packets.count(seen, Narrowed(waits=True)),
            "failed": here.packets.count(seen, Narrowed(failed=True)),
            "queued": sum(here.jobs.count(state) for state in (JobState.RUNNING, JobState.WAITING))}


def _due(here: Archive) -> list[Due]:
    """Duties that are open: those due soon, the next first, then those not long overdue, the latest first; the old ones
    where there are no others."""
    own, now = replace(within(here, user()), open_only=True), today()
    ahead = here.tasks.by_day(replace(own, due_from=now, due_before=now + _NEAR))
    late = here.tasks.by_day(replace(own, due_from=now - _NEAR, due_before=now))
    rows = (*ahead, *reversed(late)) or here.tasks.by_day(replace(own, overdue_on=now))[::-1]
    return [Due(here.tasks.get(row.first), row.open) for row in rows[:_DUE]]


def _counts(here: Archive) -> dict[str, int]:
    own, seen = within(here, user()), sight()
    return {
        "letters": here.graph.count(absent=False, sight=seen), "absent": here.graph.count(absent=True, sight=seen),
        "open": here.tasks.how_many(replace(own, open_only=True)),
        "overdue": here.tasks.how_many(replace(own, overdue_on=today())),
    }


@blueprint.get("/health")
def health() -> ResponseReturnValue:
    """Whether database and index answer, for a watchdog. Tells states only, no names and no paths."""
    states = {"database": _database_answers(), "index": _index_answers()}
    status = 200 if states["database"] else 503
    return jsonify(status="ok" if all(states.values()) else "degraded" if status == 200 else "down", **states), status


def _database_answers() -> bool:
    try:
        archive().packets.count()
    except (SQLAlchemyError, SarabanError):
        return False
    return True


def _index_answers() -> bool:
    try:
        return house().engine().exists()
    except SarabanError:
        return False
