"""The same engine twice, and letters to find in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from index import Entry, open_engine
from index.engine import SearchEngine


def make_entry(id: str = "a", *, number: str = "", when: date | None = None, issuer: str = "", subject: str = "",
               recipients: str = "", body: str = "", kind: str = "") -> Entry:
    """An entry of which only what matters is said."""
    return Entry(id, number, when, issuer, subject, recipients, body, kind)


LETTERS = [
    make_entry("dla", number="มท 0810.7/ว 1055", when=date(2023, 2, 27), issuer="กรมส่งเสริมการปกครองท้องถิ่น",
               subject="การสำรวจบ่อน้ำตื้นสาธารณะ", recipients="ผู้ว่าราชการจังหวัด ทุกจังหวัด", kind="external",
               body="ขอให้แจ้งองค์กรปกครองส่วนท้องถิ่นสำรวจบ่อน้ำตื้นภายในวันที่ ๓๑ มีนาคม ๒๕๖๖"),
    make_entry("province", number="ชย 0023.3/ว 77", when=date(2023, 3, 2), issuer="จังหวัดชัยภูมิ",
               subject="แผนจัดการเลี้ยงปลานิลในร่องสวน", recipients="นายอำเภอ ทุกอำเภอ", kind="external",
               body="ตามหนังสือ ที่ มท ๐๘๑๐.๗/ว ๑๐๕๕ จังหวัดชัยภูมิขอส่งคู่มือ INFO และแบบสำรวจ"),
    make_entry("district", number="ลป 0118/402", when=date(2024, 1, 5), issuer="อำเภอเกาะคา",
               subject="เชิญประชุมเรื่องตู้หนังสือหมู่บ้าน", recipients="นายกเทศมนตรีตำบลทุกแห่ง", kind="memo",
               body="เชิญประชุม เรื่องปลานิล ณ ห้องประชุม\nชั้น ๒ หมายเลข 2105512"),
    make_entry("undated", subject="บันทึกที่ไม่มีวันที่", body="กระดาษแผ่นนี้ไม่มีวันที่"),
]


@pytest.fixture(params=["tantivy", "whoosh"])
def kind(request: pytest.FixtureRequest) -> str:
    """The engine's name: every contract holds for both."""
    return str(request.param)


@pytest.fixture
def engine(kind: str, tmp_path: Path) -> Iterator[SearchEngine]:
    """An engine over an index that is there and empty."""
    made = open_engine(kind, tmp_path / "index", patience=0.3, batch=5)
    assert list(made.rebuild([])) == []
    yield made
    made.close()


@pytest.fixture
def filled(engine: SearchEngine) -> SearchEngine:
    """An engine that holds LETTERS."""
    engine.write(LETTERS)
    return engine


Ask = Callable[..., set[str]]


@pytest.fixture
def ask(filled: SearchEngine) -> Ask:
    """Ids of the LETTERS found."""
    return lambda *args, **options: {hit.id for hit in filled.search(*args, **options).hits}
