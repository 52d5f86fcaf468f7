"""Headers, scripts in names and texts, and errors that tell nothing of the inside."""

from __future__ import annotations

import re

import pytest

from tests.webui.conftest import LAO_OFFICE, World
from webui import create_app

PAGES = ("/", "/intake", "/packets", "/letters", "/tasks", "/jobs", "/audit", "/search?q=มะขามหวาน", "/nothing-here",
         "/static/style.css", "/health")


@pytest.mark.parametrize("path", PAGES)
def test_headers_are_on_every_answer(signed_in, path: str) -> None:
    headers = signed_in("admin").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert ("no-store" in headers["Cache-Control"]) is not path.startswith("/static")


def every_page(world: World) -> list[str]:
    nodes = [node.id for node in world.archive.graph.nodes(limit=100)]
    packets = [row.id for row in world.archive.packets.list()]
    task = world.archive.tasks.list()[0].task.id
    return [*PAGES[:9], *(f"/letters/{node}" for node in nodes), *(f"/letters/{node}/chain" for node in nodes),
            *(f"/packets/{packet}" for packet in packets), f"/tasks/{task}", "/sign-in"]


def test_no_page_has_anything_inline_that_the_policy_forbids(world: World, signed_in) -> None:
    for path in every_page(world):
        text = signed_in("admin").get(path).text
        assert not re.search(r"<script(?![^>]*\s(?:src=|type=\"application/json\"))", text), path
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=", text), path
        assert not re.search(r"javascript:", text, re.IGNORECASE), path


def test_names_and_texts_with_scripts_are_only_text(world: World, signed_in) -> None:
    for path in every_page(world):
        text = signed_in("admin").get(path).text
        assert "<script>alert" not in text and "<img src=x" not in text, path
    letter = signed_in("admin").get(f"/letters/{world.node('พช 0118/ว 420')}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in letter
    packets = signed_in("admin").get("/packets").text
    assert "&#34;&gt;&lt;img src=x onerror=alert(1)&gt;.txt" in packets


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "มะขามหวาน <script>"])
def test_queries_with_scripts_are_only_text(signed_in, query: str) -> None:
    text = signed_in("admin").get("/search", query_string={"q": query}).text
    assert "<script>" not in text and "<img src=x" not in text


@pytest.mark.parametrize(("path", "status", "words"), [
    ("/nothing-here", 404, "ไม่พบสิ่งที่ขอ"),
    ("/letters/0000000000000000", 404, "ไม่พบสิ่งที่ขอ"),
    ("/letters/0000000000000000/chain", 404, "ไม่พบสิ่งที่ขอ"),
    ("/letters?after=0000000000000000", 404, "ไม่พบสิ่งที่ขอ"),
    ("/packets/../../etc/passwd", 404, "ไม่พบสิ่งที่ขอ"),
    ("/packets/abc", 404, "ไม่พบสิ่งที่ขอ"),
    ("/tasks/abc", 404, "ไม่พบสิ่งที่ขอ"),
    ("/jobs/1/cancel", 405, "ทำเช่นนั้นกับหน้านี้ไม่ได้"),
    ("/letters?first=เมื่อวาน", 400, "ไม่เข้าใจวันที่"),
])
def test_errors_speak_thai(signed_in, path: str, status: int, words: str) -> None:
    answer = signed_in("admin").get(path)
    assert answer.status_code == status and words in answer.text


def test_a_missing_token_says_what_to_do(signed_in) -> None:
    answer = signed_in("clerk").client.post("/sign-out")
    assert answer.status_code == 400 and "แบบฟอร์มนี้หมดอายุ" in answer.text


def test_a_fault_gives_an_incident_id_and_nothing_else(fresh, caplog) -> None:
    house = fresh()

    def stopped() -> None:
        raise RuntimeError("the clock stands still")

    client = create_app(house.archive, house.settings, clock=stopped).test_client()
    answer = client.get("/sign-in")
    incident = re.search(r"<code>([0-9a-f]{8})</code>", answer.text)
    assert answer.status_code == 500 and incident and incident[1] in caplog.text
    assert "clock stands" not in answer.text and "Traceback" not in answer.text and "clock stands" in caplog.text
    told = client.get("/sign-in", headers={"Accept": "application/json"}).json
    assert told["error"] == "fault" and "clock" not in told["message"]


def test_a_broken_database_is_told_without_its_place(fresh) -> None:
    house = fresh()
    visitor = house.visitor("admin")
    house.archive.close()
    for path in house.settings.home.glob("saraban.db*"):
        path.write_bytes(b"not a database at all " * 500)
    answer = visitor.get("/letters")
    assert answer.status_code == 503 and "ยังใช้ไม่ได้ชั่วคราว" in answer.text
    assert str(house.settings.home) not in answer.text and "sqlite" not in answer.text
    health = visitor.get("/health")
    assert health.status_code == 503 and health.json == {"status": "down", "database": False, "index": False}


def test_health_tells_states_only(world: World) -> None:
    answer = world.visitor().get("/health")
    assert answer.status_code == 200 and answer.json == {"status": "ok", "database": True, "index": True}


def test_health_without_an_index_is_degraded(fresh) -> None:
    answer = fresh().visitor().get("/health")
    assert answer.status_code == 200 and answer.json["status"] == "degraded"


@pytest.mark.parametrize(("path", "fields", "words"), [
    ("/registers/reserve", {"count": "999", "reason": "x"}, "จองได้ครั้งละ"),
    ("/registers/reserve", {"count": "1", "reason": ""}, "เหตุผล"),
    ("/registers/due", {"step": "nonsense", "row": "0"}, "เลือกหนังสือในรายการก่อน"),
])
def test_a_form_that_was_refused_says_why_and_leads_back(signed_in, path: str, fields: dict[str, str],
                                                         words: str) -> None:
    answer = signed_in("admin").post(path, {"office": LAO_OFFICE, **fields},
                                     headers={"Referer": "http://localhost/registers?office=6670318"})
    assert answer.status_code == 400 and words in answer.text
    assert 'href="/registers?office=6670318' in answer.text


def test_no_way_leads_back_to_another_site(signed_in) -> None:
    answer = signed_in("admin").post("/registers/reserve", {"office": LAO_OFFICE, "count": "999", "reason": "x"},
                                     headers={"Referer": "https://evil.example/registers"})
    assert answer.status_code == 400 and "evil" not in answer.text and "กลับไปหน้าเดิม" not in answer.text
