"""What parsing found is kept whole, replaced by difference, and told in the audit trail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import Archive, ChangeKind
from archive.differences import differences
from chain import CopyRef
from letters import Letter, LetterDate, Packet, Reading
from letters.errors import NotFound
from tests.archive.made import letter, number, packet, page


@pytest.fixture
def packet_id(archive: Archive) -> str:
    return archive.packets.receive("a.pdf", b"letter", "clerk")[0].id


def _events(archive: Archive) -> list[tuple[str, str, str | None, str | None]]:
    return [(event.action, event.field, event.before, event.after)
            for event in archive.audit.list() if event.subject.startswith("letter:")]


@pytest.mark.parametrize("parsed", [
    packet(),
    packet(letter()),
    packet(letter(), letter("กบ 0023.3/ว 12"), letter("ว 3"), name="สามฉบับ"),
    packet(Letter((1,))),
    packet(letter("มท 0810.7/ว 908", "ข้อความ\0ขาด")),
], ids=["none", "one", "three", "unread", "nul"])
def test_a_parse_comes_back_as_it_was(archive: Archive, packet_id: str, parsed: Packet) -> None:
    assert archive.packets.parse(packet_id) is None
    for read in parsed.pages:
        archive.packets.save_page(packet_id, read)
    archive.packets.save_parse(packet_id, parsed)
    assert archive.packets.parse(packet_id) == parsed
    assert archive.packets.get(packet_id).letter_count == len(parsed.letters)


def test_pages_that_parsing_divided_anew_leave_the_pages_as_read_alone(archive: Archive, packet_id: str) -> None:
    archive.packets.save_page(packet_id, page(1, "ทั้งสองฉบับ"))
    parsed = packet(letter(), letter(pages=(2,)), pages=(page(1, "ฉบับแรก"), page(2, "ฉบับที่สอง")))
    archive.packets.save_parse(packet_id, parsed)
    assert archive.packets.parse(packet_id) == parsed
    assert archive.packets.pages(packet_id) == {1: page(1, "ทั้งสองฉบับ")}


def test_the_same_parse_again_changes_nothing(archive: Archive, packet_id: str) -> None:
    archive.packets.save_parse(packet_id, packet(letter(), letter("ว 3")))
    before = (archive.audit.list(), archive.changes(0), archive.letters.readings(CopyRef(packet_id, 0)))
    archive.packets.save_parse(packet_id, packet(letter(), letter("ว 3")))
    assert (archive.audit.list(), archive.changes(0), archive.letters.readings(CopyRef(packet_id, 0))) == before


def test_the_trail_tells_what_a_new_parse_changed(archive: Archive, packet_id: str) -> None:
    archive.packets.save_parse(packet_id, packet(letter(), letter("ว 3")))
    found = [("letter-found", "", None, "มท 0810.7/ว 908 · 2023-02 · การสำรวจข้อมูล"),
             ("letter-found", "", None, "ว 3 · 2023-02 · การสำรวจข้อมูล")]
    assert _events(archive) == found
    date = Reading(LetterDate(2023, 2, 27), "27 กุมภาพันธ์ 2566", 0.9)
    changed = replace(letter(subject="การสำรวจ"), date=date, phones=("0 2000 0000",))
    archive.packets.save_parse(packet_id, packet(changed), actor="ผู้ตรวจ")
    assert _events(archive)[2:] == [
        ("field-changed", "date", "2023-02", "2023-02-27"),
        ("field-changed", "subject", "การสำรวจข้อมูล", "การสำรวจ"),
        ("field-changed", "phones", None, '["0 2000 0000"]'),
        ("letter-gone", "", "ว 3 · 2023-02 · การสำรวจข้อมูล", None),
    ]
    assert archive.audit.list()[-1].actor == "ผู้ตรวจ"


def test_surer_of_the_same_value_is_no_changed_field_but_is_kept(archive: Archive, packet_id: str) -> None:
    archive.packets.save_parse(packet_id, packet(letter()))
    surer = replace(letter(), number=replace(letter().number, confidence=0.99, repairs=(), rivals=()))
    archive.packets.save_parse(packet_id, packet(surer))
    assert [event[0] for event in _events(archive)] == ["letter-found"]
    assert archive.letters.copy(CopyRef(packet_id, 0)).letter == surer
    assert archive.letters.readings(CopyRef(packet_id, 0))[0].confidence == 0.99


def test_readings_tell_value_print_doubt_and_repairs(archive: Archive, packet_id: str) -> None:
    archive.packets.save_parse(packet_id, packet(letter("ที่ มท ๐๘๑๐.๗/ว ๙๐๘")))
    rows = archive.letters.readings(CopyRef(packet_id, 0))
    assert [row.field for row in rows] == ["number", "date", "issuer", "subject"]
    reading = letter().number
    assert (rows[0].value, rows[0].printed, rows[0].confidence) == ("มท 0810.7/ว 908", "ที่ มท ๐๘๑๐.๗/ว ๙๐๘", 0.9)
    assert (rows[0].evidence, rows[0].repairs) == (reading.evidence, reading.repairs)
    assert [rival.value for rival in rows[0].rivals] == ["มท 0810.7/ว 903"]


def test_copies_come_in_order_with_their_packets_stem(archive: Archive, packet_id: str) -> None:
    other = archive.packets.receive("b.pdf", b"other", "clerk")[0].id
    archive.packets.save_parse(packet_id, packet(letter(), letter("ว 3")))
    archive.packets.save_parse(other, packet(letter("ว 4")))
    copies = list(archive.letters.copies())
    assert [copy.ref for copy in copies] == sorted([CopyRef(packet_id, 0), CopyRef(packet_id, 1), CopyRef(other, 0)])
    assert {copy.packet_name: copy.letter.number.value for copy in copies if copy.ref.index == 0} == {
        "a": number("มท 0810.7/ว 908"), "b": number("ว 4")}
    assert archive.letters.of_packet(other) == [copy for copy in copies if copy.ref.packet == other]
    assert archive.letters.count() == 3


def test_many_copies_come_in_batches(archive: Archive) -> None:
    for place in range(3):
        row, _ = archive.packets.receive("p.txt", b"%d" % place, "clerk")
        archive.packets.save_parse(row.id, packet(*[Letter((1,))] * 70, pages=(page(),)))
    refs = [copy.ref for copy in archive.letters.copies()]
    assert len(refs) == 210
    assert refs == sorted(set(refs))


def test_unknown_packets_and_letters(archive: Archive, packet_id: str) -> None:
    with pytest.raises(NotFound):
        archive.packets.save_parse("0" * 64, packet(letter()))
    with pytest.raises(NotFound):
        archive.letters.copy(CopyRef(packet_id, 0))


def test_changes_give_the_latest_revision_of_each_copy(archive: Archive, packet_id: str) -> None:
    archive.packets.save_parse(packet_id, packet(letter(), letter("ว 3")))
    start = archive.revision()
    assert [(change.copy, change.gone) for change in archive.changes(0)] == [
        (CopyRef(packet_id, 0), False), (CopyRef(packet_id, 1), False)]
    archive.packets.save_parse(packet_id, packet(letter("ว 9")))
    changes = archive.changes(start)
    assert [(change.kind, change.copy.index, change.gone) for change in changes] == [
        (ChangeKind.COPY, 0, False), (ChangeKind.COPY, 1, True)]
    assert archive.changes(start, limit=1) == changes[:1]
    assert archive.changes(archive.revision()) == []


@pytest.mark.parametrize(("before", "after", "told"), [
    (Letter((1,)), Letter((1,)), []),
    (Letter((1,)), Letter((1, 2)), [("pages", "[1]", "[1,2]")]),
    (Letter((1,), text="ก"), Letter((1,), text="ข"), [("text", "ก", "ข")]),
    (Letter((1,), subject=Reading("ก", confidence=0.1)), Letter((1,), subject=Reading("ก", confidence=0.2)), []),
    (letter(), replace(letter(), references=()), [("references", None)]),
])
def test_differences(before: Letter, after: Letter, told: list[tuple[str, ...]]) -> None:
    found = list(differences(before, after))
    if told and len(told[0]) == 2:
        assert [(field, new) for field, _, new in found] == told
        assert '"serial":"0012"' in str(found[0][1])
        assert "confidence" not in str(found[0][1])
    else:
        assert found == told
