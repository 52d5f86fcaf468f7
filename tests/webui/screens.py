"""The screens in Debian's chromium, and pictures of each: ``python -m tests.webui.screens FOLDER FILE…``.

Reads the files into an archive of its own, serves it, and saves every screen at desktop and at phone width.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import wasyncore
from waitress.server import create_server

from archive import Archive
from archive.registers import Entered
from registers import Book
from saraban import registering
from saraban.jobs import Worker, run_all
from saraban.pipeline import take_in
from saraban.settings import Settings
from tasks import builtin_offices
from webui import create_app

CHROMIUM = Path("/usr/bin/chromium")
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
NAME, PASSWORD = "somying", "correct horse battery"
GUIDE = ("dashboard", "intake", "packet", "review", "letter", "search", "chain", "tasks", "menus", "progress", "health",
         "registers", "secrets", "account")
"""Screens that the user guide shows."""
GUIDE_FOLDER = Path("webui/static/guide")
WAIT_MS = 120_000


@contextmanager
def served(archive: Archive, settings: Settings) -> Iterator[str]:
    """The address of a real server with a real worker."""
    server = create_server(create_app(archive, settings), host="127.0.0.1", port=0, threads=4)
    worker, thread = Worker(archive, settings), threading.Thread(target=server.run)
    worker.start()
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        worker.stop()
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # in the server's own thread
        thread.join(10)


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's chromium without a screen."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])


def sign_in(page: Page, address: str, name: str = NAME, password: str = PASSWORD) -> None:
    """Fills in the form."""
    page.goto(f"{address}/sign-in")
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("main button")
    page.wait_for_url(f"{address}/")


def complaints(page: Page) -> list[str]:
    """A list that fills with what the browser complains of: faults of scripts, and what the policy refused."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def _first(page: Page, path: str, selector: str) -> str:
    page.goto(path)
    return str(page.get_attribute(f"{selector} >> nth=0", "href"))


def _there(page: Page, path: str, selector: str, otherwise: str) -> str:
    """Where the first such link of a page leads, if it has one."""
    page.goto(path)
    link = page.query_selector(selector)
    return str(link.get_attribute("href")) if link else otherwise


def paths(page: Page, address: str) -> dict[str, str]:
    """Every screen by name, with an example where one is needed."""
    register = "/registers?office=6670318"
    doubtful = _there(page, f"{address}/search?state=doubt", ".hits a.number", "/letters")
    letter = _first(page, f"{address}/letters", "tbody a.number")
    packet = _first(page, f"{address}/packets", "tbody th a")
    return {
        "dashboard": "/", "intake": "/intake", "packets": "/packets",
        "packets-waiting": "/packets?show=waits", "letters": "/letters", "tasks": "/tasks",
        "packet": packet, "review": f"{packet}/review", "letter": letter, "chain": f"{letter}/chain",
        "review-doubt": _there(page, f"{address}{doubtful}", "a[href*='/review']", f"{packet}/review"),
        "chain-time": f"{letter}/chain#time", "chain-tree": f"{letter}/chain#tree",
        "chain-table": f"{letter}/chain#table", "search-start": "/search", "search-nothing": "/search?q=ปลากระป๋องลายจุด",
        "board": "/tasks/board", "calendar": "/tasks/calendar?month=2023-06&state=all",
        "feeds": "/feeds?office=6670318",
        "records": "/records", "menus": "/records?office=6670318", "entry": "/records/6670318/MISSION2",
        "entries": "/records/entries", "import": "/records/import", "progress": "/progress?province=เพชรบูรณ์",
        "task": _first(page, f"{address}/tasks?state=all", "tbody th a"), "search": "/search?q=ระบบ", "jobs": "/jobs",
        "audit": "/audit", "account": "/account",
        "registers": register, "register-row": _there(page, address + register, "tbody th a", register),
        "register-new": "/registers/new?office=6670318",
        "register-print": "/registers/print?office=6670318", "register-due": "/registers/due?office=6670318",
        "register-offices": "/registers/offices?find=หล่มสัก",
        "second-factor": "/account/second-factor", "secrets": "/secret-packets",
        "users": "/admin/users", "user": "/admin/users/1", "offices": "/admin/offices", "health": "/admin/health",
        "forms": "/admin/forms", "settings": "/admin/settings", "help": "/help/tasks", "guide": "/help",
        "error": "/nothing-here",
    }


def save_all(address: str, folder: Path) -> None:
    """A picture of every screen at both widths."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as chromium:
        for size, (width, height) in SIZES.items():
            page = chromium.new_page(viewport={"width": width, "height": height}, locale="th-TH")
            page.goto(f"{address}/sign-in")
            page.screenshot(path=folder / f"{size}-sign-in.png")
            sign_in(page, address)
            for name, path in paths(page, address).items():
                page.goto(address + path)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{size}-{name}.png")
                if name == "register-row" and size == "desktop":
                    _stamp(page, folder / "stamp.png")


def _stamp(page: Page, target: Path) -> None:
    """The first page of the copy with the receiving stamp, from the page of its row."""
    link = page.query_selector("a[href*='stamped.pdf']")
    if link is None:
        return
    with pypdfium2.PdfDocument(page.request.get(urljoin(page.url, str(link.get_attribute("href")))).body()) as copy:
        copy[0].render(scale=1.5).to_pil().save(target)


def register(archive: Archive, office: str = "6670318") -> None:
    """Enters some letters into the received register of an office, so that its screens have something to show."""
    place, now = archive.offices.get(office), dt.datetime.now(dt.UTC)
    for packet in archive.packets.list(limit=3):
        parsed = archive.packets.parse(packet.id)
        first = parsed.letters[0].pages[0] if parsed and parsed.letters else None
        if first is not None:
            read = registering.columns_for(archive, packet.id, first, place)
            registering.enter(archive, office, Book.RECEIVED, Entered(read, packet=packet.id, page=first), NAME, now)


def for_guide(folder: Path, target: Path) -> None:
    """The pictures that the user guide shows, made small, from those of :func:`save_all`."""
    target.mkdir(parents=True, exist_ok=True)
    for name in GUIDE:
        with Image.open(folder / f"desktop-{name}.png") as image:
            image.convert("RGB").save(target / f"{name}.webp", quality=72, method=6)


def main(folder: Path, asked: list[Path]) -> None:
    """Reads the files, and the PDFs of folders, and saves the pictures."""
    files = [file for path in asked for file in (sorted(path.glob("*.pdf")) if path.is_dir() else [path])]
    with tempfile.TemporaryDirectory() as home, Archive.create(Path(home)) as archive:
        settings = Settings(home=Path(home))
        archive.offices.save(builtin_offices())
        archive.users.add(NAME, PASSWORD, "admin")
        for file in files:
            take_in(archive, settings, file, file.name, NAME)
        run_all(archive, settings)
        register(archive)
        with served(archive, settings) as address:
            save_all(address, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
    for_guide(Path(sys.argv[1]), GUIDE_FOLDER)
