"""People's decisions laid over a parse: they hold, whatever is read later, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import (
    Deadline,
    DeadlineKind,
    Doubt,
    Enclosure,
    Evidence,
    Kind,
    Letter,
    LetterDate,
    LetterNumber,
    Line,
    Packet,
    Page,
    Precision,
    Reading,
    ReceivedStamp,
    Recipient,
    Reference,
    Relation,
    Rival,
    Signatory,
    Source,
)
from parsing import parse_packet
from parsing.corrections import (
    PERSON,
    READINGS,
    Correction,
    Verdict,
    apply_corrections,
    in_force,
    open_corrections,
    read_back,
    written,
)

SET, ADD, REMOVE, SEEN, WITHDRAW = Verdict
READ = LetterNumber("พช", "0118", True, "417")
RIVAL = LetterNumber("พช", "0118", True, "411")
CITED = Reference(
    Relation.REFERENCE, Reading(LetterNumber("มท", "0806.2", True, "18")), Reading(LetterDate(2023, 6, 1)))
OTHER = replace(CITED, number=Reading(LetterNumber("มท", "0806.2", True, "19")))
DUE = Deadline(DeadlineKind.DATE, "ภายในวันที่ 23 มิถุนายน 2566", LetterDate(2023, 6, 23), confidence=0.5)
LATER = Deadline(DeadlineKind.RELATIVE, "ภายใน 7 วัน", days=7)


def letter(**more: Any) -> Letter:
    return Letter(
        **{"pages": (1, 2), "number": Reading(READ, "ที่ พช 0118/ว 417", 0.6, rivals=(Rival(RIVAL, 0.4, "ลายมือ"),)),
           "date": Reading(LetterDate(2023, 6, 14), "14 มิ.ย. 66", 0.9), "subject": Reading("เรื่องหนึ่ง", "เรื่องหนึ่ง", 0.9),
           "secrecy": Reading("ลับ", "ลับ", 0.4), "references": (CITED, OTHER), "deadlines": (DUE, LATER),
           "recipients": (Recipient("นายอำเภอ"),),
           "review": (Doubt("number", "อาจเป็น 411"), Doubt("references[1]", "ก"), Doubt("deadlines[0]", "ข"),
                      Doubt("pages", "ค"))} | more)


def packet(*letters: Letter) -> Packet:
    pages = tuple(Page(number, (Line("x"),), Source.OCR) for number in (1, 2, 3))
    return Packet("p", pages, letters or (letter(), letter(pages=(3,), references=(), deadlines=(), review=())))


def said(field: str, verdict: Verdict = SET, before: str | None = None, after: str | None = None,
         page: int = 1) -> Correction:
    return Correction(page, field, verdict, before, after, "somying")


def corrected(*decisions: Correction, over: Packet | None = None) -> Letter:
    return apply_corrections(over or packet(), decisions).letters[0]


@pytest.mark.parametrize(("field", "after", "value"), [
    ("number", "พช 0118/ว 411", RIVAL),
    ("number", "พช 0118/ว …", LetterNumber("พช", "0118", True, None)),
    ("number", "12/2566", LetterNumber(None, None, False, "12")),
    ("number", None, None),
    ("date", "2023-06-15", LetterDate(2023, 6, 15)),
    ("date", "2023-06", LetterDate(2023, 6, precision=Precision.UNKNOWN_DAY)),
    ("urgency", "ด่วนที่สุด", "ด่วนที่สุด"),
    ("secrecy", None, None),
    ("issuer", "จังหวัดเพชรบูรณ์", "จังหวัดเพชรบูรณ์"),
    ("subject", "เรื่องสอง", "เรื่องสอง"),
])
def test_a_value_decided_stands_whatever_was_read(field: str, after: str | None, value: Any) -> None:
    read = written(getattr(letter(), field).value)
    found = getattr(corrected(said(field, before=read, after=after)), field)
    assert (found.value, found.confidence, found.rivals) == (value, 1.0, ())
    (repair,) = found.repairs
    assert (repair.rule, repair.before, repair.after) == (PERSON, read or "", after or "")
    assert "somying" in repair.reason


def test_what_a_later_reader_reads_does_not_undo_it() -> None:
    accepted = said("number", before=str(READ), after=str(READ))
    assert accepted.accepts
    anew = packet(letter(number=Reading(RIVAL, "ที่ พช 0118/ว 411", 0.99)))
    assert corrected(accepted, over=anew).number.value == READ


def test_the_last_decision_counts_and_what_was_read_is_still_told() -> None:
    first = said("number", before=str(READ), after="พช 0118/ว 1")
    number = corrected(first, said("number", before=first.after, after="พช 0118/ว 2")).number
    assert str(number.value) == "พช 0118/ว 2"
    assert [repair.before for repair in number.repairs] == [str(READ)]


def test_a_field_decided_is_no_longer_in_doubt_and_others_are() -> None:
    assert [doubt.field for doubt in corrected(said("number", after=str(READ))).review] == [
        "references[1]", "deadlines[0]", "pages"]
    assert "pages" not in [doubt.field for doubt in corrected(said("pages", SEEN)).review]


def test_a_class_found_not_to_be_there_leaves_nothing_printed() -> None:
    assert corrected(said("secrecy", before="ลับ")).secrecy.printed == ""


def test_kind_and_recipients() -> None:
    found = corrected(said("kind", before="external", after="memo"),
                      said("recipients", before="นายอำเภอ", after="นายอำเภอ\nนายก อบต. ทุกแห่ง"))
    assert found.kind is Kind.MEMO
    assert found.recipients == (Recipient("นายอำเภอ"), Recipient("นายก อบต. ทุกแห่ง", everyone=True))
    assert corrected(said("recipients", before="นายอำเภอ", after=None)).recipients == ()


def test_a_citation_is_changed_where_it_stands_and_keeps_its_kind() -> None:
    found = corrected(said("references", before=written(OTHER), after="2023-06-02|มท 0806.2/ว 20"))
    assert found.references[0] == CITED
    assert (str(found.references[1].number.value), found.references[1].date.value) == (
        "มท 0806.2/ว 20", LetterDate(2023, 6, 2))
    assert "references[1]" not in [doubt.field for doubt in found.review]


def test_a_deadline_is_accepted_changed_added_and_removed() -> None:
    first, second = written(DUE), written(LATER)
    assert corrected(said("deadlines", before=first, after=first)).deadlines[0] == replace(DUE, confidence=1.0)
    moved = corrected(said("deadlines", before=second, after="2023-06-30|ภายใน 7 วัน")).deadlines[1]
    assert (moved.kind, moved.date, moved.days) == (DeadlineKind.DATE, LetterDate(2023, 6, 30), 7)
    added = corrected(said("deadlines", ADD, after="2023-07-01|ภายใน 1 ก.ค."))
    assert [one.text for one in added.deadlines] == [DUE.text, LATER.text, "ภายใน 1 ก.ค."]
    left = corrected(said("deadlines", REMOVE, before=second))
    assert left.deadlines == (DUE,) and len(left.review) == 4


STAMP = ReceivedStamp("อำเภอหลมสัก", "12", LetterDate(2023, 6, 1), "09:30", Evidence(1, 0, 4, "x"),
                      (Doubt("received_stamps", "อ่านได้ไม่แน่ชัด"),), 0.4)
OWN = ReceivedStamp("อบต.บุ่งคล้า", "7", LetterDate(2023, 6, 16))
EARLY = Doubt("date", "ตราประทับรับลงวันที่ 1 มิ.ย. 2566 ก่อนวันที่ของหนังสือ")
STAMPED = packet(letter(received_stamps=(STAMP, OWN), review=(EARLY, Doubt("received_stamps[0]", "ก"))))


@pytest.mark.parametrize(("one", "stamps", "open_"), [
    (said("received_stamps", before=written(STAMP), after="2023-06-15|1290/2566|10:05|อำเภอหล่มสัก"),
     (ReceivedStamp("อำเภอหล่มสัก", "1290/2566", LetterDate(2023, 6, 15), "10:05", STAMP.evidence), OWN), []),
    (said("received_stamps", before=written(STAMP), after="2023-06-01||| "), (ReceivedStamp(" ", None, LetterDate(
        2023, 6, 1), None, STAMP.evidence), OWN), ["date"]),
    (said("received_stamps", before=written(STAMP), after=written(STAMP)), (STAMP, OWN), ["date"]),
    (said("received_stamps", REMOVE, before=written(STAMP)), (OWN,), []),
    (said("received_stamps", ADD, after="2023-06-20|3||จังหวัด"),
     (STAMP, OWN, ReceivedStamp("จังหวัด", "3", LetterDate(2023, 6, 20))), ["date", "received_stamps[0]"]),
])
def test_a_received_stamp_is_put_right_with_what_it_made_doubtful(
        one: Correction, stamps: tuple[ReceivedStamp, ...], open_: list[str]) -> None:
    found = corrected(one, over=STAMPED)
    assert found.received_stamps == stamps
    assert [doubt.field for doubt in found.review] == open_
    decided = [stamp for stamp in found.received_stamps if written(stamp) == one.after]
    assert all(stamp.confidence == 1.0 and stamp.doubts == () for stamp in decided)


def test_a_stamp_put_right_to_a_day_before_the_letters_own_is_doubted_until_somebody_looks_at_the_date() -> None:
    over, early = packet(letter(received_stamps=(OWN,), review=())), said(
        "received_stamps", before=written(OWN), after="2023-06-01|7||อบต.บุ่งคล้า")
    assert corrected(early, over=over).review == (EARLY,)
    accepted = said("date", before="2023-06-14", after="2023-06-14")
    for order in ((early, accepted), (accepted, early)):
        assert corrected(*order, over=over).review == ()


def test_an_enclosure_is_changed_added_and_removed() -> None:
    first, second = Enclosure("แบบสํารวจ", "1 ชุด", confidence=0.5), Enclosure("ตาราง | สรุป")
    over = packet(letter(enclosures=(first, second)))
    found = corrected(said("enclosures", before=written(first), after="2 ชุด|แบบสำรวจ"),
                      said("enclosures", REMOVE, before=written(second)),
                      said("enclosures", ADD, after="|คู่มือ"), over=over).enclosures
    assert [(one.text, one.count, one.confidence) for one in found] == [("แบบสำรวจ", "2 ชุด", 1.0), ("คู่มือ", None, 1.0)]
    assert written(second) == "|ตาราง | สรุป"


@pytest.mark.parametrize(("read", "after", "signed"), [
    (None, "นายธำรง เกตุประดิษฐ์|นายอำเภอหล่มสัก", ("นายธำรง เกตุประดิษฐ์", "นายอำเภอหล่มสัก", None, None)),
    (Signatory("นายธาร"), "นางพิมล ศรีสว่าง|ปลัดจังหวัด ปฏิบัติราชการแทน ผู้ว่าราชการจังหวัดเพชรบูรณ์",
     ("นางพิมล ศรีสว่าง", "ปลัดจังหวัด", "ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัดเพชรบูรณ์")),
    (Signatory("นายธำรง", "ปลัด", "รักษาราชการแทน", "นายอำเภอ"), "นายธำรง|ปลัด รักษาราชการแทน นายอำเภอ",
     ("นายธำรง", "ปลัด", "รักษาราชการแทน", "นายอำเภอ")),
    (Signatory("นายธำรง", "นายอำเภอ"), "นายธำรง|", ("นายธำรง", None, None, None)),
    (Signatory("นายธำรง"), None, None),
])
def test_who_signed_is_put_right_with_the_post_as_printed(
        read: Signatory | None, after: str | None, signed: tuple[str | None, ...] | None) -> None:
    over = packet(letter(signatory=read, review=(Doubt("signatory", "ไม่พบชื่อผู้ลงนาม"),)))
    found = corrected(said("signatory", before=written(read), after=after), over=over)
    one = found.signatory
    assert (one and (one.name, one.position, one.acting_kind, one.acting_for)) == signed
    assert found.review == () and written(one) == after


def test_doubts_move_up_when_an_entry_before_theirs_goes() -> None:
    left = corrected(said("references", REMOVE, before=written(CITED)))
    assert left.references == (OTHER,)
    assert [doubt.field for doubt in left.review if doubt.field.startswith("ref")] == ["references[0]"]


def test_an_entry_that_is_no_longer_read_is_added_with_a_doubt() -> None:
    found = corrected(said("references", before="2023-01-01|มท 1/2", after="2023-06-02|มท 0806.2/ว 20"))
    assert len(found.references) == 3
    assert found.review[-1].field == "references[2]"
    again = corrected(said("references", before="2023-01-01|มท 1/2", after=written(CITED)))
    assert again.references == (CITED, OTHER), "what a later reader reads rightly is not added twice"


def test_decisions_taken_back_no_longer_count() -> None:
    back = [said("number", after="พช 0118/ว 1"), said("date", after="2023-06-15"), said("number", WITHDRAW)]
    assert [one.field for one in in_force(back)] == ["date"]
    assert corrected(*back).number.value == READ


def test_a_decision_whose_letter_is_gone_is_told_and_changes_nothing() -> None:
    lost, page_gone, right = said("number", after="พช 0118/ว 1", page=2), said("starts", page=9), said("date", page=3)
    assert open_corrections(packet(), [lost, page_gone, right]) == [lost, page_gone]
    assert apply_corrections(packet(), [lost]) == packet()


VALUES = {"signatory": ["นายธำรง|นายอำเภอ", None],
          "number": ["พช 0118/ว 1", "พช 0118/ว 2", None], "date": ["2023-06-15", "2023-06", None],
          "subject": ["ก", "ข"], "kind": ["memo", "order"], "urgency": ["ด่วน", None]}
DECISIONS = st.lists(st.sampled_from([said(field, after=after, page=page) for field, after in
                                      ((field, after) for field, values in VALUES.items() for after in values)
                                      for page in (1, 2, 3)]), max_size=8)


@given(DECISIONS)
def test_laying_decisions_over_twice_or_one_by_one_changes_no_value(decisions: list[Correction]) -> None:
    once = apply_corrections(packet(), decisions)
    assert apply_corrections(once, decisions) == once
    step = packet()
    for one in decisions:
        step = apply_corrections(step, [one])
    assert step == once
    last = {(one.page, one.field): one for one in decisions}
    for (page, field), one in last.items():
        for found in once.letters:
            if found.pages[0] == page and field in READINGS:
                assert getattr(found, field).value == read_back(field, one.after)


TEXT = """ที่ พช 0118/ว {number}

14 มิถุนายน 2566

เรื่อง เรื่องที่ {number}

เรียน นายกเทศมนตรีตำบล ทุกแห่ง

ด้วยอำเภอขอให้ตรวจรายชื่อ

ขอแสดงความนับถือ

(นายธำรง เกตุประดิษฐ์)
นายอำเภอหล่มสัก
"""


def text_page(number: int, text: str) -> Page:
    return Page(number, tuple(Line(row) for row in text.splitlines()), Source.TEXT)


@pytest.fixture
def three() -> Packet:
    """Three pages: a letter, a page of plain words, a letter."""
    return parse_packet("p", [text_page(1, TEXT.format(number=1)), text_page(2, "ตารางแนบ\n1 2 3"),
                              text_page(3, TEXT.format(number=2))])


@pytest.mark.parametrize(("page", "start", "letters", "attached"), [
    (2, "letter", [(1,), (2,), (3,)], []),
    (2, "same", [(1, 2), (3,)], []),
    (3, "same", [(1, 3)], [(2,)]),
    (3, "attachment", [(1,)], [(2, 3)]),
    (2, "attachment", [(1,), (3,)], [(2,)]),
    (1, "same", [(3,)], [(1, 2)]),
])
def test_a_person_draws_the_bounds_of_letters(three: Packet, page: int, start: str, letters: list[tuple[int, ...]],
                                             attached: list[tuple[int, ...]]) -> None:
    found = apply_corrections(three, [said("starts", after=start, page=page)])
    assert [one.pages for one in found.letters] == letters
    assert sorted(number for one in found.attachments for number in one.pages) == sorted(sum(attached, ()))


def test_bounds_come_first_whatever_the_order_of_decisions(three: Packet) -> None:
    found = apply_corrections(three, [said("subject", after="หน้าสอง", page=2), said("starts", after="letter", page=2)])
    assert found.letters[1].subject.value == "หน้าสอง"
    back = apply_corrections(three, [said("subject", after="หน้าสอง", page=2), said("starts", after="letter", page=2),
                                     said("starts", after="same", page=2)])
    assert [one.pages for one in back.letters] == [(1, 2), (3,)]


@pytest.mark.parametrize("text", ["พช 0118/ว 417", "มท 0810.7/ว 908", "ว 25", "0421.3/ว 106", "กค (กวจ) 0405.2/5103",
                                  "มท 0810/ป 5103", "12", "พช 0118/ว …"])
def test_numbers_are_written_and_read_back(text: str) -> None:
    assert written(read_back("number", text)) == text
