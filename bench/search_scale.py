"""Search and lists over very many invented letters: the engine beside a bare query of its library, pages, suggestions.

The letters are made of a few thousand sentences, so that they are analysed quickly; words, numbers, dates, senders and
areas are spread as in a country's archive. Times are of the processor, since others may use the machine, with the
clock's beside them; a page is the whole request through Flask, signed in, without the network.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

import tantivy
from sqlalchemy import insert

from archive import Archive
from archive.schema import AreaRecord, LetterRecord, PacketNameRecord, PacketRecord, ParseRecord, ReadingRecord
from chain import CopyRef, Graph, Node
from index import Entry, open_engine
from index.analysis import analyse, tidy
from index.engine import SearchEngine
from index.tantivy_backend import _SCHEMA
from letters import LetterDate, LetterNumber
from saraban.settings import Settings
from tasks import builtin_offices
from webui import create_app
from webui.finding import FACETS

PASSWORD = "correct horse battery"
_SENTENCES = 4000
_ROUNDS = 3

QUERIES = ("ภาษี", "อุทกภัย", "ประชาสัมพันธ์", "สะพาน", "ท้องถิ่น", "ครัวเรือน", "บริบาล", "ภาษี อุทกภัย", "เด็กเล็ก รายชื่อ",
           '"รายงานผลการดำเนินงาน"', "การป้องกันและควบคุมโรค", "ว 1055", "มท 0810.7/ว 484", "12 มี.ค. 2565", "มี.ค. 2566 ภาษี",
           "อำเภอ", "นายก้อง", "ดาวเทียมสำรวจอวกาศ", "การปองกันและควบคุมโรค", "")
TYPED = ("ภา", "ภาษ", "ภาษี", "ว 10", "ว 1055", "มท 08", "อำเภอ", "อำเภอ12", "นาย", "นายก้อง", "12 มี.ค. 2565", "เด็กเล",
         "ประชา", "จังหวัด", "สะพ", "อวกาศ", "ปองกันและควบคุม")


def entries(count: int, seed: int = 2569) -> Iterator[Entry]:
    """Invented letters of about 1,200 characters, the same for the same seed."""
    from bench.search import MATTERS, OFFICES, letters  # noqa: PLC0415  # the words stand there; it imports us

    chance = random.Random(seed)
    sentences = [line for entry in letters(_SENTENCES // 6) for line in entry.body.splitlines()]
    senders = [*OFFICES, *(f"อำเภอ{place}" for place in range(900)), *(f"องค์การบริหารส่วนตำบล{n}" for n in range(3000))]
    people = [f"นาย{name} ที่{place}" for name in ("ก้อง", "เพชร", "ทอง", "แก้ว") for place in range(1000)]
    for serial in range(1, count + 1):
        province, district = chance.randrange(10, 97), chance.randrange(1, 12)
        code = f"{province:02}{district:02}"
        yield Entry(
            id=f"n{serial:07}", number=f"มท {chance.randrange(800, 825):04}.{chance.randrange(1, 9)}/ว {serial % 4000}",
            date=date(2010, 1, 1) + timedelta(days=chance.randrange(5800)), issuer=chance.choice(senders),
            subject=chance.choice(MATTERS), recipients="นายกเทศมนตรีตำบล ทุกแห่ง",
            body="\n".join(chance.choices(sentences, k=5)),
            kind=chance.choice(("external", "external", "memo", "stamped")),
            urgency=chance.choice(("", "", "ด่วน", "ด่วนที่สุด")), domains=(chance.randrange(1, 9),),
            deadline=chance.random() < 0.6, states=("here",), people=(chance.choice(people),),
            seers=(f"p{province}", f"d{code}", f"o6{code}01"))


def measure(count: int) -> dict[str, dict[str, float]]:
    """Milliseconds by what was done: ``median``, ``p95`` of the processor, ``clock`` p95; and ratios."""
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(home=Path(name))
        every = list(entries(count))
        engine = open_engine("tantivy", settings.index_folder)
        start = time.perf_counter()
        for _ in engine.rebuild(every):
            pass
        with Archive.create(settings.home) as archive:
            _fill(archive, every)
            print(f"{count} letters indexed and stored in {time.perf_counter() - start:.0f} s")
            figures = {**_engine(engine, settings.index_folder), **_pages(archive, settings)}
        engine.close()
    return figures


def _engine(engine: SearchEngine, folder: Path) -> dict[str, dict[str, float]]:
    bare = tantivy.Index.open(str(folder / (folder / "tantivy.current").read_text())).searcher()
    worded = [query for query in QUERIES if query]
    found = {
        "engine": _times(lambda query: engine.search(query, count=FACETS), QUERIES),
        "engine, one district": _times(lambda query: engine.search(query, count=FACETS, seers=("d5003",)), QUERIES),
        "engine without counts": _times(engine.search, worded),
        "bare query": _times(lambda query: _bare(bare, query), worded),
        "near spellings": _times(engine.near, ["การปองกันและควบคุมโรค", "ผูดแลระบบ", "ประชาสมพันธ์", "อาสาสมัครบริบาลทองถิ่น"]),
    }
    found["ratio to bare"] = {name: round(found["engine without counts"][name] / found["bare query"][name], 2)
                              for name in ("median", "p95", "clock")}
    return found


def _bare(searcher: tantivy.Searcher, query: str) -> object:
    """The words asked of one field, and the stored letters of the first page: the least that any engine must do."""
    terms = [tantivy.Query.term_query(_SCHEMA, "text_words", word) for word in analyse(tidy(query)).words]
    asked = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
    return [searcher.doc(address)["id"] for _, address in searcher.search(asked, 20).hits]


def _pages(archive: Archive, settings: Settings) -> dict[str, dict[str, float]]:
    archive.users.add("whole", PASSWORD, "officer")
    archive.users.add("district", PASSWORD, "officer", "D5003")
    figures = {}
    for name in ("whole", "district"):
        client = create_app(archive, settings).test_client()
        token = client.get("/sign-in").text.split('name="csrf-token" content="')[1].split('"')[0]
        client.post("/sign-in", data={"csrf_token": token, "name": name, "password": PASSWORD})

        def fetch(path: str, client=client) -> None:
            assert client.get(path, buffered=True).status_code == 200, path

        deep = archive.graph.nodes(limit=1, last=date(2015, 1, 1))[0].id
        packets = archive.packets.list(limit=1)[0].id
        figures |= {
            f"search page, {name}": _times(fetch, [f"/search?q={quote(query)}" for query in QUERIES]),
            f"suggestions, {name}": _times(fetch, [f"/search/suggest?q={quote(query)}" for query in TYPED]),
            f"letters, {name}": _times(fetch, ["/letters", f"/letters?after={deep}", "/letters?first=2560",
                                               f"/letters?sender={quote('อำเภอ77')}"]),
        }
        if name == "whole":
            figures["packets"] = _times(fetch, ["/packets", f"/packets?after={packets}"])
    return figures


def _times(work: Callable[[str], object], asked: Iterable[str]) -> dict[str, float]:
    cpu, clock = [], []
    for place, one in enumerate(list(asked) * _ROUNDS):
        wall, start = time.perf_counter(), time.process_time()
        work(one)
        if place:  # the first opens files
            cpu.append(1000 * (time.process_time() - start))
            clock.append(1000 * (time.perf_counter() - wall))
    return {"median": round(quantiles(cpu, n=20)[9], 1), "p95": round(quantiles(cpu, n=20, method="inclusive")[-1], 1),
            "clock": round(quantiles(clock, n=20, method="inclusive")[-1], 1)}


def _fill(archive: Archive, every: list[Entry]) -> None:
    """Nodes, copies, letters, areas and readings as the pipeline leaves them, without pages."""
    archive.offices.save(builtin_offices())
    packet = {entry.id: f"{place:064x}" for place, entry in enumerate(every)}
    archive.graph.save(Graph(tuple(
        Node(entry.id, LetterNumber.parse(entry.number), entry.date and LetterDate.of(entry.date), entry.issuer,
             entry.subject, absent=False, copies=(CopyRef(packet[entry.id], 0),)) for entry in every), ()))
    now = datetime.now(UTC)
    for start in range(0, len(every), 5000):
        some = every[start : start + 5000]
        with archive.database.writing() as session:
            for table, rows in _rows([(entry, packet[entry.id]) for entry in some], now):
                session.execute(insert(table), rows)


def _rows(some: list[tuple[Entry, str]], now: datetime) -> Iterator[tuple[type, list[dict[str, object]]]]:
    yield PacketRecord, [{"id": key, "name": f"{entry.id}.pdf", "stem": entry.id, "size": 1, "received_by": "clerk",
                          "received_at": now} for entry, key in some]
    yield PacketNameRecord, [{"packet_id": key, "name": f"{entry.id}.pdf", "stem": entry.id, "at": now,
                              "actor": "clerk"} for entry, key in some]
    yield ParseRecord, [{"packet_id": key, "name": entry.id, "attachments": "[]", "letter_count": 1}
                        for entry, key in some]
    yield LetterRecord, [{"packet_id": key, "position": 0, "kind": entry.kind, "data": "{}"} for entry, key in some]
    yield AreaRecord, [{"packet_id": key, "position": 0, "office_code": office, "province": office[1:3],
                        "district": office[1:5]} for entry, key in some for office in [entry.seers[2][1:]]]
    yield ReadingRecord, [{"packet_id": key, "position": 0, "field": field, "value": "x", "printed": "x",
                           "confidence": 1, "evidence": "[]", "repairs": "[]", "rivals": "[]"}
                          for _, key in some for field in ("number", "date", "issuer", "subject")]


def show(figures: dict[str, dict[str, float]]) -> None:
    """Prints a table."""
    print(f"{'milliseconds':28}{'median':>10}{'p95':>10}{'p95, clock':>12}")
    for name, one in figures.items():
        print(f"{name:28}{one['median']:>10}{one['p95']:>10}{one['clock']:>12}")
