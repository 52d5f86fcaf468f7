"""Index and links made anew as jobs: beside other work, never twice at once, and to be stopped at any time.

While the index is rebuilt, the one in use goes on answering; a rebuild that was stopped goes on where it was. Links are
made anew in one transaction: stopped before its end, all stays as it was.
"""

from __future__ import annotations

from enum import StrEnum

from archive import Archive, JobState, Stage
from index import open_engine
from letters.errors import SarabanError
from saraban.pipeline import Progress, connect, quiet, rebuild_index
from saraban.settings import Settings

_LISTED = 1000


class AlreadyRunning(SarabanError):
    """A job does the same just now; ``detail`` is its number."""

    code = "already-running"
    exit_code = 75
    http_status = 409
    what = {"th": "งานที่ {detail} กำลังทำ {subject} อยู่แล้ว", "en": "job {detail} does {subject} just now"}
    remedy = {"th": "ดูความคืบหน้าที่หน้าคิวอ่าน หรือยกเลิกงานนั้นก่อน",
              "en": "see how far it is on the screen of jobs, or cancel it first"}


class Rebuild(StrEnum):
    """What can be made anew; the value is the kind of its job, and the verb."""

    INDEX = "reindex"
    LINKS = "relink"


def rebuild(archive: Archive, settings: Settings, what: Rebuild, progress: Progress = quiet) -> None:
    """Makes it anew now. Raises :class:`letters.errors.IndexUnavailable` while another process builds the index."""
    if what is Rebuild.LINKS:
        connect(archive, settings, progress, anew=True)
        return
    engine = open_engine(settings.index, settings.index_folder)
    total = archive.graph.count()
    try:
        for done in rebuild_index(archive, engine):
            progress(Stage.INDEX.value, done, max(total, done))
    finally:
        engine.close()


def rebuild_here(archive: Archive, settings: Settings, what: Rebuild, progress: Progress = quiet) -> None:
    """:func:`rebuild` outside the queue. Raises :class:`AlreadyRunning` too."""
    running = [job for job in archive.jobs.list(JobState.RUNNING, limit=_LISTED) if job.kind == what]
    if running:
        raise AlreadyRunning(what.value, str(running[0].id))
    rebuild(archive, settings, what, progress)


def start(archive: Archive, what: Rebuild, actor: str) -> int:
    """Queues it, unless it waits or runs already; gives its job's id."""
    last = archive.jobs.list(limit=1)
    job = archive.jobs.enqueue(what.value, alone=True)
    if not last or job > last[0].id:
        archive.audit.add(actor, "rebuild-started", f"job:{job}", after=what.value)
    return job
