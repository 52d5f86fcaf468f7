"""How fast tasks are made and read in an archive of the whole country.

    python -m bench.tasks [--laos 7852] [--duties 50] [--url postgresql+psycopg://…] [--json FILE]

Invents LAOs in the country's districts and circulars that ask each of them for something, and prints a table: seconds
to make the tasks of one circular that every province and district passed on, to store all tasks, and to store them
again with nothing changed; and medians of an LAO's list (first page), its whole open list, a province's first page,
counts by state and month, and its overview. Targets: an LAO's list 50 ms, the overview 300 ms.
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
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from archive import Archive, Wanted
from chain import Copy, CopyRef, Graph, build_graph
from letters import (
    Action,
    Deadline,
    DeadlineKind,
    Letter,
    LetterDate,
    LetterNumber,
    Office,
    OfficeKind,
    Reading,
    Recipient,
    Reference,
    Relation,
)
from tasks import (
    Registry,
    Task,
    TaskEvidence,
    TaskRole,
    TaskState,
    assign,
    builtin_offices,
    find_duties,
    full_name,
    province_letters,
)
from tasks.registry import district_names

TODAY = dt.date(2024, 3, 1)
MONTH = dt.timedelta(days=31)


def country(laos: int) -> list[Office]:
    """The provinces and districts there are, and LAOs spread over the districts as evenly as they come."""
    provinces = {office.code[1:]: office for office in builtin_offices()
                 if office.kind is OfficeKind.PROVINCE and office.name != "กรุงเทพมหานคร"}
    offices = list(provinces.values())
    for number, (code, name) in enumerate(sorted(district_names().items())):
        province = provinces[code[:2]].name
        offices.append(Office(f"D{code}", OfficeKind.DISTRICT, name, province, name))
        for running in range(1, len(range(number, laos, len(district_names()))) + 1):
            digit, kind = (6, OfficeKind.TAO) if running % 3 else (5, OfficeKind.TAMBON)
            offices.append(Office(f"{digit}{code}{running:02}", kind, f"ตำบล {code}{running}", province, name))
    return offices


def circular(offices: list[Office]) -> tuple[Graph, list[Copy]]:
    """A circular of the department with the covering letters of all provinces and districts, each in its packet."""
    codes = {name: code for code, name in province_letters().items()}
    due = Deadline(DeadlineKind.DATE, "ภายในวันที่ 15 มิถุนายน 2566", LetterDate(2023, 6, 15))
    asked = Action("ให้องค์กรปกครองส่วนท้องถิ่นบันทึกข้อมูล")
    top = _letter("มท", "0810.7", "908", 1, "กรมส่งเสริมการปกครองท้องถิ่น", "ผู้ว่าราชการจังหวัด ทุกจังหวัด",
                  deadlines=(due,), actions=(asked,))
    copies, middles = [], {}
    for place, office in enumerate(offices):
        if office.kind is OfficeKind.PROVINCE:
            middle = _letter(codes[office.name], "0023.3", str(place + 1), 2, f"จังหวัด{office.name}",
                             "นายอำเภอ ทุกอำเภอ", references=(_cites(top),))
            middles[office.name], letters = middle, [middle, top]
        elif office.kind is OfficeKind.DISTRICT:
            middle = middles[office.province]
            low = _letter(codes[office.province], "0023.10", str(place + 1), 3, f"อำเภอ{office.name}",
                          "นายกเทศมนตรีตำบล และนายกองค์การบริหารส่วนตำบล ทุกแห่ง", references=(_cites(middle),))
            letters = [low, middle, top]
        else:
            continue
        copies += [Copy(CopyRef(office.code, index), office.code, letter) for index, letter in enumerate(letters)]
    return build_graph(copies), copies


def _letter(code: str, agency: str, serial: str, month: int, issuer: str, to: str, **more: Any) -> Letter:
    number, date = LetterNumber(code, agency, True, serial), LetterDate(2023, month, 5)
    return Letter((1,), number=Reading(number, str(number), 1.0), date=Reading(date, date.thai(), 1.0),
                  issuer=Reading(issuer, issuer, 1.0), subject=Reading("การบันทึกข้อมูล", "การบันทึกข้อมูล", 1.0),
                  recipients=(Recipient(to, "ทุก" in to),), **more)


def _cites(letter: Letter) -> Reference:
    return Reference(Relation.ENCLOSURE, letter.number, letter.date, letter.issuer.value)


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
    graph, copies = circular(offices)
    duties, registry = find_duties(graph, copies), Registry(offices)
    found["circular_tasks"] = len(assign(duties, graph, copies, registry))
    found["circular_s"] = round(timed(lambda: assign(duties, graph, copies, registry)), 2)
    found["store_s"] = round(timed(lambda: archive.tasks.save(every)), 1)
    found["store_again_s"] = round(timed(lambda: archive.tasks.save(every)), 1)
    chance = random.Random(1)
    for task in chance.sample(every, min(300, len(every))):
        archive.tasks.set_state(task.id, TaskState.DONE, "ใคร")
    codes = chance.sample(sorted({task.office for task in every}), 100)
    provinces = chance.sample(sorted({office.province for office in offices}), 20)
    found["list"] = figures([timed(partial(archive.tasks.list, code)) for code in codes])
    found["list_open_all"] = figures(
        [timed(partial(archive.tasks.list, code, open_only=True, limit=None)) for code in codes])
    areas = [Wanted(province=name) for name in provinces]
    found["province_list"] = figures([timed(partial(archive.tasks.find, area)) for area in areas])
    found["province_states"] = figures([timed(partial(archive.tasks.by_state, area)) for area in areas])
    months = [replace(area, due_from=TODAY, due_before=TODAY + MONTH) for area in areas]
    found["province_month"] = figures([timed(partial(archive.tasks.by_day, month)) for month in months])
    found["province"] = figures([timed(partial(archive.tasks.progress, TODAY, name)) for name in provinces])
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
