"""Fifty people at once for a minute: ``saraban serve`` as it is served, people who look and write, and whether every
write that was acknowledged is found afterwards.

``python -m bench.load --users 50 --seconds 60``; ``--database`` names an empty PostgreSQL database. Users think for
``--pause`` seconds between two deeds on average, which is many times quicker than people are.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles

import urllib3

from archive import Archive
from bench.load_house import Player, furnish
from bench.load_users import Log, Worker, Written
from registers import Book
from saraban.settings import Settings

_READY_SECONDS = 60.0


@dataclass
class Result:
    """What came of it. Times in milliseconds by kind of request; ``lost``: writes acknowledged and not found;
    ``cpu_ms``: milliseconds of the server's processor for a request, its start and its worker included."""

    users: int
    seconds: float
    requests: int
    a_second: float
    cpu_ms: float
    overtaken: int
    written: dict[str, int]
    faults: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    times: dict[str, dict[str, float]] = field(default_factory=dict)


def measure(home: Path, *, users: int, seconds: float, pause: float, packets: int, scans: int,
            database: str = "") -> Result:
    """Makes a house in an empty home, lets the users at it, and looks for what they wrote."""
    settings = Settings(home=home, database=database)
    players = furnish(settings, users, packets, scans)
    spent: list[float] = []
    with _served(settings, spent) as address:
        _warm(address)
        start = time.monotonic()
        logs = _work(address, players, pause, start + seconds)
        took = time.monotonic() - start
    with Archive.open(home, settings.database_url) as archive:
        written = [one for log in logs for one in log.written]
        lost = [*lost_of(archive, written), *_gaps(archive, {one.office for one in players}),
                *(f"{one.kind} {one.subject}" for one in archive.check(originals=False))]
    return _result(logs, users, took, spent[0], lost)


def _work(address: str, players: tuple[Player, ...], pause: float, until: float) -> list[Log]:
    workers = [Worker(address, player, pause, seed) for seed, player in enumerate(players)]
    threads = [threading.Thread(target=worker.run, args=(until,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [worker.log for worker in workers]


@contextmanager
def _served(settings: Settings, spent: list[float]) -> Iterator[str]:
    """``saraban serve`` as a process of its own, on a free port of the loopback; stopped at the end, when ``spent``
    gets its seconds of the processor."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    names = {"SARABAN_HOME": str(settings.home), "SARABAN_DATABASE": settings.database}
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen([sys.executable, "-c", "from saraban.cli import main; main()", "serve", "--port",
                                   str(port)], env={**os.environ, **names}, stdout=said, stderr=said)
        try:
            _wait_for(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            server.terminate()
            server.wait(60)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            said.seek(0)
            sys.stderr.write(said.read().decode("utf-8", "replace")[-4000:])


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    give_up = time.monotonic() + _READY_SECONDS
    while time.monotonic() < give_up and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _warm(address: str) -> None:
    urllib3.request("GET", f"{address}/health", timeout=60)


def lost_of(archive: Archive, written: list[Written]) -> Iterator[str]:
    """Writes that were acknowledged and do not stand where they should."""
    for one in written:
        if not _stands(archive, one):
            yield f"{one.kind} of {one.subject}: {one.mark}"


def _stands(archive: Archive, one: Written) -> bool:
    if one.kind in ("comment", "state"):  # the reason of a move is kept as a remark
        return any(one.mark in said.text and said.actor == one.actor for said in archive.tasks.comments(one.subject))
    if one.kind == "number":
        return archive.registers.get(int(one.subject)).letter.subject == one.mark
    if one.kind == "correction":
        return any(one.mark == made.after and made.actor == one.actor
                   for made in archive.corrections.of(one.subject))
    entries = [row for row in archive.records.list(one.subject) if row.form == "INFO08"]
    return any(one.mark in str(event.data) and event.actor == one.actor
               for row in entries for event in archive.records.events(row.id))


def _gaps(archive: Archive, offices: set[str]) -> Iterator[str]:
    """Books of received letters whose numbers are not 1, 2, 3, …"""
    for office in sorted(offices):
        for year in archive.registers.years(office, Book.RECEIVED):
            rows = archive.registers.list(office, Book.RECEIVED, year, limit=1_000_000)
            if sorted(row.number for row in rows) != list(range(1, len(rows) + 1)):
                yield f"numbers of {office} {year}"


def _result(logs: list[Log], users: int, took: float, spent: float, lost: list[str]) -> Result:
    answered = [one for log in logs for one in log.answered]
    kinds = {kind: [one.ms for one in answered if one.kind == kind] for kind in sorted({one.kind for one in answered})}
    return Result(
        users, round(took, 1), len(answered), round(len(answered) / took, 1),
        round(1000 * spent / max(1, len(answered)), 1), sum(log.overtaken for log in logs),
        dict(sorted(Counter(one.kind for log in logs for one in log.written).items())),
        [fault for log in logs for fault in log.faults], lost,
        {"all": _times([one.ms for one in answered]), **{kind: _times(some) for kind, some in kinds.items()}})


def _times(some: list[float]) -> dict[str, float]:
    if len(some) < 2:
        return {"count": len(some), **dict.fromkeys(("p50", "p95", "p99"), round(some[0], 1) if some else 0.0)}
    cuts = quantiles(some, n=100, method="inclusive")
    return {"count": len(some), "p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1)}


def show(result: Result) -> None:
    """Prints it for people."""
    print(f"{result.users} users, {result.seconds} s: {result.requests} requests, {result.a_second} a second, "
          f"{result.cpu_ms} ms of the processor each, "
          f"{len(result.faults)} faults, {len(result.lost)} writes lost, {result.overtaken} overtaken")
    print("written and found: " + ", ".join(f"{kind} {count}" for kind, count in result.written.items()))
    print(f"{'milliseconds':16}{'count':>8}{'p50':>10}{'p95':>10}{'p99':>10}")
    for kind, one in result.times.items():
        print(f"{kind:16}{one['count']:>8}{one['p50']:>10}{one['p95']:>10}{one['p99']:>10}")
    for line, count in Counter([*result.faults, *(f"lost: {one}" for one in result.lost)]).most_common(30):
        print(f"{count} x {line}")


def main() -> None:
    """Measures, prints, and ends with 1 if anything failed or was lost."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--users", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--pause", type=float, default=0.5, help="seconds between two deeds, on average")
    asked.add_argument("--packets", type=int, default=67, help="sample packets in the archive")
    asked.add_argument("--scans", type=int, default=4, help="how many of them are read from their scans")
    asked.add_argument("--database", default="", help="URL of an empty PostgreSQL database; else SQLite")
    asked.add_argument("--json", type=Path, help="where to write the figures")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        result = measure(Path(home), users=given.users, seconds=given.seconds, pause=given.pause,
                         packets=given.packets, scans=given.scans, database=given.database)
    show(result)
    if given.json:
        given.json.write_text(json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if result.faults or result.lost else 0)


if __name__ == "__main__":
    main()
