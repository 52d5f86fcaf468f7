"""The embedded worker: takes jobs from the archive's table and runs the pipeline, beside a server or alone.

A heartbeat thread renews the lease while a page is read; a killed worker's job goes to another when the lease runs out.
The interface is small on purpose: whatever claims jobs and calls :func:`run_job` is a worker.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
import traceback
import uuid
from collections.abc import Callable
from functools import partial

from archive import PROCESS, Archive, Job, JobState
from archive.schema import BANGKOK
from archive.webhooks import DELIVER
from index import open_engine
from letters.errors import BadFile, SarabanError
from saraban.menus import thai_today
from saraban.pipeline import LINK, connect, process
from saraban.rebuilding import Rebuild, rebuild, start
from saraban.reminders import REMIND, daily, due_today
from saraban.settings import Settings
from saraban.webhooks import announce, deliver

Listener = Callable[[Job, str, int, int], None]
"""Told of progress: job, stage, done, total."""

_IDLE_SECONDS = 0.5
_WAY_SECONDS = 5.0
_MORNING = 6
"""Hour of Thailand from which the daily work may begin."""


class LostJobError(Exception):
    """The job was cancelled, or its lease ran out and another worker has it: stop without a trace."""


class GaveWayError(Exception):
    """A long job that can go on later lets others go first."""


def run_job(archive: Archive, settings: Settings, job: Job, worker: str, listener: Listener | None = None) -> bool:
    """Runs one claimed job to its end and notes how it ended; ``True`` if it was done.

    Faults of the file are final; anything else is tried again up to the job's limit.
    """

    def progress(stage: str, done: int, total: int) -> None:
        if not archive.jobs.progress(job, worker, str(stage), done, total):
            raise LostJobError
        if listener:
            listener(job, str(stage), done, total)

    def in_turns(stage: str, done: int, total: int) -> None:
        progress(stage, done, total)
        if archive.jobs.others_wait(job):
            raise GaveWayError

    try:
        with _Heartbeat(archive, job, worker, settings.lease_seconds):
            if job.kind == PROCESS and job.packet_id:
                process(archive, settings, job.packet_id, progress)
            elif job.kind == LINK:
                connect(archive, settings, progress)
                announce(archive, derived=True)
            elif job.kind == Rebuild.INDEX:
                rebuild(archive, settings, Rebuild.INDEX, in_turns)
            elif job.kind == Rebuild.LINKS:
                rebuild(archive, settings, Rebuild.LINKS, progress)
                announce(archive, derived=True)
            elif job.kind == REMIND:
                daily(archive, settings, thai_today())
                announce(archive, derived=True)
            elif job.kind.startswith(DELIVER):
                deliver(archive, settings, job)
        return archive.jobs.finish(job, worker)
    except LostJobError:
        return False
    except GaveWayError:
        archive.jobs.give_way(job, worker, _WAY_SECONDS)
    except SarabanError as error:
        archive.jobs.fail(job, worker, error.code, error.message("th"), retry=not isinstance(error, BadFile))
    except Exception:  # whatever fails, the worker lives on and the next job runs
        # A fault of the program: kept with the job for the administrator, never shown to a clerk as it stands.
        archive.jobs.fail(job, worker, "fault", traceback.format_exc(limit=-4))
    return False


def run_all(archive: Archive, settings: Settings, listener: Listener | None = None) -> list[Job]:
    """Runs jobs until the queue is empty; gives those that were taken, as they ended.

    Waits for what other workers hold: a job they finish is done, one they died on is taken over when its lease ends.
    """
    worker, taken = worker_name(), []
    while True:
        job = archive.jobs.claim(worker, settings.lease_seconds)
        if job:
            run_job(archive, settings, job, worker, listener)
            taken.append(job.id)
        elif archive.jobs.list(JobState.WAITING, limit=1) or archive.jobs.list(JobState.RUNNING, limit=1):
            time.sleep(_IDLE_SECONDS)
        else:
            return [archive.jobs.get(number) for number in dict.fromkeys(taken)]


def worker_name() -> str:
    """A name no other worker has."""
    return f"{os.getpid()}-{uuid.uuid4().hex[:8]}"


class Worker:
    """A thread that runs jobs as they come."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive, self._settings = archive, settings
        self._stop = threading.Event()
        self._day: dt.date | None = None
        self._thread = threading.Thread(target=self._run, name="saraban-worker", daemon=True)

    def start(self) -> None:
        """Begins to take jobs."""
        self._thread.start()

    def stop(self, seconds: float = 30.0) -> None:
        """Takes no more jobs and waits for the one in hand, at most ``seconds``; it resumes elsewhere if cut off."""
        self._stop.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        name = worker_name()
        make_index_if_lost(self._archive, self._settings, name)
        while not self._stop.is_set():
            job = self._archive.jobs.claim(name, self._settings.lease_seconds)
            if job is None:
                self._look_at_the_day()
                announce(self._archive)
                self._stop.wait(_IDLE_SECONDS)
            else:
                run_job(self._archive, self._settings, job, name)


    def _look_at_the_day(self) -> None:
        """Once a day, from the morning on, queues the daily work; whichever worker is idle first does."""
        now = dt.datetime.now(BANGKOK)
        if now.date() != self._day and now.hour >= _MORNING:
            self._day = now.date()
            if due_today(self._archive, self._day):
                self._archive.jobs.enqueue(REMIND)


def make_index_if_lost(archive: Archive, settings: Settings, actor: str) -> None:
    """Queues the making of the word index where there are letters and none: lost, or of an older layout."""
    exists = open_engine(settings.index, settings.index_folder).exists()
    if not exists and archive.graph.nodes(limit=1):
        start(archive, Rebuild.INDEX, actor)


class _Heartbeat:
    """Renews a job's lease three times a lease, from a thread of its own."""

    def __init__(self, archive: Archive, job: Job, worker: str, lease: float) -> None:
        self._beat: Callable[[], bool] = partial(archive.jobs.heartbeat, job, worker)
        self._pause, self._stop = lease / 3, threading.Event()
        self._thread = threading.Thread(target=self._run, name="saraban-heartbeat", daemon=True)

    def __enter__(self) -> _Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._pause) and self._beat():
            pass
