"""People at their screens: each signs in and then looks and works, one request after another, as a browser sends them.

What the server acknowledged is kept, so that it can be looked for afterwards.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import urllib3

from archive import LAO_ROLES, Role
from bench.load_house import PASSWORD, Player

WORDS = ("ภาษี", "อุทกภัย", "ถังขยะ", "รายงานผล", "ผู้ดูแลระบบ", "มท 0810.7/ว 484", "12 มี.ค. 2565", "ขยะ", '"ให้แล้วเสร็จ"')
_OVERTAKEN = 409


@dataclass(slots=True)
class Answered:
    """One request: what for, milliseconds until the whole answer was there, status."""

    kind: str
    ms: float
    status: int


@dataclass(slots=True)
class Written:
    """One write that the server acknowledged: what it was, of which thing, and the words that name it."""

    kind: str
    subject: str
    mark: str
    actor: str


@dataclass(slots=True)
class Log:
    """What a user saw."""

    answered: list[Answered] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    overtaken: int = 0


class Fault(Exception):
    """An answer that should not have come; it stands in the log."""


class Browser:
    """One connection with its cookies."""

    def __init__(self, address: str, log: Log) -> None:
        self._pool = urllib3.HTTPConnectionPool(urlsplit(address).hostname or "", urlsplit(address).port, maxsize=1,
                                                retries=False, timeout=60)
        self._cookies: dict[str, str] = {}
        self._token, self.log = "", log

    def get(self, kind: str, path: str) -> str:
        """A page that must be there."""
        body, _ = self._send(kind, "GET", path, None, (200,))
        found = re.search(r'name="csrf-token" content="([^"]+)"', body)
        self._token = found[1] if found else self._token
        return body

    def post(self, kind: str, path: str, **values: str) -> str | None:
        """A form; gives where the answer leads, ``None`` if somebody else was quicker."""
        body = urlencode({"csrf_token": self._token, **values})
        _, location = self._send(kind, "POST", path, body, (302, _OVERTAKEN))
        return location

    def _send(self, kind: str, method: str, path: str, body: str | None,
              good: tuple[int, ...]) -> tuple[str, str | None]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        try:
            answer = self._pool.urlopen(method, path, body=body, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            self.log.faults.append(f"{method} {path}: {error}")
            raise Fault from error
        self.log.answered.append(Answered(kind, 1000 * (time.perf_counter() - start), answer.status))
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status not in good:
            self.log.faults.append(f"{method} {path}: {answer.status} {_said(answer.data)}")
            raise Fault
        self.log.overtaken += answer.status == _OVERTAKEN
        return answer.data.decode("utf-8", "replace") if method == "GET" else "", answer.headers.get("Location")


def _said(body: bytes) -> str:
    text = re.sub(r"<[^>]*>|\s+", " ", re.sub(rb"(?s).*<main[^>]*>", b"", body).decode("utf-8", "replace"))
    return re.sub(r" +", " ", text).strip()[:160]


class Worker:
    """A user who does one thing after another until the time is over."""

    def __init__(self, address: str, player: Player, pause: float, seed: int) -> None:
        self.log, self._player, self._pause = Log(), player, pause
        self._browser, self._chance, self._count = Browser(address, self.log), random.Random(seed), 0

    def run(self, until: float) -> None:
        """Signs in and works until the clock (monotonic) says so."""
        try:
            self._browser.get("sign-in page", "/sign-in")
            self._browser.post("sign in", "/sign-in", name=self._player.name, password=PASSWORD)
        except Fault:
            return
        deeds = self._deeds()
        while time.monotonic() < until:
            try:
                self._chance.choice(deeds)()
            except Fault:
                continue
            time.sleep(self._chance.uniform(0, 2 * self._pause))

    def _deeds(self) -> list[Callable[[], None]]:
        """What somebody of the role does, the frequent things more than once."""
        every = [self._home, self._search, self._search, self._letters, self._letter, self._letter, self._tasks,
                 self._task, self._comment]
        if self._player.role in LAO_ROLES or self._player.role is Role.CLERK:
            every += [self._move, self._move]
        if self._player.role is Role.RECORDER:
            every += [self._fill_in, self._fill_in]
        if self._player.role in (Role.CLERK, Role.LAO):
            every += [self._number, self._number]
        if self._player.role is Role.CLERK:
            every += [self._correct, self._correct, self._pages]
        return every

    def _mark(self) -> str:
        self._count += 1
        return f"{self._player.name}-{self._count}"

    def _one_of(self, pattern: str, page: str) -> str | None:
        found = sorted(set(re.findall(pattern, page)))
        return unescape(self._chance.choice(found)) if found else None

    def _wrote(self, kind: str, subject: str, mark: str) -> None:
        self.log.written.append(Written(kind, subject, mark, self._player.name))

    # --- what is looked at --------------------------------------------------------------------------------------------

    def _home(self) -> None:
        self._browser.get("home", "/")

    def _search(self) -> None:
        words = self._chance.choice(WORDS)
        self._browser.get("suggestions", f"/search/suggest?q={quote(words[:3])}")
        self._browser.get("search", f"/search?q={quote(words)}")

    def _letters(self) -> None:
        self._browser.get("letters", "/letters")

    def _pages(self) -> None:
        """A packet that was scanned, with the pictures of its pages."""
        packet = self._one_of(r'href="/packets/([0-9a-f]{64})"[^>]*>[^<]*[.]pdf', self._browser.get(
            "packets", "/packets"))
        if packet:
            for picture in re.findall(r'src="(/packets/[^"]+)"', self._browser.get("packet", f"/packets/{packet}"))[:4]:
                self._browser.get("picture", unescape(picture))

    def _letter(self) -> None:
        """A letter with its pictures and its chain."""
        node = self._one_of(r'href="/letters/(\w+)"', self._browser.get("letters", "/letters"))
        if node:
            page = self._browser.get("letter", f"/letters/{node}")
            picture = self._one_of(r'src="(/packets/[^"]+)"', page)
            if picture:
                self._browser.get("picture", picture)
            self._browser.get("chain", f"/letters/{node}/chain")

    def _tasks(self) -> None:
        self._browser.get("tasks", self._chance.choice(("/tasks", "/tasks", "/tasks/board", "/tasks/calendar")))

    def _task(self) -> tuple[str, str] | None:
        """A task and its page."""
        listed = f"/tasks?office={self._player.office}" if self._player.role is Role.CLERK else "/tasks"
        task = self._one_of(r'href="/tasks/([^"/?.]+)"', self._browser.get("tasks", listed).replace("/tasks/board", "")
                            .replace("/tasks/calendar", ""))
        return (task, self._browser.get("task", f"/tasks/{task}")) if task else None

    # --- what is written ----------------------------------------------------------------------------------------------

    def _comment(self) -> None:
        if found := self._task():
            mark = self._mark()
            self._browser.post("comment", f"/tasks/{found[0]}/comments", text=mark)
            self._wrote("comment", found[0], mark)

    def _move(self) -> None:
        """Another state of a task, with the version that was seen."""
        if not (found := self._task()):
            return
        task, page = found
        version = re.search(r'name="version" value="(\d+)"', page)
        state = self._one_of(r'name="state" value="([\w-]+)"', page)
        if version and state:
            mark = self._mark()
            if self._browser.post("move task", f"/tasks/{task}", version=version[1], state=state, reason=mark):
                self._wrote("state", task, mark)

    def _fill_in(self) -> None:
        path = f"/records/{self._player.office}/INFO08"
        page = self._browser.get("entry", path)
        version, year = (re.search(rf'name="{name}" value="(\d+)"', page) for name in ("version", "year"))
        if version and year:
            mark = self._mark()
            if self._browser.post("save entry", path, version=version[1], year=year[1],
                                  website=f"https://{mark}.example.go.th"):
                self._wrote("entry", self._player.office, mark)

    def _number(self) -> None:
        """The next number of the book of received letters."""
        self._browser.get("register", f"/registers?office={self._player.office}")
        mark = self._mark()
        went = self._browser.post("give number", "/registers/new", office=self._player.office, book="received",
                                  number="มท 0810.7/ว 1", dated="1/1/2566", sender="กรม", subject=mark)
        if went:
            self._wrote("number", parse_qs(urlsplit(went).query)["given"][0], mark)

    def _correct(self) -> None:
        """The subject of a letter set anew, with the version that was seen."""
        packet = self._one_of(r'href="/packets/([0-9a-f]{64})"', self._browser.get("packets", "/packets"))
        if not packet:
            return
        form = re.search(r'(?s)<form[^>]*>(?:(?!</form>).)*name="key" value="subject".*?</form>',
                         self._browser.get("review", f"/packets/{packet}/review"))
        if form:
            given = {name: unescape(value) for name, value in
                     re.findall(r'name="(page|key|version|before)" value="([^"]*)"', form[0])}
            mark = self._mark()
            if self._browser.post("correct", f"/packets/{packet}/review", **given, do="set", value=mark):
                self._wrote("correction", packet, mark)
