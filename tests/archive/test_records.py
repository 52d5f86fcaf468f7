"""Entries: kept step by step, refused where the rules refuse, tasks completed with them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive, Role, User, person_for
from letters import Office, OfficeKind
from letters.errors import BadRequest, Conflict, NotFound
from records import Forms, NotAllowed, Part, Person, State, Step, builtin_forms, lpa_score
from tasks import TaskState
from tests.archive.made import task
from tests.records.made import FORMS, sample

TAO = Office("6360401", OfficeKind.TAO, "ตัวอย่าง", "ชัยภูมิ", "ตัวอย่าง")
PROVINCE = Office("P36", OfficeKind.PROVINCE, "ชัยภูมิ", "ชัยภูมิ")
WEB = FORMS["INFO08"]
SITE = {"website": "www.example.go.th"}
RECORDER, CHECKER, CERTIFIER, HIGHER = (
    Person(name, frozenset({part})) for name, part in (
        ("ผู้บันทึก", Part.RECORDER), ("ผู้ตรวจสอบ", Part.CHECKER), ("ผู้รับรอง", Part.CERTIFIER), ("สถจ.", Part.PROVINCE)))
WAY = ((Step.SUBMIT, RECORDER), (Step.CHECK, CHECKER), (Step.CERTIFY, CERTIFIER), (Step.ACCEPT, HIGHER))


@pytest.fixture
def here(archive: Archive) -> Archive:
    archive.offices.save([TAO, PROVINCE])
    return archive


def certified(archive: Archive, code: str = "INFO08", year: int = 2567, until: int = 3, office: str = TAO.code):
    """An entry taken through the first ``until`` steps."""
    entry = archive.records.save(office, FORMS[code], year, sample(FORMS[code]), RECORDER)
    for step, person in WAY[:until]:
        entry = archive.records.step(entry.id, FORMS[code], step, person)
    return entry


def test_every_step_is_kept_with_who_when_from_to_and_why(here: Archive) -> None:
    entry = here.records.save(TAO.code, WEB, 2567, {}, RECORDER)
    entry = here.records.save(TAO.code, WEB, 2567, SITE, RECORDER, "เติมเว็บไซต์", expected_version=entry.version)
    here.records.step(entry.id, WEB, Step.SUBMIT, RECORDER)
    here.records.step(entry.id, WEB, Step.RETURN, CHECKER, "เว็บไซต์เปิดไม่ได้")
    here.records.save(TAO.code, WEB, 2567, {"website": "example.go.th"}, RECORDER)
    for step, person in WAY:
        here.records.step(entry.id, WEB, step, person)
    done = here.records.step(entry.id, WEB, Step.UNLOCK, HIGHER, "แก้ชื่อ")
    assert (done.state, done.version, done.data) == (State.DRAFT, 10, {"website": "example.go.th"})
    events = here.records.events(entry.id)
    assert [(event.step.value, event.actor, event.after.value, event.reason) for event in events] == [
        ("save", "ผู้บันทึก", "draft", ""), ("save", "ผู้บันทึก", "draft", "เติมเว็บไซต์"),
        ("submit", "ผู้บันทึก", "submitted", ""), ("return", "ผู้ตรวจสอบ", "draft", "เว็บไซต์เปิดไม่ได้"),
        ("save", "ผู้บันทึก", "draft", ""), ("submit", "ผู้บันทึก", "submitted", ""),
        ("check", "ผู้ตรวจสอบ", "checked", ""), ("certify", "ผู้รับรอง", "certified", ""),
        ("accept", "สถจ.", "accepted", ""), ("unlock", "สถจ.", "draft", "แก้ชื่อ")]
    assert [event.data for event in events[:2]] == [{}, SITE]
    trail = here.audit.list(f"entry:{entry.id}")
    assert [event.action for event in trail] == [
        "entry-saved", "entry-saved", "entry-submit", "entry-return", "entry-saved", "entry-submit", "entry-check",
        "entry-certify", "entry-accept", "entry-unlock"]
    assert trail[1].before == "{}" and "www.example.go.th" in (trail[1].after or "")


def test_one_entry_for_an_office_form_and_year(here: Archive) -> None:
    first = here.records.save(TAO.code, WEB, 2567, SITE, RECORDER)
    assert here.records.save(TAO.code, WEB, 2567, SITE, RECORDER) == first
    other = here.records.save(TAO.code, WEB, 2568, SITE, RECORDER)
    assert here.records.find(TAO.code, "INFO08", 2567) == here.records.get(first.id) == first
    assert here.records.list(TAO.code) == here.records.list(province="ชัยภูมิ") == (first, other)
    assert here.records.list(form="INFO08", fiscal_year=2568) == (other,)
    assert here.records.find(TAO.code, "INFO09", 2567) is None and here.records.list(province="ตรัง") == ()


def test_what_is_refused(here: Archive) -> None:
    entry = here.records.save(TAO.code, WEB, 2567, {}, RECORDER)
    with pytest.raises(BadRequest, match="website"):
        here.records.step(entry.id, WEB, Step.SUBMIT, RECORDER)
    with pytest.raises(BadRequest, match="website"):
        here.records.save(TAO.code, WEB, 2567, {"website": "เว็บ"}, RECORDER)
    with pytest.raises(Conflict):
        here.records.save(TAO.code, WEB, 2567, SITE, RECORDER, expected_version=7)
    with pytest.raises(NotAllowed):
        here.records.save(TAO.code, WEB, 2567, SITE, CHECKER)
    with pytest.raises(NotFound):
        here.records.save("6999999", WEB, 2567, SITE, RECORDER)
    for act in (lambda: here.records.get(99), lambda: here.records.step(99, WEB, Step.SUBMIT, RECORDER)):
        with pytest.raises(NotFound):
            act()
    here.records.save(TAO.code, WEB, 2567, SITE, RECORDER)
    here.records.step(entry.id, WEB, Step.SUBMIT, RECORDER)
    with pytest.raises(NotAllowed):
        here.records.save(TAO.code, WEB, 2567, {"website": "other.go.th"}, RECORDER)
    with pytest.raises(Conflict):
        here.records.step(entry.id, WEB, Step.CHECK, CHECKER, expected_version=1)
    both = Person("ผู้บันทึก", frozenset(Part))
    with pytest.raises(NotAllowed, match="คนละคน"):
        here.records.step(entry.id, WEB, Step.CHECK, both)
    assert here.records.step(entry.id, WEB, Step.CHECK, both, separate=False).state is State.CHECKED


def test_certified_years_need_all_eight_domains(here: Archive) -> None:
    forms = Forms(builtin_forms())
    for number in range(1, 8):
        certified(here, f"D{number}", 2566)
    assert here.records.certified_years(TAO.code, forms) == frozenset()
    certified(here, "D8", 2566)
    certified(here, "D1", 2567)
    assert here.records.certified_years(TAO.code, forms) == {2566}


def test_the_indicator_as_of_a_day(here: Archive) -> None:
    forms = Forms(builtin_forms())
    for form in forms.assessed:
        certified(here, form.code, until=4)
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date()

    def points(day: dt.date, **where: str) -> int:
        return lpa_score(forms, here.records.standings(forms, 2567, day, **where).get(TAO.code, {})).points

    assert points(today) == points(today, office=TAO.code) == points(today, province="ชัยภูมิ") == 5
    assert points(today - dt.timedelta(days=1)) == points(today, province="ตรัง") == 0


@pytest.mark.parametrize(("change", "until", "state"), [
    ({}, 2, TaskState.NEW), ({}, 3, TaskState.DONE), ({}, 4, TaskState.CERTIFIED),
    ({"fiscal_year": 2567}, 3, TaskState.DONE), ({"fiscal_year": 2566}, 4, TaskState.NEW),
    ({"form": "INFO09"}, 4, TaskState.NEW), ({"office": "P36"}, 4, TaskState.NEW),
    ({"asked": dt.date(2999, 1, 1)}, 4, TaskState.NEW),
])
def test_a_certified_entry_completes_the_task_that_asked_for_it(here: Archive, change, until, state) -> None:
    here.tasks.save([replace(task("a", TAO.code), **{"form": "INFO08", **change})])
    entry = certified(here, until=until)
    assert here.tasks.get("a").state is state
    proofs = [(proof.entry, proof.file) for proof in here.tasks.proofs("a")]
    assert proofs == ([] if state is TaskState.NEW else [(entry.id, None)])


def test_unlocking_takes_the_proof_away_and_a_task_that_does_not_apply_stays(here: Archive) -> None:
    here.tasks.save([replace(task(key, TAO.code), form="INFO08") for key in "ab"])
    here.tasks.set_state("b", TaskState.NOT_APPLICABLE, "ใคร", "ไม่มีเว็บไซต์")
    entry = certified(here)
    here.records.step(entry.id, WEB, Step.UNLOCK, CERTIFIER, "แก้ที่อยู่")
    assert [here.tasks.get(key).state for key in "ab"] == [TaskState.IN_PROGRESS, TaskState.NOT_APPLICABLE]
    assert [comment.text for comment in here.tasks.comments("a")] == ["แก้ที่อยู่"]
    assert [event.after for event in here.audit.list("task:a") if event.field == "state"] == ["done", "in-progress"]


OWN = {Role.LAO: {"recorder", "checker", "certifier"}, Role.RECORDER: {"recorder"}, Role.CHECKER: {"checker"},
       Role.CERTIFIER: {"certifier"}}


@pytest.mark.parametrize(("role", "office"), list(product(Role, [TAO.code, "6360402", "P36", "P37", None])))
def test_which_parts_a_user_has(role: Role, office: str | None) -> None:
    parts = {part.value for part in person_for(User(1, "u", role, office), TAO).parts}
    expected = OWN.get(role, set()) if office == TAO.code else set()
    if role is Role.PROVINCE and office == "P36":
        expected = {"province"}
    if role is Role.DEPARTMENT:
        expected = {"department"}
    assert parts == expected


PEOPLE = (RECORDER, CHECKER, CERTIFIER, HIGHER)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*Step]), st.sampled_from(PEOPLE)), max_size=25))
def test_any_order_of_steps_loses_no_event(here: Archive, attempts) -> None:
    year = 2400 + len(here.records.list())  # an entry of its own for each example
    entry = here.records.save(TAO.code, WEB, year, {}, RECORDER)
    took = 1
    for place, (step, person) in enumerate(attempts):
        before = here.records.get(entry.id)
        try:
            if step is Step.SAVE:
                here.records.save(TAO.code, WEB, year, {"website": f"www{place}.example.go.th"}, person)
            else:
                here.records.step(entry.id, WEB, step, person, "เหตุผล")
        except (NotAllowed, BadRequest):
            assert here.records.get(entry.id) == before
            continue
        took += 1
    events, now = here.records.events(entry.id), here.records.get(entry.id)
    assert len(events) == now.version == took == len(here.audit.list(f"entry:{entry.id}", limit=1000))
    assert all(one.after is other.before for one, other in itertools.pairwise(events))
    assert (events[-1].after, events[-1].data) == (now.state, now.data)
