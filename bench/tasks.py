"""How fast tasks are made and read in an archive of the whole country.

    python -m bench.tasks [--laos 7852] [--duties 50] [--url postgresql+psycopg://…] [--json FILE]

Invents LAOs in 76 provinces and circulars that ask each of them for something, makes the tasks, and prints a table:
seconds to make and to store them, again with nothing changed, and medians of an LAO's list (first page), its whole open
list, and a province's overview. Targets: list 50 ms, overview 300 ms.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import platform
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from archive import Archive
from letters import Office, OfficeKind
from tasks import Task, TaskEvidence, TaskRole, TaskState, full_name

PROVINCES, DISTRICTS = 76, 11
TODAY = dt.date(2024, 3, 1)


def country(laos: int) -> list[Office]:
    """Provinces, districts and LAOs, spread as evenly as they come."""
    offices: dict[str, Office] = {}
    for number in range(laos):
        place, order = number % PROVINCES, number // PROVINCES
        district, running = order % DISTRICTS, order // DISTRICTS
        code, name = f"{10 + place:02}", f"จังหวัดที่ {place:02}"
        area = f"อำเภอที่ {district:02}"
        offices[f"P{code}"] = Office(f"P{code}", OfficeKind.PROVINCE, name, name)
        offices[f"D{code}{district:02}"] = Office(f"D{code}{district:02}", OfficeKind.DISTRICT, area, name, area)
        kind = OfficeKind.TAO if running % 3 else OfficeKind.TAMBON
        lao = f"{6 if running % 3 else 5}{code}{district:02}{running:02}"
        offices[lao] = Office(lao, kind, f"ตำบล {number}", name, area)
    return list(offices.values())


def tasks_of(offices: list[Office], duties: int) -> Iterator[Task]:
    """Each duty for each LAO; sentences as long as real ones."""
    sentence = "จึงขอให้องค์กรปกครองส่วนท้องถิ่นบันทึกและรับรองข้อมูลในระบบให้ครบถ้วนภายในกำหนด " * 4
    laos = [office for office in offices if office.kind.is_lao]
    for number in range(duties):
        due = TODAY + dt.timedelta(days=7 * (number - duties // 2))
        evidence = tuple(TaskEvidence(f"n{number}", "a" * 64, page, sentence) for page in (1, 2, 3))
        body = Task("", f"duty{number}", "", "", TaskRole.DO, f"การบันทึกข้อมูลเรื่องที่ {number}", (sentence,), due,
                    "ภายในวันที่ …", "ระบบ › เมนู", (), (), f"n{number}", evidence, (), form=f"F{number % 16}")
        for office in laos:
            yield replace(body, id=f"{number:03}{office.code}", office=office.code, office_name=full_name(office))


def timed(work: Callable[[], Any]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def figures(seconds: list[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    return {"median_ms": round(1000 * median(seconds), 1), "p95_ms": round(1000 * quantiles(seconds, n=20)[-1], 1)}


def measure(archive: Archive, laos: int, duties: int) -> dict[str, Any]:
    """All figures for one size."""
    offices = country(laos)
    archive.offices.save(offices)
    every = list(tasks_of(offices, duties))
    found: dict[str, Any] = {"laos": laos, "duties": duties, "tasks": len(every)}
    found["store_s"] = round(timed(lambda: archive.tasks.save(every)), 1)
    found["store_again_s"] = round(timed(lambda: archive.tasks.save(every)), 1)
    chance = random.Random(1)
    for task in chance.sample(every, min(300, len(every))):
        archive.tasks.set_state(task.id, TaskState.DONE, "ใคร")
    codes = chance.sample(sorted({task.office for task in every}), 100)
    provinces = [f"จังหวัดที่ {place:02}" for place in chance.sample(range(min(PROVINCES, laos)), min(20, laos))]
    found["list"] = figures([timed(lambda code=code: archive.tasks.list(code)) for code in codes])
    found["list_open_all"] = figures(
        [timed(lambda code=code: archive.tasks.list(code, open_only=True, limit=None)) for code in codes])
    found["province"] = figures([timed(lambda name=name: archive.tasks.progress(TODAY, name)) for name in provinces])
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--laos", type=int, default=7852)
    parser.add_argument("--duties", type=int, default=50)
    parser.add_argument("--url", help="an empty PostgreSQL database; SQLite where not given")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Archive.create(Path(folder) / "home", given.url) as archive:
        found = measure(archive, given.laos, given.duties) | {"database": archive.database.engine.name}
    found["machine"] = platform.processor() or platform.machine()
    for name, value in found.items():
        print(f"{name:14} {value}")
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
