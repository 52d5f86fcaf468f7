"""Which copies become one letter, and which stay apart."""

from __future__ import annotations

import pytest

from chain import Judgement, JudgementKind, build_graph
from letters import LetterDate, Precision, Reading
from tests.chain.builders import PROVINCE, SUBJECT, arrived, cite, enclose, graph_of, letter, node_of, number, packet

TEXT = "ด้วยกรมได้รับแจ้งว่ามีการก่อสร้างสนามกีฬาเพิ่มขึ้น จึงขอให้จังหวัดแจ้งท้องถิ่นสำรวจและรายงานให้กรมทราบ " * 3


@pytest.mark.parametrize(("one", "other", "nodes", "why"), [
    (letter("มท 0816.3/ว 1203", "2023-05-02"), letter("มท 0816.3/ว 1203", "2023-05-02"), 1, "the same in two packets"),
    (letter("ตง 0023.3/ว 88", "2023-05-02", issuer=PROVINCE, text=TEXT),
     letter("ตง 0023.3/88", "2023-05-02", issuer=PROVINCE, text=TEXT), 1,
     "a lost ว, all else the same"),
    (letter("ชย 0023.6/3151", "2023-05-02", issuer="จังหวัดชัยภูมิ"),
     letter("ขย 0023.6/3151", "2023-05-02", issuer="จังหวัดชัยภูมิ"), 1, "ข for ช"),
    (letter("มท 0806/ว 31", "2023-05-02"), letter("มท 0406/ว 31", "2023-05-02"), 1, "4 for 8 in the owner code"),
    (letter("มท 0816.3/ว 1203", "2023-05-02", text=TEXT, to=("ผู้ว่าราชการจังหวัด ทุกจังหวัด",)),
     letter("มท 0816.3/ว 1283", "2023-05-02", text=TEXT, to=("ผู้ว่าราชการจังหวัด ทุกจังหวัด",)), 1,
     "a look-alike digit, the text word for word"),
    (letter("มท 0816.3/ว 1203", "2023-05-02"), letter("มท 0816.3/ว 1203", "2023-05-08"), 1, "a misread day"),
    (letter("มท 0816.3/ว 1203", "2023-05-02"), letter("มท 0816.3/ว 1204", "2023-05-02"), 2, "the next letter of a day"),
    (letter("มท 0816.3/ว 1203", "2023-05-02"), letter("มท 0816.3/ว 1203", "2022-05-02"), 2, "another year's counter"),
    (letter("มท 0816.3/ว 1203", "2023-05-02"), letter("มท 0816.3/1203", "2023-05-02", subject="แจ้งผลการสอบคัดเลือก"), 2,
     "ว counts apart"),
    (letter("ตง 0023.3/ว 88", "2023-05-02", issuer=PROVINCE),
     letter("พท 0023.3/ว 88", "2023-05-02", issuer="จังหวัดพัทลุง"), 2, "two provinces, one running number and day"),
    (letter("ลบ 0023.3/ว 88", "2023-05-02", issuer="จังหวัดลพบุรี", text=TEXT),
     letter("สบ 0023.3/ว 88", "2023-05-02", issuer="จังหวัดสระบุรี", text=TEXT), 2, "provinces with look-alike letters"),
    (letter("ตง 0023.13/ว 8", "2023-05-02", issuer="อำเภอกันตัง", text=TEXT),
     letter("ตง 0023.15/ว 8", "2023-05-02", issuer="อำเภอสิเกา", text=TEXT), 2, "districts with look-alike codes"),
    (letter("นม 0023.30/ว 8", "2023-05-02", issuer="อำเภอเฉลิมพระเกียรติ", text=TEXT),
     letter("นน 0023.30/ว 8", "2023-05-02", issuer="อำเภอเฉลิมพระเกียรติ", text=TEXT), 2,
     "districts of one name in two provinces"),
    (letter("ตง 0023.8/ว 8", "2023-05-02", issuer="อำเภอหนองบัวแดง", text=TEXT),
     letter("ตง 0023.9/ว 8", "2023-05-02", issuer="อำเภอหนองบัวระเหว", text=TEXT), 2, "districts of like names"),
    (letter("มท 0816.3/ว 1203", "2023-05-02"),
     letter("มท 0816.3/ว 1203", "2023-05-02", subject="แจ้งผลการสอบคัดเลือก"), 2, "one number, two subjects"),
    (letter(None, "2023-05-02", text=TEXT), letter(None, "2023-05-02", text=TEXT), 1, "no number, one text and day"),
    (letter(None, "2023-05-02"), letter("มท 0816.3/ว 1203", "2023-05-02"), 2, "no number to go by"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_two_copies(one, other, nodes, why):
    assert len(graph_of(packet("a", one), packet("b", other)).nodes) == nodes


@pytest.mark.parametrize(("one", "other"), [
    (letter("มท 0816.3/ว 1203", "2023-05-02"), letter("มท 0816.3/ว 1208", "2023-05-02")),
    (letter("มท 0816.3/ว 1203", "2023-05-02"),
     letter("มท 0816.3/ว 1203", "2023-05-02", subject="แจ้งผลการสอบคัดเลือก")),
    (letter(None, "2023-05-02"), letter("มท 0816.3/ว 1203", "2023-05-02")),
])
def test_a_doubtful_merge_stays_apart_with_a_note_on_both(one, other):
    graph = graph_of(packet("a", one), packet("b", other))
    assert len(graph.nodes) == 2
    assert all(node.doubts for node in graph.nodes)


def test_a_stamped_letter_printed_twice_in_one_packet_is_one():
    once = letter("ตง 0023.3/576", None, issuer=PROVINCE, subject=None, text="ด้วยกรมได้ปรับปรุงเมนู")
    again = letter("ตง 0023.3/576", None, issuer=PROVINCE, subject=None, text="ด้วยกรม ได้ปรับปรุงเมนู")
    [node] = graph_of(packet("a", once, again)).nodes
    assert len(node.copies) == 2


def test_a_hundred_packets_give_one_department_letter_with_a_hundred_copies():
    packets = [packet(f"p{place}", letter(f"ตง 0023.3/ว {place + 1}", "2023-05-09",
                                          enclose("มท 0816.3/ว 1203", "2023-05-02"), issuer=PROVINCE),
                      letter("มท 0816.3/ว 1203", "2023-05-02")) for place in range(100)]
    graph = graph_of(*packets)
    assert len(node_of(graph, "มท 0816.3/ว 1203").copies) == 100
    assert len(graph.nodes) == 101


def test_a_typed_citation_outvotes_a_handwritten_running_number():
    head = letter("ตง 0023.3/ว 3155", "2023-05-09", issuer=PROVINCE, sure=0.6)
    cover = letter("ตง 0023.14/ว 12", "2023-05-12", enclose("ตง 0023.3/ว 3044", "2023-05-09", PROVINCE),
                   issuer="อำเภอห้วยยอด")
    node = node_of(graph_of(packet("a", cover, head)), "ตง 0023.3/ว 3044")
    assert node.also_read == (number("ตง 0023.3/ว 3155"),)
    assert any("3155" in doubt for doubt in node.doubts)


def test_the_owner_code_on_the_letterhead_outvotes_a_clerks_slip():
    graph = graph_of(packet("a", letter("นม 0037.6/8253", "2010-09-01", issuer="จังหวัดนครราชสีมา", sure=0.9)),
                     packet("b", letter("นม 80801/12", "2010-09-20",
                                        cite("นม 0036.7/8253", "2010-09-01", "จังหวัดนครราชสีมา"), issuer="อบต.")))
    assert node_of(graph, "นม 0037.6/8253")


def test_citations_date_a_stamped_letter():
    stamped = letter("มท 0806/ว 25", None, subject=None)
    cover = letter("ตง 0023.3/5", "2014-07-10", enclose("มท 0806/ว 25", "2014-07-03"), issuer=PROVINCE)
    node = node_of(graph_of(packet("a", cover, stamped)), "มท 0806/ว 25")
    assert node.date is not None and node.date.iso == "2014-07-03"


def test_a_number_read_with_little_confidence_is_flagged():
    damaged = letter("ตง 0023.6/ว 5532", "2024-10-31", issuer=PROVINCE, sure=0.4)
    [node] = graph_of(packet("a", damaged)).nodes
    assert any("ไม่แน่ใจ" in doubt for doubt in node.doubts)


def test_an_unreadable_day_meets_the_same_letter_read_in_full():
    month = Reading(LetterDate(2023, 5, None, Precision.UNKNOWN_DAY), "พฤษภาคม 2566", 0.7)
    vague = letter("มท 0816.3/ว 1203", None)
    vague = type(vague)(pages=vague.pages, number=vague.number, date=month, issuer=vague.issuer, subject=vague.subject)
    [node] = graph_of(packet("a", vague), packet("b", letter("มท 0816.3/ว 1203", "2023-05-02"))).nodes
    assert node.date is not None and node.date.iso == "2023-05-02"


def test_a_person_can_merge_and_split():
    one, = packet("a", letter("มท 0816.3/ว 1203", "2023-05-02"))
    other, = packet("b", letter("มท 0816.3/ว 1203", "2023-05-02"))
    third, = packet("c", letter("มท 0816.3/ว 1299", "2023-06-02", subject=SUBJECT[:20]))
    split = Judgement(JudgementKind.SPLIT, copy=one.ref, other=other.ref)
    merge = Judgement(JudgementKind.MERGE, copy=one.ref, other=third.ref)
    groups = {node.copies for node in arrived(build_graph([one, other, third], [split, merge]))}
    assert groups == {tuple(sorted((one.ref, third.ref))), (other.ref,)}
