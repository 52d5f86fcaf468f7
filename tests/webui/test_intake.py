"""Taking files in through the form and through the script."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image
from werkzeug.test import TestResponse

from ocr import open_document
from saraban.jobs import run_all
from tests.webui.conftest import Visitor, World
from tests.webui.packets import CHAIN, NASTY_NAME, SCRIPT
from webui.progress import PATIENCE, progress_of
from webui.views.intake import tidy_name

JSON = {"Accept": "application/json"}
Make = Callable[..., World]


def send(visitor: Visitor, data: str | bytes, name: str = "letter.txt") -> TestResponse:
    """As the script sends a file."""
    body = {"files": (io.BytesIO(data if isinstance(data, bytes) else data.encode()), name)}
    return visitor.client.post("/intake", data=body, headers={**JSON, "X-CSRFToken": visitor.token()})


def test_a_new_file_is_queued_and_a_known_one_is_said_to_be_known(fresh: Make) -> None:
    house = fresh()
    clerk = house.visitor("clerk")
    first, again = send(clerk, CHAIN), send(clerk, CHAIN, "same.txt")
    assert (first.status_code, first.json["new"]) == (201, True)
    assert (again.status_code, again.json["new"]) == (200, False)
    assert first.json["id"] == again.json["id"] and "รอคิว" in first.json["html"]
    assert len(house.archive.jobs.list()) == 1
    row = house.archive.packets.get(first.json["id"])
    assert row.received_by == "clerk1" and row.names == ("letter.txt", "same.txt")


def test_progress_is_told_until_the_end(fresh: Make) -> None:
    house = fresh()
    clerk = house.visitor("clerk")
    packet = send(clerk, CHAIN).json["id"]
    asked = f"/intake/status?id={packet}&id={'0' * 64}"
    job = house.archive.jobs.claim("worker", 60)
    house.archive.jobs.progress(job, "worker", "read", 1, 4)
    (told,) = clerk.get(asked, headers=JSON).json
    assert "อ่านหน้า 1/4" in told["html"] and told["final"] is False
    house.archive.jobs.fail(job, "worker", "fault", "Traceback: secrets of the house", retry=False)
    (told,) = clerk.get(asked, headers=JSON).json
    assert "ไม่สำเร็จ" in told["html"] and "Traceback" not in told["html"] and told["final"] is True
    assert clerk.post(f"/packets/{packet}/rerun", {"anew": "1"}).status_code == 302
    run_all(house.archive, house.settings)
    (told,) = clerk.get(asked, headers=JSON).json
    assert "พบ 2 ฉบับ" in told["html"] and told["final"] is True
    assert "packet-rerun" in [event.action for event in house.archive.audit.list(f"packet:{packet}")]


@pytest.mark.parametrize(("data", "name", "error", "words"), [
    (b"", "empty.pdf", "empty", "ว่างเปล่า"),
    (b"MZ\x90\x00" + b"\x01" * 200, "program.pdf", "wrong-type", "ไม่ใช่ PDF"),
    (b"PK\x03\x04" + b"\x00\x01" * 200, "letter.docx", "wrong-type", "แปลงเป็น PDF"),
    (b"%PDF-1.7\n1 0 obj\n<<", "cut.pdf", "damaged", "ขอไฟล์ใหม่"),
    (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "cut.jpg", "damaged", "เสียหาย"),
])
def test_a_bad_file_is_told_at_once_with_the_next_step(fresh: Make, data: bytes, name: str, error: str,
                                                       words: str) -> None:
    house = fresh()
    answer = send(house.visitor("clerk"), data, name)
    assert answer.status_code == 422 and answer.json["error"] == error
    assert words in answer.json["message"] and name in answer.json["message"]
    assert house.archive.packets.count() == 0


def test_a_file_over_the_limit_is_told_by_name_and_a_huge_body_is_cut_off(fresh: Make) -> None:
    house = fresh(max_bytes=1000)
    clerk = house.visitor("clerk")
    over = send(clerk, "ก" * 400)
    assert over.status_code == 422 and over.json["error"] == "limit"
    huge = clerk.client.post("/intake", data=b"x" * (2 * 1024 * 1024), content_type="multipart/form-data; boundary=x",
                             headers={**JSON, "X-CSRFToken": clerk.token()})
    assert huge.status_code == 413 and "ไฟล์ใหญ่เกินไป" in huge.json["message"]
    assert house.archive.packets.count() == 0


def test_the_bare_form_takes_many_files_and_the_good_ones_go_on(fresh: Make) -> None:
    house = fresh()
    clerk = house.visitor("clerk")
    files = [(io.BytesIO(CHAIN.encode()), "a.txt"), (io.BytesIO(b""), "b.txt"), (io.BytesIO(SCRIPT.encode()), "c.txt")]
    page = clerk.post("/intake", {"files": files})
    assert page.status_code == 200 and house.archive.packets.count() == 2
    assert page.text.count("รับแล้ว กำลังรอคิวอ่าน</li>") or page.text.count("รับแล้ว กำลังรอคิวอ่าน") >= 2
    assert "ว่างเปล่า" in page.text


def test_the_bare_form_without_a_file_says_so(fresh: Make) -> None:
    page = fresh().visitor("clerk").post("/intake", {})
    assert page.status_code == 400 and "ยังไม่ได้เลือกไฟล์" in page.text


def test_a_script_in_a_file_name_is_only_text(fresh: Make) -> None:
    house = fresh()
    clerk = house.visitor("clerk")
    buffer = io.BytesIO()
    Image.new("L", (300, 400), 255).save(buffer, "PDF")
    name = NASTY_NAME.replace(".txt", ".pdf")
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name.replace(chr(34), "%22")}"\r\n\r\n'
    body = head.encode() + buffer.getvalue() + b"\r\n--x--\r\n"  # as browsers write it
    told = clerk.client.post("/intake", data=body, content_type="multipart/form-data; boundary=x",
                             headers={**JSON, "X-CSRFToken": clerk.token()}).json
    assert told["name"] == name and "<img" not in told["html"]
    for path in ("/intake", "/packets", told["url"], "/jobs"):
        assert "<img src=x" not in clerk.get(path).text
    download = clerk.get(f"{told['url']}/original")
    assert download.headers["Content-Disposition"].startswith("attachment;")
    assert download.headers["Content-Type"] == "application/octet-stream"
    assert download.data == buffer.getvalue()


def test_without_a_token_nothing_is_taken_in(fresh: Make) -> None:
    house = fresh()
    body = {"files": (io.BytesIO(CHAIN.encode()), "a.txt")}
    answer = house.visitor("clerk").client.post("/intake", data=body, headers=JSON)
    assert answer.status_code == 400 and answer.json["error"] == "stale-form"
    assert house.archive.packets.count() == 0


@pytest.mark.parametrize(("name", "tidy"), [
    ("letter.pdf", "letter.pdf"),
    ("../../etc/passwd", "passwd"),
    ("C:\\scans\\หนังสือ.pdf", "หนังสือ.pdf"),
    ("a\x00b\r\nc.pdf", "abc.pdf"),
    ("invoice\u202efdp.exe", "invoicefdp.exe"),
    ("///", "upload"),
    ("ก" * 300 + ".pdf", "ก" * 140 + "….pdf"),
])
def test_names_are_shown_and_kept_without_tricks(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


def photo(shade: int) -> bytes:
    """A sheet as a camera makes it."""
    made = io.BytesIO()
    Image.new("L", (600, 850), shade).save(made, "JPEG")
    return made.getvalue()


def send_together(visitor: Visitor, *photos: bytes, **headers: str) -> TestResponse:
    """As the script sends pictures of one packet."""
    body = {"together": "1", "files": [(io.BytesIO(data), f"page-{number}.jpg") for number, data in enumerate(photos)]}
    return visitor.client.post("/intake", data=body, headers={**JSON, "X-CSRFToken": visitor.token(), **headers})


def test_photographs_become_one_packet_in_their_order(fresh: Make) -> None:
    house = fresh()
    clerk = house.visitor("clerk")
    first, again = send_together(clerk, photo(40), photo(200)), send_together(clerk, photo(40), photo(200))
    assert (first.status_code, again.status_code) == (201, 200)
    (row,) = house.archive.packets.list()
    assert row.name == "ภาพถ่าย 20-06-2566 10.00.pdf"
    with open_document(house.archive.files.path(row.id)) as document:
        assert [round(document.image(page).convert("L").getpixel((9, 9)), -1) for page in (1, 2)] == [40, 200]
    other = send_together(clerk, photo(200), photo(40))
    assert other.status_code == 201 and other.json["id"] != row.id, "another order is another packet"


def test_an_odd_picture_among_photographs_is_named_and_none_is_taken(fresh: Make) -> None:
    house = fresh()
    answer = send_together(house.visitor("clerk"), photo(40), CHAIN.encode())
    assert answer.status_code == 422 and "page-1.jpg ไม่ใช่ภาพ" in answer.json["message"]
    assert house.archive.packets.count() == 0


def test_the_bare_form_binds_photographs_too(fresh: Make) -> None:
    house = fresh()
    files = [(io.BytesIO(photo(shade)), "image.jpg") for shade in (50, 60)]
    page = house.visitor("clerk").post("/intake", {"together": "1", "files": files})
    assert page.status_code == 200 and house.archive.packets.count() == 1


def pdf(pages: int, **saved: Any) -> bytes:
    made, kept = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    made.save(kept, **saved)
    return kept.getvalue()


def drawing(width: int, height: int) -> bytes:
    kept = io.BytesIO()
    Image.new("1", (width, height)).save(kept, "PNG")
    return kept.getvalue()


@pytest.mark.parametrize(("data", "name", "told"), [
    pytest.param(pdf(0), "ว่าง.pdf", "ว่างเปล่า (ไม่มีหน้าเลย) – สแกนหรือบันทึกใหม่", id="no page"),
    pytest.param(pdf(3)[:-200], "ขาด.pdf", "มาไม่ครบ (ส่วนท้ายของไฟล์หายไป) – ขอไฟล์ใหม่", id="cut short"),
    pytest.param(pdf(1, encryption=pikepdf.Encryption(owner="a", user="b")), "ลับ.pdf", "มีรหัสผ่าน – บันทึกเป็น PDF",
                 id="locked"),
    pytest.param(drawing(9000, 8000), "ใหญ่.png", "หน้า 1 กว้าง 9000 สูง 8000 จุดภาพ รับได้ไม่เกิน 60 ล้านจุด – แบ่งไฟล์",
                 id="huge picture"),
    pytest.param(b"\xff\xd8\xff\xe0" + bytes(50), "ภาพ.jpg", "มาไม่ครบ – ขอไฟล์ใหม่", id="broken picture"),
    pytest.param("ก" * 110_000, "ยาว.txt", "ขนาด 0.3 MB รับได้ไม่เกิน 0.2 MB – แบ่งไฟล์", id="too many bytes"),
])
def test_a_fault_is_told_in_thai_words_alone(fresh: Make, data: str | bytes, name: str, told: str) -> None:
    house = fresh(max_bytes=200 * 1024)
    answer = send(house.visitor("clerk"), data, name)
    assert answer.status_code == 422 and told in answer.json["message"]
    assert not re.search(r"[a-z]{2,}", answer.json["message"].replace(name, "")), "no English of a library"


def test_what_is_wrong_with_a_file_is_told_in_the_reader_s_language(fresh: Make) -> None:
    clerk = fresh().visitor("clerk")
    clerk.client.set_cookie("language", "en")
    assert "is empty" in send(clerk, b"").json["message"]


def test_a_queue_that_nobody_works_on_is_told(fresh: Make) -> None:
    house = fresh()
    packet = send(house.visitor("clerk"), CHAIN).json["id"]
    row, since = house.archive.packets.get(packet), house.archive.jobs.list()[0].run_after
    soon, late = since + PATIENCE / 2, since + PATIENCE * 2
    assert [progress_of(house.archive, row, now).stalled for now in (soon, late)] == [False, True]
    job = house.archive.jobs.claim("worker", (PATIENCE * 3).total_seconds())
    assert not progress_of(house.archive, row, late).stalled, "a worker has it"
    assert progress_of(house.archive, row, job.lease_until + PATIENCE * 2).stalled, "the worker died"
