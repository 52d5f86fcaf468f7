"""How fast and how complete the search engines are, over invented letters.

    python -m bench.search [--letters 1000] [--engines tantivy whoosh] [--scale 100000] [--json FILE]

Prints a table: seconds and size of a rebuild, median and 95th percentile of query times (CPU of the whole call:
analysis, search, the snippets of 20 hits), and for sub-words how the letters found compare with plain substring search.
Then the figures of :mod:`bench.search_scale`; ``--scale 0`` leaves them out.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

from pythainlp.corpus import thai_words

from bench import search_scale
from index import Engine, Entry, open_engine
from index.analysis import fold, tidy
from letters.text import thai

OFFICES = ("กรมส่งเสริมการปกครองท้องถิ่น", "จังหวัดชัยภูมิ", "จังหวัดกระบี่", "จังหวัดลำปาง", "อำเภอเมืองตาก", "อำเภอบ้านโฮ่ง",
           "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดน่าน", "กรมบัญชีกลาง", "จังหวัดพระนครศรีอยุธยา", "อำเภอท่าศาลา")
MATTERS = ("การจัดเก็บภาษีที่ดินและสิ่งปลูกสร้าง", "การป้องกันและควบคุมโรคไข้เลือดออก", "การสำรวจแหล่งน้ำสาธารณะเพื่อการเกษตร",
           "โครงการอาหารกลางวันของศูนย์พัฒนาเด็กเล็ก", "การซ่อมบำรุงถนนและสะพานที่ชำรุด", "การอบรมอาสาสมัครบริบาลท้องถิ่น",
           "การคัดแยกขยะมูลฝอยในครัวเรือน", "การบันทึกข้อมูลขององค์กรปกครองส่วนท้องถิ่น", "การขึ้นทะเบียนผู้สูงอายุ",
           "แผนเผชิญเหตุอุทกภัยในฤดูฝน", "การตรวจสอบคุณภาพน้ำประปาหมู่บ้าน", "การจัดซื้อวัสดุการศึกษา")
REQUESTS = ("จึงขอให้แจ้งหน่วยงานในสังกัดทราบและถือปฏิบัติ", "ขอความร่วมมือรายงานผลการดำเนินงานตามแบบที่กำหนด",
            "ขอให้ตรวจสอบรายชื่อและยืนยันความถูกต้อง", "โปรดประชาสัมพันธ์ให้ประชาชนในพื้นที่ทราบโดยทั่วกัน",
            "ให้คณะกรรมการรวบรวมเอกสารหลักฐานประกอบการพิจารณา", "ขอเชิญผู้แทนเข้าร่วมประชุมเชิงปฏิบัติการ")
MONTHS = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
          "พฤศจิกายน", "ธันวาคม")
SUB_WORDS = ("ท้องถิ่น", "ปกครอง", "ชัยภูมิ", "สิ่งปลูกสร้าง", "ที่ดิน", "ไข้เลือดออก", "แหล่งน้ำ", "สาธารณะ", "เกษตร", "กลางวัน",
             "เด็กเล็ก", "บำรุง", "สะพาน", "อาสาสมัคร", "บริบาล", "มูลฝอย", "ครัวเรือน", "ทะเบียน", "สูงอายุ", "อุทกภัย", "ประปา",
             "หมู่บ้าน", "วัสดุ", "ศึกษา", "กรรมการ", "หลักฐาน", "ปฏิบัติการ", "อยุธยา", "นคร", "บัญชี", "น้ำ", "ภาษี", "ฝน", "โรค",
             "ตาก")
KINDS = {
    "word": ("ภาษี", "อุทกภัย", "ประชาสัมพันธ์", "เด็กเล็ก", "สะพาน", "องค์กรปกครองส่วนท้องถิ่น", "ครัวเรือน", "เอกสาร"),
    "sub-word": SUB_WORDS,
    "phrase": ("การป้องกันและควบคุมโรค", "รายงานผลการดำเนินงาน", '"แจ้งหน่วยงานในสังกัด ทราบ"', "คุณภาพน้ำประปาหมู่บ้าน"),
    "and": ("ภาษี อุทกภัย", "เด็กเล็ก รายชื่อ ประชุม", "ท้องถิ่น ชัยภูมิ", "ขยะ ผู้สูงอายุ"),
    "number": ("ว 1055", "๗๑๒", "0810.7", "มท 0804.5/ว 484"),
    "nothing": ("ดาวเทียมสำรวจอวกาศ", "กกกกกขขขขข", "qwertyuiop", "ๆๆๆ ฯฯฯ"),
    "filter": ("",),
}


def letters(count: int, seed: int = 2569) -> Iterator[Entry]:
    """Invented letters of about 1,500 characters, the same for the same seed; a fifth with OCR's stray spaces."""
    chance = random.Random(seed)
    rare = sorted(word for word in thai_words() if 4 <= len(word) <= 14)
    for serial in range(1, count + 1):
        when = date(2010, 1, 1) + timedelta(days=chance.randrange(5800))
        issuer, matter = chance.choice(OFFICES), chance.choice(MATTERS)
        body = "\n".join(_paragraph(chance, rare, matter) for _ in range(chance.randint(4, 9)))
        if chance.random() < 0.2:
            body = "".join(char + " " if chance.random() < 0.02 else char for char in body)
        number = f"มท {chance.randrange(800, 825):04}.{chance.randrange(1, 9)}/ว {serial % 4000}"
        yield Entry(id=f"{serial:07}", number=number, date=when, issuer=issuer, subject=matter,
                    recipients=f"นายอำเภอทุกอำเภอ {chance.choice(OFFICES)}", body=body)


def _paragraph(chance: random.Random, rare: list[str], matter: str) -> str:
    day = f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(2553, 2569)}"
    oddities = "".join(chance.sample(rare, 8))
    cited = thai(str(chance.randrange(1, 4000)))
    return (f"ด้วย{chance.choice(OFFICES)}แจ้งว่า{matter}และ{chance.choice(MATTERS)} "
            f"ตามหนังสือ ที่ มท ๐๘๑๐.๗/ว {cited} ลงวันที่ {thai(day)} {oddities} "
            f"{chance.choice(REQUESTS)} ภายในวันที่ {thai(day)}")


def measure(kind: str, count: int) -> dict[str, object]:
    """Figures of one engine: rebuild seconds, megabytes on disk, milliseconds by kind of query, recall, precision."""
    with tempfile.TemporaryDirectory() as name:
        engine = open_engine(kind, Path(name))
        start, cpu = time.perf_counter(), time.process_time()  # CPU too: others may use the machine
        for _ in engine.rebuild(letters(count)):
            pass
        figures: dict[str, object] = {
            "rebuild_seconds": round(time.perf_counter() - start, 1),
            "rebuild_cpu_seconds": round(time.process_time() - cpu, 1),
            "megabytes": round(sum(file.stat().st_size for file in Path(name).rglob("*") if file.is_file()) / 1e6, 1),
        }
        figures["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)  # of all so far
        one = list(letters(1))
        start = time.perf_counter()
        engine.write(one)
        figures["write_one_ms"] = round(1000 * (time.perf_counter() - start), 1)
        figures |= {query_kind: _times(engine, queries) for query_kind, queries in KINDS.items()}
        engine.close()
    return figures | _completeness(kind)


def _times(engine: Engine, queries: tuple[str, ...]) -> dict[str, float]:
    taken = []
    for query in queries * (1 if len(queries) > 20 else 4):
        start = time.process_time()
        engine.search(query)
        taken.append(1000 * (time.process_time() - start))
    return {"median_ms": round(median(taken), 2), "p95_ms": round(quantiles(taken, n=20)[-1], 2)}


def _completeness(kind: str) -> dict[str, float]:
    """Letters found for sub-words against those whose text holds the same characters in a row, spaces aside, and not
    cut out of a syllable (นคร is not in ในครัวเรือน)."""
    sample = list(letters(400))
    right = wanted = given = 0
    with tempfile.TemporaryDirectory() as name:
        engine = open_engine(kind, Path(name))
        for _ in engine.rebuild(sample):
            pass
        texts = {entry.id: _plain(" | ".join((entry.number, entry.subject, entry.issuer, entry.recipients, entry.body)))
                 for entry in sample}
        for word in SUB_WORDS:
            held = re.compile(f"(?<![เแโใไ]){re.escape(_plain(word))}(?![ะ-ฺๅ็-๎])")
            truth = {id for id, text in texts.items() if held.search(text)}
            found = {hit.id for hit in engine.search(word, limit=len(sample)).hits}
            right, wanted, given = right + len(truth & found), wanted + len(truth), given + len(found)
        engine.close()
    return {"recall": round(right / wanted, 4), "precision": round(right / given, 4)}


def _plain(text: str) -> str:
    return fold(tidy(text)).replace(" ", "").replace("\n", "")


def main() -> None:
    """Measures, prints, and writes JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--engines", nargs="+", default=["tantivy", "whoosh"])
    parser.add_argument("--scale", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    start = time.perf_counter()
    size = sum(len(entry.body) for entry in letters(options.letters))
    print(f"{options.letters} letters, {size / 1e6:.1f} million characters, "
          f"made in {time.perf_counter() - start:.1f} s, Python {platform.python_version()}")
    figures = {engine: measure(engine, options.letters) for engine in options.engines}
    _print(figures)
    scaled = search_scale.measure(options.scale) if options.scale else {}
    if scaled:
        search_scale.show(scaled)
    if options.json:
        options.json.write_text(json.dumps({"letters": options.letters, "characters": size, "engines": figures,
                                            "scale": {"letters": options.scale, **scaled}},
                                           ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _print(figures: dict[str, dict[str, object]]) -> None:
    print(f"{'':24}" + "".join(f"{engine:>22}" for engine in figures))
    for row in next(iter(figures.values())):
        cells = []
        for engine in figures.values():
            cell = engine[row]
            cells.append(f"{cell['median_ms']:9.2f} /{cell['p95_ms']:9.2f}" if isinstance(cell, dict) else str(cell))
        unit = ", median / p95 ms" if row in KINDS else ""
        print(f"{row + unit:24}" + "".join(f"{cell:>22}" for cell in cells))


if __name__ == "__main__":
    main()
