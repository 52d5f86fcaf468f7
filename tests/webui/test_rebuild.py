"""Index and links made anew from the screen of jobs, how far they are, and what the health page says of backups."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from archive import Archive, JobState, Role
from archive.backup import make
from saraban.backups import extras
from saraban.jobs import run_all
from saraban.rebuilding import Rebuild, start
from saraban.settings import Settings
from tests.webui.packets import CHAIN
from tests.webui.screens import CHROMIUM, NAME, PASSWORD, WAIT_MS, browser, complaints, served, sign_in


@pytest.mark.parametrize("what", list(Rebuild))
def test_a_rebuild_is_started_from_the_screen(fresh, what: Rebuild) -> None:
    house = fresh()
    house.take_in("chain.txt", CHAIN)
    run_all(house.archive, house.settings)
    admin = house.visitor("admin")
    assert f'value="{what}"' in admin.get("/jobs").text
    answer = admin.post("/jobs/rebuild", {"what": what.value})
    job = house.archive.jobs.list(JobState.WAITING)[0]
    assert answer.status_code == 302 and answer.location == f"/jobs?started={job.id}"
    assert f"งานที่ {job.id}" in admin.get(answer.location).text
    assert admin.post("/jobs/rebuild", {"what": what.value}).location == answer.location, "not twice"
    assert [one.state for one in run_all(house.archive, house.settings)] == [JobState.DONE]
    assert "สั่งสร้างใหม่" in admin.get("/audit").text
    assert admin.post("/jobs/rebuild", {"what": "everything"}).status_code == 400


def test_only_administrators_start_rebuilds(world, signed_in) -> None:
    for role in (Role.CLERK, Role.OFFICER):
        assert signed_in(role).post("/jobs/rebuild", {"what": "reindex"}).status_code == 403
    assert "/jobs/rebuild" not in signed_in(Role.CLERK).get("/jobs").text


def test_how_far_a_job_is_stands_on_the_screen(fresh) -> None:
    house = fresh()
    start(house.archive, Rebuild.INDEX, "root")
    job = house.archive.jobs.claim("w1", 60)
    assert house.archive.jobs.progress(job, "w1", "index", 1500, 4000)
    text = house.visitor("admin").get("/jobs").text
    assert "1,500/4,000" in text and '<progress value="1500" max="4000"' in text and "data-unended" in text
    house.archive.jobs.finish(job, "w1")
    assert "data-unended" not in house.visitor("admin").get("/jobs").text


def test_the_health_page_tells_of_the_last_backup(fresh, tmp_path: Path) -> None:
    house = fresh()
    admin = house.visitor("admin")
    text = admin.get("/admin/health").text
    assert "ยังไม่เคยสำรอง" in text
    make(house.archive, tmp_path / "nightly.tar", extras(house.settings, secrets=False), "root")
    found = re.search(r"สำเนาสำรอง</th>.*?</tr>", admin.get("/admin/health").text, re.DOTALL)
    assert found and "nightly.tar" in found[0] and "ปกติ" in found[0]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")
def test_the_screen_follows_a_job(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        archive.users.add(NAME, PASSWORD, "admin")
        start(archive, Rebuild.INDEX, "root")
        job = archive.jobs.claim("w1", 600)
        assert job is not None
        with served(archive, Settings(home=tmp_path)) as address, browser() as chromium:
            page = chromium.new_page()
            said = complaints(page)
            sign_in(page, address)
            page.goto(f"{address}/jobs")
            page.locator(f"#cancel-{job.id}").focus()
            archive.jobs.progress(job, "w1", "index", 40, 90)
            expect(page.locator("#queue")).to_contain_text("40/90", timeout=WAIT_MS)
            expect(page.locator(f"#cancel-{job.id}")).to_be_focused()
            archive.jobs.finish(job, "w1")
            expect(page.locator("#queue")).to_contain_text("เสร็จ", timeout=WAIT_MS)
            expect(page.locator("#queue")).not_to_have_attribute("data-unended", "")
            assert said == []
