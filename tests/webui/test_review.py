"""The review screen: what it shows, what it keeps, for whom, and what it says when something is in the way."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pytest
from werkzeug.test import TestResponse

from archive import Role, Wanted
from letters import (
    Box,
    Doubt,
    Evidence,
    Letter,
    LetterDate,
    LetterNumber,
    Packet,
    Page,
    Reading,
    ReceivedStamp,
    Reference,
    Relation,
    Rival,
    Source,
)
from parsing.corrections import Correction, Verdict, apply_corrections, written
from saraban.jobs import run_all
from saraban.pipeline import process
from saraban.registering import columns_for
from tasks import full_name
from tests.webui.conftest import LAO_OFFICE, Visitor, World
from tests.webui.packets import CHAIN, SECRET
from webui import words as vocabulary
from webui.reviewing import citings_in, items_of, leaves_of

DISTRICT = "พช 0118/ว 417"


@pytest.fixture
def house(fresh) -> World:
    world: World = fresh()
    world.take_in("chain.txt", CHAIN)
    run_all(world.archive, world.settings)
    return world


def address(house: World, letter: int = 1) -> str:
    return f"/packets/{house.archive.packets.list()[0].id}/review?letter={letter}"


def letters(house: World) -> list[Letter]:
    return [copy.letter for copy in house.archive.letters.of_packet(house.archive.packets.list()[0].id)]


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def say(visitor: Visitor, house: World, key: str, do: str = "set", page: int = 1, **fields: str) -> TestResponse:
    path = address(house, page)
    given = {"page": page, "key": key, "do": do, "version": version(visitor.get(path).text), **fields}
    return visitor.post(path.split("?")[0], given)


def test_the_screen_shows_every_field_with_its_value(house: World) -> None:
    text = unescape(house.visitor("clerk").get(address(house)).text)
    for words in (f'value="{DISTRICT}"', "14 มิถุนายน 2566", "อำเภอหล่มสัก", "23 มิถุนายน 2566", "พช 0023.3/ว 2871", "ถูกต้อง",
                  "ที่เหลือถูกต้องทั้งฉบับ", "ฉบับที่ 2", "เป็นเอกสารแนบ"):
        assert words in text, words
    assert "<script>" not in text and "style=" not in text and "onclick" not in text


def test_a_number_is_corrected_and_no_run_undoes_it(house: World) -> None:
    clerk = house.visitor("clerk")
    answer = say(clerk, house, "number", before=DISTRICT, value="พช ๐๑๑๘/ว ๔๑๑")
    assert answer.status_code == 302 and "/review" in answer.location
    packet = house.archive.packets.list()[0].id
    assert str(letters(house)[0].number.value) == "พช 0118/ว 411"
    run_all(house.archive, house.settings)
    assert str(house.archive.graph.node(house.node("พช 0118/ว 411")).number) == "พช 0118/ว 411"
    process(house.archive, house.settings, packet)
    run_all(house.archive, house.settings)
    assert str(letters(house)[0].number.value) == "พช 0118/ว 411"
    trail = [(one.actor, one.action, one.before, one.after) for one in house.archive.audit.list(f"packet:{packet}")]
    assert ("clerk1", "review-set", DISTRICT, "พช 0118/ว 411") in trail
    changed = [one for one in house.archive.audit.list(f"letter:{packet}/0") if one.action == "field-changed"]
    assert [(one.actor, one.field, one.after) for one in changed] == [("clerk1", "number", "พช 0118/ว 411")]
    assert "แก้แล้ว โดย clerk1" in clerk.get(address(house)).text


@pytest.mark.parametrize(("key", "fields", "field", "value"), [
    ("date", {"before": "2023-06-14", "value": "15 มิ.ย. 2566"}, "date", LetterDate(2023, 6, 15)),
    ("subject", {"value": "เรื่องใหม่"}, "subject", "เรื่องใหม่"),
    ("urgency", {"before": "", "value": "ด่วนที่สุด"}, "urgency", "ด่วนที่สุด"),
    ("secrecy", {"before": "", "value": "ลับ"}, "secrecy", "ลับ"),
    ("issuer", {"before": "อำเภอหล่มสัก", "value": ""}, "issuer", None),
])
def test_each_reading_is_corrected(house: World, key: str, fields: dict[str, str], field: str, value: object) -> None:
    before = {"before": letters(house)[0].subject.value} if key == "subject" else {}
    assert say(house.visitor("clerk"), house, key, **{**before, **fields}).status_code == 302
    assert getattr(letters(house)[0], field).value == value


def test_kind_recipients_citations_and_deadlines_are_corrected(house: World) -> None:
    clerk = house.visitor("clerk")
    (cited,), (due,) = letters(house)[0].references, letters(house)[0].deadlines
    names = "\r\n".join(one.name for one in letters(house)[0].recipients)
    for key, fields in (
        ("kind", {"before": "external", "value": "memo"}),
        ("recipients", {"before": names, "value": "นายกเทศมนตรีตำบลหนึ่ง"}),
        ("references[0]", {"before": "2023-06-09|พช 0023.3/ว 2871", "value": "พช 0023.3/ว 2872", "date": "10 มิ.ย. 66"}),
        ("deadlines[0]", {"before": f"2023-06-23|{due.text}", "value": due.text, "date": "24 มิถุนายน 2566"}),
    ):
        assert say(clerk, house, key, **fields).status_code == 302, key
    found = letters(house)[0]
    assert (found.kind, [one.name for one in found.recipients]) == ("memo", ["นายกเทศมนตรีตำบลหนึ่ง"])
    assert (str(found.references[0].number.value), found.references[0].date.value, found.references[0].relation) == (
        "พช 0023.3/ว 2872", LetterDate(2023, 6, 10), cited.relation)
    assert found.deadlines[0].date == LetterDate(2023, 6, 24)
    say(clerk, house, "deadlines", "add", value="ภายในวันที่ 30 มิถุนายน", date="30 มิถุนายน 2566")
    say(clerk, house, "deadlines[0]", "remove", before=f"2023-06-24|{due.text}")
    assert [one.date for one in letters(house)[0].deadlines] == [LetterDate(2023, 6, 30)]
    say(clerk, house, "deadlines[0]", "withdraw")
    assert letters(house)[0].deadlines == (due,)


STAMP = {"value": "องค์การบริหารส่วนตำบลบุ่งคล้า", "number": "๑๒๙๐/๖๖", "date": "16 มิ.ย. 66", "time": "9.30 น."}
STAMPED = "2023-06-16|1290/66|09:30|องค์การบริหารส่วนตำบลบุ่งคล้า"


def test_a_missed_stamp_is_added_put_right_and_taken_out_and_that_is_taken_back(house: World) -> None:
    clerk, packet = house.visitor("clerk"), house.archive.packets.list()[0].id
    assert say(clerk, house, "received_stamps", "add", **STAMP).status_code == 302
    assert [written(one) for one in letters(house)[0].received_stamps] == [STAMPED]
    assert 'id="f-received_stamps-0"' in clerk.get(address(house)).text
    moved = STAMPED.replace("-16", "-19")
    say(clerk, house, "received_stamps[0]", before=STAMPED, **{**STAMP, "date": "19 มิ.ย. 66"})
    assert [written(one) for one in letters(house)[0].received_stamps] == [moved]
    process(house.archive, house.settings, packet)
    assert [written(one) for one in letters(house)[0].received_stamps] == [moved], "reading anew keeps it"
    say(clerk, house, "received_stamps[0]", "remove", before=moved)
    assert letters(house)[0].received_stamps == ()
    text = unescape(clerk.get(address(house)).text)
    assert "clerk1 ลบตรารับ “องค์การบริหารส่วนตำบลบุ่งคล้า เลขรับ 1290/66 วันที่ 19 มิถุนายน 2566 เวลา 09.30 น.”" in text
    say(clerk, house, "received_stamps", "withdraw")
    assert letters(house)[0].received_stamps == () and 'id="gone-received_stamps"' not in clerk.get(address(house)).text
    actions = [(one.action, one.field, one.after) for one in house.archive.audit.list(f"packet:{packet}")[-4:]]
    assert actions[0] == ("review-add", "page 1 received_stamps", STAMPED) and [one[0] for one in actions[1:]] == [
        "review-set", "review-remove", "review-withdraw"]
    trail = unescape(house.visitor("admin").get("/audit?action=review-add").text)
    assert "หน้า 1 ตรารับ" in trail and "เลขรับ 1290/66 วันที่ 16 มิถุนายน 2566 เวลา 09.30 น." in trail


def test_what_is_due_so_many_days_after_receipt_follows_the_stamp_put_right(fresh) -> None:
    house: World = fresh()
    house.take_in("days.txt", CHAIN.replace("ภายในวันที่ 23 มิถุนายน 2566", "ภายใน ๑๕ วัน นับแต่วันที่ได้รับหนังสือ"))
    run_all(house.archive, house.settings)
    clerk, office = house.visitor("clerk"), house.archive.offices.get(LAO_OFFICE)

    def due() -> tuple[dt.date | None, str | None]:
        run_all(house.archive, house.settings)
        rows = house.archive.tasks.find(Wanted(office=LAO_OFFICE), limit=None)
        return next((one.date, one.counted) for row in rows for one in row.task.level_deadlines if one.days)

    assert due() == (None, None)
    stamp = {**STAMP, "value": full_name(office)}
    say(clerk, house, "received_stamps", "add", **stamp)
    assert due() == (dt.date(2023, 7, 1), "stamp")
    before = written(letters(house)[0].received_stamps[0]) or ""
    say(clerk, house, "received_stamps[0]", before=before, **{**stamp, "date": "19 มิถุนายน 2566"})
    assert due() == (dt.date(2023, 7, 4), "stamp")
    before = written(letters(house)[0].received_stamps[0]) or ""
    say(clerk, house, "received_stamps[0]", "remove", before=before)
    assert due() == (None, None)


def test_who_signed_and_enclosures_are_put_right(house: World) -> None:
    clerk = house.visitor("clerk")
    read, (enclosed,) = written(letters(house)[1].signatory) or "", letters(house)[0].enclosures
    post = "ปลัดจังหวัด รักษาราชการแทน ผู้ว่าราชการจังหวัดเพชรบูรณ์"
    assert say(clerk, house, "signatory", page=2, before=read, value="นางสาวพิมล ศรีสง่า", post=post).status_code == 302
    signed = letters(house)[1].signatory
    assert signed and (signed.name, signed.acting_kind, signed.acting_for) == (
        "นางสาวพิมล ศรีสง่า", "รักษาราชการแทน", "ผู้ว่าราชการจังหวัดเพชรบูรณ์")
    say(clerk, house, "enclosures[0]", before=written(enclosed) or "", value=enclosed.text, count="2 ชุด")
    say(clerk, house, "enclosures", "add", value="แบบสำรวจ", count="")
    assert [written(one) for one in letters(house)[0].enclosures] == [f"2 ชุด|{enclosed.text}", "|แบบสำรวจ"]
    say(clerk, house, "signatory", "withdraw", page=2)
    assert written(letters(house)[1].signatory) == read
    run_all(house.archive, house.settings)
    past = unescape(clerk.get(f"/letters/{house.node(DISTRICT)}").text)
    assert "แบบสำรวจ" in past and "2 ชุด" in past


def test_chain_search_and_register_follow_what_was_put_right(house: World) -> None:
    clerk, row = house.visitor("clerk"), house.archive.packets.list()[0]
    say(clerk, house, "received_stamps", "add", page=2, **{**STAMP, "value": "อำเภอหล่มสัก"})
    read = letters(house)[0]
    say(clerk, house, "signatory", before=written(read.signatory) or "", value="นายอรรถพล วงศ์ทดสอบ", post="ปลัดอำเภอ")
    say(clerk, house, "issuer", before=read.issuer.value or "", value="")
    run_all(house.archive, house.settings)
    assert "1290/66" in clerk.get(f"/letters/{house.node(DISTRICT)}/chain").text
    assert DISTRICT in clerk.get("/search?person=นายอรรถพล วงศ์ทดสอบ").text
    office = house.archive.offices.get(LAO_OFFICE)
    assert columns_for(house.archive, row.id, 1, office).sender == "ปลัดอำเภอ"


def test_a_secrecy_class_found_by_a_clerk_closes_the_letter_at_once(house: World) -> None:
    packet = house.archive.packets.list()[0].id
    officer = house.visitor("officer")
    assert officer.get(f"/packets/{packet}").status_code == 200
    say(house.visitor("clerk"), house, "secrecy", before="", value="ลับ")
    assert officer.get(f"/packets/{packet}").status_code == 404


@pytest.mark.parametrize(("key", "fields", "told"), [
    ("date", {"before": "2023-06-14", "value": "31 กุมภาพันธ์ 2566"}, "ไม่มีในปฏิทิน"),
    ("date", {"before": "2023-06-14", "value": "14 มิถุนายน 2656"}, "ไม่น่าเป็นไปได้"),
    ("number", {"before": DISTRICT, "value": "7" * 10_240}, "10,240 ตัวอักษร"),
    ("number", {"before": DISTRICT, "value": "<b>x</b>"}, "ไม่ใช่เลขที่หนังสือ"),
    ("received_stamps", {"do": "add", "value": "อบต.", "number": "<b>x</b>"}, "ไม่ใช่เลขรับ"),
    ("received_stamps", {"do": "add", "value": "อบต.", "time": "25.00"}, "ไม่ใช่เวลา"),
    ("enclosures", {"do": "add", "value": "", "count": "1 ชุด"}, "ยังไม่ได้กรอก"),
])
def test_absurd_input_is_told_and_what_was_typed_is_still_there(house: World, key: str, fields: dict[str, str],
                                                               told: str) -> None:
    answer = say(house.visitor("clerk"), house, key, **fields)
    text = unescape(answer.text)
    assert answer.status_code == 422 and told in text
    assert all(f'value="{typed}"' in text for name, typed in fields.items() if name not in ("before", "do") and typed)
    assert "<b>x</b>" not in answer.text
    assert house.archive.corrections.of(house.archive.packets.list()[0].id) == ()


def test_two_clerks_cannot_overwrite_one_another(house: World) -> None:
    mine, theirs = house.visitor("clerk"), house.visitor("admin")
    seen = version(mine.get(address(house)).text)
    say(theirs, house, "number", before=DISTRICT, value="พช 0118/ว 411")
    path = address(house).split("?")[0]
    form = {"page": 1, "key": "number", "do": "set", "version": seen, "before": DISTRICT, "value": "พช 0118/ว 499"}
    answer = mine.post(path, form)
    text = unescape(answer.text)
    assert answer.status_code == 409
    for words in ("มีผู้เปลี่ยนไปก่อน", "admin1", "พช 0118/ว 411", "ที่คุณกรอก: “พช 0118/ว 499”", 'value="พช 0118/ว 499"'):
        assert words in text, words
    assert str(letters(house)[0].number.value) == "พช 0118/ว 411"
    other = {"page": 1, "key": "subject", "do": "set", "version": seen, "before": letters(house)[0].subject.value,
             "value": "เรื่องใหม่"}
    assert mine.post(path, other).status_code == 302, "what nobody else touched is kept"
    assert mine.post(path, form | {"version": version(text), "before": "พช 0118/ว 411"}).status_code == 302
    assert str(letters(house)[0].number.value) == "พช 0118/ว 499"


def test_what_was_read_anew_meanwhile_is_not_accepted_unseen(house: World) -> None:
    answer = say(house.visitor("clerk"), house, "number", before="พช 0118/ว 4", value="พช 0118/ว 4")
    assert answer.status_code == 409 and DISTRICT in answer.text


def test_the_rest_of_a_letter_is_accepted_and_the_next_letter_comes(house: World) -> None:
    clerk = house.visitor("clerk")
    page = clerk.get(address(house)).text
    state = re.search(r'name="state" value="(\w+)"', page)
    assert state
    assert say(clerk, house, "all", "accept-all", state="0").status_code == 409
    answer = say(clerk, house, "all", "accept-all", state=state[1])
    assert answer.status_code == 302
    kept = house.archive.corrections.of(house.archive.packets.list()[0].id)
    assert {one.field for one in kept} >= {"number", "date", "subject", "issuer"} and all(one.accepts for one in kept)
    assert letters(house)[0].number.confidence == 1.0 and letters(house)[0].review == ()


def test_letters_are_joined_and_parted_again(house: World) -> None:
    clerk = house.visitor("clerk")
    assert say(clerk, house, "starts", page=2, value="same").status_code == 302
    assert [one.pages for one in letters(house)] == [(1, 2)]
    assert say(clerk, house, "starts", page=2, value="letter").status_code == 302
    assert [one.pages for one in letters(house)] == [(1,), (2,)]
    assert say(clerk, house, "starts", page=2, value="nonsense").status_code == 400


def test_bounds_drawn_while_pages_are_read_anew_come_with_them(house: World) -> None:
    clerk, packet = house.visitor("clerk"), house.archive.packets.list()[0].id
    clerk.post(f"/packets/{packet}/rerun", {"anew": "1"})
    assert say(clerk, house, "starts", page=2, value="same").status_code == 302
    assert len(letters(house)) == 2
    run_all(house.archive, house.settings)
    assert [one.pages for one in letters(house)] == [(1, 2)]


def test_a_decision_about_a_letter_that_is_gone_is_shown_as_open(house: World) -> None:
    clerk = house.visitor("clerk")
    say(clerk, house, "subject", page=2, before=letters(house)[1].subject.value, value="เรื่องที่แก้")
    say(clerk, house, "starts", page=2, value="same")
    text = clerk.get(address(house)).text
    assert "ยังค้าง" in text and "เรื่องที่แก้" in text
    say(clerk, house, "starts", page=2, value="letter")
    assert letters(house)[1].subject.value == "เรื่องที่แก้"


@pytest.mark.parametrize("fields", [
    {"key": "nothing", "value": "x"}, {"key": "", "value": "x"}, {"key": "x" * 500, "do": "seen"}])
def test_forms_nobody_drew_are_refused(house: World, fields: dict[str, str]) -> None:
    assert say(house.visitor("clerk"), house, **fields).status_code == 400
    assert house.archive.corrections.of(house.archive.packets.list()[0].id) == ()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CLERK, Role.ADMIN)])
def test_only_clerk_and_admin_review(world: World, signed_in, role: Role) -> None:
    packet = next(row.id for row in world.archive.packets.list() if row.name == "chain.txt")
    visitor = signed_in(role)
    assert visitor.get(f"/packets/{packet}/review").status_code == 403
    form = {"page": 1, "key": "number", "do": "set", "value": "ก 1/1", "before": DISTRICT, "version": 0}
    assert visitor.post(f"/packets/{packet}/review", form).status_code == 403
    assert "/review" not in visitor.get("/").text


def test_a_form_without_its_token_is_refused(house: World) -> None:
    clerk = house.visitor("clerk")
    answer = clerk.client.post(address(house).split("?")[0], data={"page": 1, "key": "number", "do": "withdraw"})
    assert answer.status_code == 400


def test_reviewing_a_secret_letter_leaves_a_trace(fresh) -> None:
    house: World = fresh()
    packet = house.take_in("secret.txt", SECRET)
    run_all(house.archive, house.settings)
    assert house.visitor("clerk").get(f"/packets/{packet}/review").status_code == 200
    event = house.archive.audit.list(f"packet:{packet}")[-1]
    assert (event.actor, event.action, event.field) == ("clerk1", "secret-read", "review")


def test_a_packet_not_read_yet_says_so(fresh) -> None:
    house: World = fresh()
    packet = house.take_in("new.txt", CHAIN)
    assert "ยังอ่านไม่เสร็จ" in house.visitor("clerk").get(f"/packets/{packet}/review").text


# --- what the screen is made of ---------------------------------------------------------------------------------------

PAGES = tuple(Page(number, (), Source.OCR, 1000, 1400, 150) for number in (1, 2, 3))
NUMBER = LetterNumber("มท", "0806.2", True, "1874")
WEAK = Reading(NUMBER, "มท ๐๘๐๖.๒/ว ๑๘๗๔", 0.5, (Evidence(2, 0, 9, "x", Box(100, 200, 300, 240)),),
               rivals=(Rival(replace(NUMBER, serial="1814"), 0.3, "ลายมือ"),))
OLD = Letter(pages=(2,), number=WEAK, date=Reading(LetterDate(2023, 6, 1), "", 0.95), subject=Reading("ก", "ก", 0.9),
             issuer=Reading("กรม", "กรม", 0.9),
             review=(Doubt("date", "วันในสัปดาห์ไม่ตรง"), Doubt("number", "อาจเป็น 1814"), Doubt("pages", "ขาดหน้า 2")))
NEW = Letter(pages=(1,), references=(
    Reference(Relation.REFERENCE, Reading(NUMBER), Reading(LetterDate(2023, 6, 1)),
              evidence=Evidence(1, 0, 9, "x", Box(10, 20, 30, 40))),
    Reference(Relation.BODY, Reading(LetterNumber("กค", "0405", False, "7")), Reading())))
PACKET = Packet("p", PAGES, (NEW, OLD))


def test_doubtful_fields_come_first_the_most_doubtful_on_top() -> None:
    items = items_of(OLD, {page.number: page for page in PAGES}, ())
    assert [item.key for item in items if item.doubtful] == ["date", "number", "pages"]
    assert [item.key for item in items][:3] == ["date", "number", "pages"]
    number = next(item for item in items if item.key == "number")
    assert [(one.value, one.reason) for one in number.choices] == [("มท 0806.2/ว 1814", "ลายมือ")]
    assert number.cut and number.cut.page.number == 2
    left, top, width, height = number.cut.view
    assert left < 100 and top < 200 and left + width > 300 and top + height > 240


def test_a_doubtful_stamp_is_shown_enlarged_under_its_name() -> None:
    stamp = ReceivedStamp("อบต.", "12", evidence=Evidence(2, 0, 9, "x", Box(600, 40, 900, 140)))
    marked = replace(OLD, received_stamps=(stamp,), review=(Doubt("received_stamps[0]", "เลขรับเขียนด้วยลายมือ"),))
    item = items_of(marked, {page.number: page for page in PAGES}, ())[0]
    assert item.doubtful and item.mark and item.cut and item.cut.page.number == 2
    assert vocabulary.item[item.field] == "ตรารับ"
    assert item.inputs == {"value": "อบต.", "number": "12", "date": "", "time": ""}
    stamp = replace(stamp, office="ที่ว่าการอำเภอหลมสัก", maybe_numbers=("12", "72"), maybe_dates=(LetterDate(2023, 6, 2),))
    item = items_of(replace(marked, received_stamps=(stamp,)), {}, (), offices=("ที่ว่าการอำเภอหล่มสัก", "อำเภอวังโป่ง"))[0]
    assert [(one.part, one.text) for one in item.fills] == [
        ("value", "ที่ว่าการอำเภอหล่มสัก"), ("number", "72"), ("date", "2 มิถุนายน 2566")]


def test_what_a_person_decided_is_no_longer_doubtful() -> None:
    blank = replace(OLD, issuer=Reading(None, "", 1.0), review=())
    decided = Correction(2, "issuer", Verdict.SET, None, None, "somying")
    (laid,) = apply_corrections(replace(PACKET, letters=(blank,)), [decided]).letters
    before, after = ({item.key: item for item in items_of(letter, {}, said)}
                     for letter, said in ((blank, ()), (laid, (decided,))))
    assert before["issuer"].doubtful and not after["issuer"].doubtful
    assert after["issuer"].decided == decided


def test_typed_citations_of_the_same_packet_stand_beside_the_number() -> None:
    (found,) = citings_in(PACKET, 1)
    assert (found.number, found.date, found.page) == (str(NUMBER), LetterDate(2023, 6, 1), 1)
    assert found.cut is not None
    assert citings_in(PACKET, 0) == []


def test_the_strip_tells_whose_page_each_is() -> None:
    assert [(leaf.letter, leaf.starts) for leaf in leaves_of(PACKET, ())] == [(0, True), (1, True), (None, False)]
    told = Correction(3, "starts", Verdict.SET, None, "attachment", "somying")
    assert leaves_of(PACKET, [told])[2].decided == told
