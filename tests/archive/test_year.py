"""A scripted year: a circular comes in, eighteen LAOs work it off, the province accepts; on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from archive import Archive, Entry, Role, User, person_for
from letters import Office, fiscal_year
from records import NotAllowed, Step, lpa_score
from saraban.menus import forms_of, thai_today
from saraban.pipeline import connect, process, take_in
from saraban.settings import Settings
from saraban.tables import PROGRESS_COLUMNS, as_bytes, lpa_table, progress_table
from tasks import TaskRole, TaskState, builtin_offices
from tests.records.made import sample

DISTRICT = """ที่ พช ๐๐๒๓.๑๔/ว ๙๑๒

ที่ว่าการอำเภอเมืองเพชรบูรณ์
ถนนตัวอย่าง พช ๖๗๐๐๐

๔ มิถุนายน ๒๕๖๔

เรื่อง การบันทึกและรับรองข้อมูลในระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO)

เรียน นายกเทศมนตรีตำบล และนายกองค์การบริหารส่วนตำบล ทุกแห่ง

ด้วยจังหวัดแจ้งว่า ระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO) พร้อมใช้งานแล้ว
จึงขอให้องค์กรปกครองส่วนท้องถิ่นบันทึกและรับรองข้อมูลในระบบ (INFO) ประจำปีงบประมาณ พ.ศ. ๒๕๖๔
ให้ครบถ้วนทุกด้าน ภายในวันที่ ๑๕ มิถุนายน ๒๕๖๔

จึงเรียนมาเพื่อทราบและดำเนินการต่อไป

ขอแสดงความนับถือ

(นายตัวอย่าง ใจดี)
นายอำเภอเมืองเพชรบูรณ์

สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ
โทร. ๐ ๒๐๐๐ ๐๐๐๐
"""
YEAR = 2564


class Year:
    """The people of the year and what they do."""

    def __init__(self, archive: Archive, home: Path) -> None:
        self.archive, self.settings = archive, Settings(home=home)
        self.forms = forms_of(self.settings)
        self.province = User(99, "สถจ.เพชรบูรณ์", Role.PROVINCE, "P67")

    def letter_comes_in(self) -> list[Office]:
        self.archive.offices.save(builtin_offices())
        path = self.settings.home / "circular.txt"
        path.write_text(DISTRICT, encoding="utf-8")
        row, _ = take_in(self.archive, self.settings, path, "circular.txt", "เจ้าหน้าที่")
        process(self.archive, self.settings, row.id)
        connect(self.archive, self.settings)
        return [self.archive.offices.get(code) for code in
                sorted({row.task.office for row in self.archive.tasks.list(limit=None)})]

    def person(self, role: Role, office: Office) -> User:
        return User(1, f"{role.value} {office.code}", role, office.code)

    def entry(self, office: Office, code: str) -> Entry:
        found = self.archive.records.find(office.code, code, YEAR)
        assert found
        return found

    def record(self, office: Office, code: str) -> Entry:
        form, who = self.forms.get(code), person_for(self.person(Role.RECORDER, office), office)
        entry = self.archive.records.save(office.code, form, YEAR, sample(form), who)
        return self.archive.records.step(entry.id, form, Step.SUBMIT, who)

    def step(self, office: Office, step: Step, user: User, reason: str = "") -> None:
        for form in self.forms.assessed:
            self.archive.records.step(self.entry(office, form.code).id, form, step, person_for(user, office), reason)

    def points(self, office: Office) -> int:
        held = self.archive.records.standings(self.forms, YEAR, thai_today(), office.code)
        return lpa_score(self.forms, held.get(office.code, {})).points

    def states(self) -> Counter[str]:
        return Counter(row.state.value for row in self.archive.tasks.list(limit=None))


@pytest.fixture
def year(archive: Archive, home: Path) -> Year:
    return Year(archive, home)


def test_a_year(year: Year) -> None:
    laos = year.letter_comes_in()
    tasks = year.archive.tasks.list(limit=None)
    assert Counter(office.kind.value for office in laos) == {"tambon": 3, "tao": 15}
    assert len(tasks) == 18 * 8 and {str(row.task.due) for row in tasks} == {"2021-06-15"}
    assert {(row.task.role, row.task.fiscal_year) for row in tasks} == {(TaskRole.DO, YEAR)}

    first, *others = laos
    assert year.points(first) == 0
    year.record(first, "D1")
    assert year.points(first) == 1
    for office in laos:
        for form in year.forms.assessed:
            if (office, form.code) != (first, "D1"):
                year.record(office, form.code)
        year.step(office, Step.CHECK, year.person(Role.CHECKER, office))
        assert year.points(office) == 1
    with pytest.raises(NotAllowed):
        year.step(first, Step.CERTIFY, year.person(Role.CHECKER, first))
    for office in laos:
        year.step(office, Step.CERTIFY, year.person(Role.CERTIFIER, office))
        assert year.points(office) == 3
    assert year.states() == {"done": 144}
    assert year.archive.records.certified_years(first.code, year.forms) == {YEAR}

    year.step(first, Step.RETURN, year.province, "จำนวนถนนไม่ตรงกับทะเบียน")
    assert year.states() == {"done": 136, "in-progress": 8} and year.points(first) == 1
    for form in year.forms.assessed:
        year.record(first, form.code)
    year.step(first, Step.CHECK, year.person(Role.CHECKER, first))
    year.step(first, Step.CERTIFY, year.person(Role.CERTIFIER, first))
    for office in laos:
        year.step(office, Step.ACCEPT, year.province)
    assert {year.points(office) for office in laos} == {5} and year.states() == {"certified": 144}

    _overview(year, laos)
    _trail(year, first, others[0])


def _overview(year: Year, laos: list[Office]) -> None:
    """The province sees everything done, and can take it along."""
    offices = {office.code: office for office in laos}
    table = progress_table(year.archive.tasks.progress(thai_today(), "เพชรบูรณ์"), offices)
    assert [line["done"] for line in table] == [8] * 18 + [144]
    assert (table[-1]["office_name"], table[-1]["certified"], table[-1]["overdue"], table[-1]["percent"]) == (
        "รวม", 144, 0, 100.0)
    assert as_bytes("xlsx", PROGRESS_COLUMNS, table, "ความคืบหน้า").startswith(b"PK")
    held = year.archive.records.standings(year.forms, YEAR, thai_today(), province="เพชรบูรณ์")
    scores = lpa_table(((office, lpa_score(year.forms, held[office.code])) for office in laos), {})
    assert [line["points"] for line in scores] == [5] * 18
    yesterday = thai_today() - dt.timedelta(days=1)
    assert year.archive.records.standings(year.forms, YEAR, yesterday, province="เพชรบูรณ์") == {}


def _trail(year: Year, returned: Office, straight: Office) -> None:
    """The audit trail tells all of it: each step of each entry, each state of each task, each proof."""
    def actions(subject: str) -> list[str]:
        return [event.action.removeprefix("entry-") for event in year.archive.audit.list(subject, limit=1000)]

    way = ["saved", "submit", "check", "certify"]
    assert actions(f"entry:{year.entry(straight, 'D4').id}") == [*way, "accept"]
    entry = year.entry(returned, "D4")
    assert actions(f"entry:{entry.id}") == [*way, "return", "submit", "check", "certify", "accept"]
    reasons = [event.reason for event in year.archive.records.events(entry.id) if event.reason]
    assert reasons == ["จำนวนถนนไม่ตรงกับทะเบียน"]
    [task] = [row for row in year.archive.tasks.list(returned.code, limit=None) if row.task.form == "D4"]
    states = [event.after for event in year.archive.audit.list(f"task:{task.task.id}") if event.field == "state"]
    assert states == ["done", "in-progress", "done", "certified"]
    assert [proof.entry for proof in year.archive.tasks.proofs(task.task.id)] == [entry.id]
    assert task.state is TaskState.CERTIFIED and task.changed_by == "สถจ.เพชรบูรณ์"


def test_the_fiscal_year_of_today_is_the_year_of_new_entries() -> None:
    assert fiscal_year(dt.date(2021, 6, 4)) == YEAR
