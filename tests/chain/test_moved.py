"""Which letter of a packet is which after it was read anew."""

from __future__ import annotations

import pytest

from chain import CopyRef, MentionRef
from chain.ids import Known
from chain.moved import rehomed, stood
from chain.records import read_packet
from tests.chain.builders import PROVINCE, cite, letter, packet

COVER = letter("ตง 0023.3/ว 7", "2023-06-01", cite("มท 0816.3/ว 1203", "2023-05-02"), cite("มท 0809.2/ว 44"),
               issuer=PROVINCE, text="จังหวัดตรังขอส่งสำเนาหนังสือกรมมาเพื่อแจ้งอำเภอทุกอำเภอทราบ " * 3)
TOP = letter("มท 0816.3/ว 1203", "2023-05-02", text="ด้วยกรมได้รับแจ้งว่ามีการก่อสร้างสนามกีฬาเพิ่มขึ้น จึงขอให้สำรวจ " * 3)
BLURRED = letter("มท 0816.3/ว 1208", "2023-05-02", text=TOP.text.replace("ก", "ถ"))
OTHER = letter("พท 0023.3/ว 9", "2022-01-05", issuer="จังหวัดพัทลุง", text="การประชุมประจำเดือนของหัวหน้าส่วนราชการ " * 4)


def places(old, new):
    """Old place by new place, letters only."""
    was = stood(read_packet(packet("a", *old)), read_packet(packet("a", *new)))
    return {now.index: before.index for now, before in was.items() if isinstance(now, CopyRef)}


@pytest.mark.parametrize(("old", "new", "was"), [
    ((COVER, TOP), (COVER, TOP), {0: 0, 1: 1}),
    ((COVER, TOP), (OTHER, COVER, TOP), {1: 0, 2: 1}),   # another found in front
    ((OTHER, COVER, TOP), (COVER, TOP), {0: 1, 1: 2}),   # one that was none
    ((COVER, TOP), (COVER, BLURRED), {0: 0, 1: 1}),      # read otherwise at its place
    ((COVER, TOP), (TOP, COVER), {0: 1, 1: 0}),
    ((COVER, TOP), (COVER, TOP, TOP), {0: 0, 1: 1}),     # printed twice: the first keeps its place
    ((COVER,), (OTHER,), {0: 0}),                        # nothing else it can have been
])
def test_letters(old, new, was):
    assert places(old, new) == was


def test_citations_go_with_their_letter_and_words():
    turned = type(COVER)(**{name: getattr(COVER, name) for name in COVER.__dataclass_fields__} | {
        "references": COVER.references[::-1]})
    [copy] = packet("a", COVER)
    was = stood(read_packet([copy]), read_packet(packet("a", OTHER, turned)))
    cited = {(now.copy.index, now.reference): (before.copy.index, before.reference)
             for now, before in was.items() if isinstance(now, MentionRef)}
    assert cited == {(1, 0): (0, 1), (1, 1): (0, 0)}


def test_ids_move_with_their_letters_and_others_stay():
    old, new = packet("a", COVER, TOP), packet("a", OTHER, COVER, TOP)
    elsewhere = CopyRef("b", 0)
    known = Known({old[0].ref: "cover", old[1].ref: "top", elsewhere: "else"}, {"cover": 1, "top": 2, "else": 3})
    moved = rehomed(known, {old[0].ref.packet}, stood(read_packet(old), read_packet(new)))
    assert moved.at == {new[1].ref: "cover", new[2].ref: "top", elsewhere: "else"}
