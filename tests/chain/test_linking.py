"""Which letter a citation means, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chain import Judgement, JudgementKind, LinkRelation, LinkState, MentionRef, build_graph
from chain.relation import cues
from letters import Relation
from tests.chain.builders import DISTRICT, PROVINCE, cite, enclose, graph_of, letter, link_of, node_of, packet

LINKED, LIKELY, AMBIGUOUS, ABSENT = LinkState.LINKED, LinkState.LIKELY, LinkState.AMBIGUOUS, LinkState.ABSENT
TARGET = letter("มท 0816.3/ว 1203", "2023-05-02")
OTHER = letter("มท 0816.4/ว 1207", "2023-05-02", subject="แจ้งผลการสอบคัดเลือกพนักงานจ้าง")


@pytest.mark.parametrize(("citation", "state"), [
    (cite("มท 0816.3/ว 1203", "2023-05-02"), LINKED),
    (cite("มท ๐๘๑๖.๓/ว ๑๒๐๓", "2023-05-02", issuer=None), LINKED),
    (cite("มท 0816.3/ว 1203", None), LINKED),
    (cite("0816.3/ว 1203", "2023-05-02"), LINKED),
    (cite("มท 0816.3/ว 1203", "2023-05-12"), LINKED),   # a misread day: owner, ว, year and number are the letter
    (cite("มท 0816.3/ว 1203", "2022-05-02"), LIKELY),   # a slip in the year
    (cite("มท 0813.6/ว 1203", "2023-05-02"), LIKELY),   # two digits swapped
    (cite("มท 0816.3/ว 1283", "2023-05-02"), LIKELY),   # 8 for 0
    (cite("ว 1203", "2023-05-02", issuer=None), LINKED),
    (cite("ว 1203", None, issuer=None), LIKELY),
    (cite("มท 0816.3/ว 1204", "2023-05-02"), ABSENT),   # the next letter of the day
    (cite("มท 0816.3/ว 1203", "2019-02-11"), ABSENT),   # another year's counter
    (cite("ตง 0023.3/ว 1203", "2023-05-02", PROVINCE), ABSENT),
    (cite("มท 0809.2/ว 44", "2020-02-11"), ABSENT),
])
def test_states(citation, state):
    citing, = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", citation, issuer=PROVINCE))
    graph = graph_of([citing], packet("b", TARGET), packet("c", OTHER))
    link = link_of(graph, citing)
    assert (link.state, link.reasons != ()) == (state, True)
    target = next(node for node in graph.nodes if node.id == link.target)
    assert target.absent == (state is ABSENT)
    assert state is ABSENT or str(target.number) == "มท 0816.3/ว 1203"


def test_a_misread_owner_code_finds_its_letter():
    misread = cite("มท 0416.3/ว 1203", "2023-05-02")
    citing, = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", misread, issuer=PROVINCE))
    graph = graph_of([citing], packet("b", TARGET), packet("c", OTHER))
    link = link_of(graph, citing)
    assert link.state in (LINKED, LIKELY)  # by how often 4 and 8 were measured to be taken for one another
    assert link.target == node_of(graph, "มท 0816.3/ว 1203").id


def test_the_mis_citation_pattern_is_likely_with_its_reason():
    citing, = packet("a", letter("นม 80801/99", "2010-09-20", cite("นม 0036.7/8253", "2010-09-01",
                                                                  "จังหวัดเมืองนครราชสีมา"), issuer="อบต."))
    meant = packet("b", letter("นม 0037.6/8253", "2010-09-01", issuer="จังหวัดนครราชสีมา"))
    graph = graph_of([citing], meant)
    link = link_of(graph, citing)
    assert link.state is LIKELY and link.target == node_of(graph, "นม 0037.6/8253").id
    assert any("0036.7" in reason and "0037.6" in reason for reason in link.reasons)


@pytest.mark.parametrize(("sure", "state"), [
    (0.99, LIKELY),   # typed: two numbers that contradict
    (0.8, LINKED),    # written by hand, and misread altogether: owner, day and place in the packet tell it
])
def test_a_covering_letter_does_not_confirm_itself(sure, state):
    enclosure = cite("ตง 0023.3/ว 3044", "2023-05-09", PROVINCE, Relation.ENCLOSURE, sure=0.983)
    cover = letter("ตง 0023.14/ว 12", "2023-05-12", enclosure, issuer=DISTRICT)
    first, *_ = copies = packet("a", cover, letter("ตง 0023.3/ว 3155", "2023-05-09", issuer=PROVINCE, sure=sure))
    link = link_of(graph_of(copies), first)
    assert link.state is state
    assert any("3155" in reason for reason in link.reasons)


@pytest.mark.parametrize(("read", "iso", "owner", "state"), [
    ("ตง 0118/2", "2023-10-18", DISTRICT, LINKED),      # two digits and ว were lost
    ("ตง 0118/ว 392", "2023-10-18", DISTRICT, LINKED),
    ("ตง 0118/2", "2023-10-20", DISTRICT, LIKELY),      # another day: perhaps another letter of the office
    ("ตง 0021/2", "2023-10-18", PROVINCE, ABSENT),      # another office's
])
def test_a_hand_that_could_not_be_read_is_told_by_the_packet(read, iso, owner, state):
    citation = cite("ตง 0118/ว 392", "2023-10-18", DISTRICT, sure=0.983)
    first, *_ = copies = packet("a", letter("ตง 71404/8", "2023-10-21", citation, issuer="อบต."),
                                letter(read, iso, issuer=owner, sure=0.8))
    assert link_of(graph_of(copies), first).state is state


def test_an_enclosure_cited_by_a_number_read_quite_wrong_is_asked_about_first():
    citation = cite("ตง 3.1/ว 25105", None, PROVINCE, Relation.ENCLOSURE)
    first, *_ = copies = packet("a", letter("ตง 0023.11/ว 1022", "2023-06-19", citation, issuer=DISTRICT),
                                letter("ตง 0023.3/ว 5105", "2023-06-11", issuer=PROVINCE))
    graph = graph_of(copies)
    link = link_of(graph, first)
    assert (link.state, link.target) == (LIKELY, node_of(graph, "ตง 0023.3/ว 5105").id)


@pytest.mark.parametrize(("sure", "state"), [(0.99, LIKELY), (0.5, LINKED)])
def test_only_a_date_surely_read_speaks_against_a_later_letter(sure, state):
    citing = letter("ตง 0023.7/ว 733", "2023-06-08", enclose("ตง 0032/ว 1877", "2023-06-11", PROVINCE))
    citing = replace(citing, date=replace(citing.date, confidence=sure))
    first, *_ = copies = packet("a", citing, letter("ตง 0032/ว 1877", "2023-06-11", issuer=PROVINCE))
    assert link_of(graph_of(copies), first).state is state


def test_a_nickname_is_the_number_that_another_letter_of_the_packet_tells_in_full():
    nickname = cite("ว 1459", None, None, Relation.BODY)
    first, second = copies = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", nickname, issuer=PROVINCE),
                                    letter("มท 0808.2/ว 90", "2023-05-02", cite("กค 0405.2/ว 1459", "2022-12-21")))
    graph = graph_of(copies)
    assert link_of(graph, first).target == link_of(graph, second).target


def test_two_letters_that_fit_alike_are_ambiguous_and_both_named():
    citing, = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", cite("ว 1203", None, issuer=None), issuer=PROVINCE))
    graph = graph_of([citing], packet("b", TARGET), packet("c", letter("กค 0405.2/ว 1203", "2023-04-04", issuer="กรม")))
    link = link_of(graph, citing)
    assert link.state is AMBIGUOUS
    assert {link.target, *link.rivals} == {node.id for node in graph.nodes if node.copies and node.number
                                           and node.number.serial == "1203"}


def test_provinces_with_look_alike_letters_have_a_placeholder_each():
    packets = [packet(name, letter("มท 0816.3/ว 7", "2023-06-01", cite(f"{code} 0023.3/ว 88", "2023-05-02", name),
                                   subject=name))
               for code, name in (("ลบ", "จังหวัดลพบุรี"), ("สบ", "จังหวัดสระบุรี"))]
    graph = graph_of(*packets)
    assert sorted(str(node.number) for node in graph.nodes if node.absent) == ["ลบ 0023.3/ว 88", "สบ 0023.3/ว 88"]


def test_the_next_letter_of_the_packet_is_linked_though_its_owner_code_was_misread():
    cover = letter("ตง 0023.3/5", "2014-07-10", enclose("มท 0406/ว 25", "2014-07-03"), issuer=PROVINCE)
    first, *_ = copies = packet("a", cover, letter("มท 0806/ว 25", None))
    link = link_of(graph_of(copies), first)
    assert (link.state, link.relation, link.rule) == (LINKED, LinkRelation.FORWARDS, "next-in-packet")


def test_a_clerks_swap_is_for_a_person_even_in_the_packet():
    cover = letter("ตง 0023.3/5", "2023-05-10", enclose("มท 0813.6/ว 1203", "2023-05-02"), issuer=PROVINCE)
    first, *_ = copies = packet("a", cover, TARGET)
    assert link_of(graph_of(copies), first).state is LIKELY


def test_a_nickname_is_no_other_reading():
    citing = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", cite("ว 1203", "2023-05-02"), issuer=PROVINCE))
    node = node_of(graph_of(citing, packet("b", TARGET)), "มท 0816.3/ว 1203")
    assert (node.also_read, node.doubts) == ((), ())


def test_an_enclosure_that_is_another_letter_is_not_forced_on_the_next_one():
    cover = letter("ตง 0023.3/5", "2014-07-10", enclose("มท 0809.2/ว 77", "2013-01-15"), issuer=PROVINCE)
    first, *_ = copies = packet("a", cover, TARGET)
    assert link_of(graph_of(copies), first).state is ABSENT


def test_a_citation_is_never_linked_to_a_later_letter_nor_to_itself():
    early, = packet("a", letter("ตง 0023.3/ว 7", "2023-01-01", cite("มท 0816.3/ว 1203", "2023-05-02"),
                                cite("ตง 0023.3/ว 7", "2023-01-01", PROVINCE), issuer=PROVINCE))
    graph = graph_of([early], packet("b", TARGET))
    late, own = link_of(graph, early, 0), link_of(graph, early, 1)
    assert late.state is LIKELY and late.target == node_of_arrived(graph, "มท 0816.3/ว 1203")
    assert any("วันที่ฉบับใดฉบับหนึ่งอาจผิด" in reason for reason in late.reasons)
    assert own.state is ABSENT and own.target != own.source
    assert len({node.id for node in graph.nodes}) == len(graph.nodes)


def node_of_arrived(graph, printed):
    """Id of the letter with this number that has copies."""
    [found] = [node.id for node in graph.nodes if str(node.number) == printed and node.copies]
    return found


def test_all_citations_of_an_absent_letter_share_one_placeholder():
    citations = [cite("มท 0810.8/ว 3418", "2022-10-26"), cite("มท 0810.3/ว 3418", "2022-10-26"),
                 cite("มท 0810.8/ว 3418", None), cite("มท 0810.8/ว 3418", "2022-10-26", issuer=None)]
    packets = [packet(str(place), letter(f"ตง 0023.3/ว {place + 1}", "2023-06-01", one, issuer=PROVINCE,
                                         subject=f"เรื่องที่ต่างกัน {place}")) for place, one in enumerate(citations)]
    graph = graph_of(*packets)
    [absent] = [node for node in graph.nodes if node.absent]
    assert str(absent.number) == "มท 0810.8/ว 3418" and absent.doubts
    assert {link.target for link in graph.links} == {absent.id}


@pytest.mark.parametrize(("subject", "relation"), [
    ("ขอเลื่อนกำหนดส่งแบบสำรวจ", LinkRelation.AMENDS),
    ("ขยายระยะเวลาการบันทึกข้อมูล", LinkRelation.AMENDS),
    ("การขยายเวลารับสมัคร", LinkRelation.AMENDS),
    ("ยกเลิกการประชุม", LinkRelation.CANCELS),
    ("แจ้งเตือนการรายงานผล", LinkRelation.FOLLOWS),
    ("ขอติดตามผลการสำรวจ", LinkRelation.FOLLOWS),
    ("เร่งรัดการรายงาน", LinkRelation.FOLLOWS),
    ("ตอบข้อหารือเรื่องการเบิกจ่าย", LinkRelation.REPLIES),
    ("การติดตามและประเมินผลแผนพัฒนาท้องถิ่น", LinkRelation.REFERS),
    ("การสำรวจสนามกีฬา", LinkRelation.REFERS),
])
def test_relations_from_the_subject(subject, relation):
    citation = cite("มท 0816.3/ว 1203", "2023-05-02")
    citing, = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", citation, subject=subject))
    assert link_of(graph_of([citing]), citing).relation is relation


@pytest.mark.parametrize(("text", "relation"), [
    ("รายละเอียดตามหนังสือกรม ที่ มท 0816.3/ว 1203 ที่ส่งมาพร้อมนี้", LinkRelation.FORWARDS),
    ("ให้ยกเลิกหนังสือ ที่ มท 0816.3/ว 1203 นั้น", LinkRelation.MENTIONS),
    ("ให้ยกเลิก ที่ มท 0816.3/ว 1203 นั้น", LinkRelation.CANCELS),
    ("ตามหนังสือกรม ที่ มท 0816.3/ว 1203 นั้น", LinkRelation.MENTIONS),
])
def test_relations_from_the_words_around(text, relation):
    citation = cite("มท 0816.3/ว 1203", "2023-05-02", relation=Relation.BODY, words="ที่ มท 0816.3/ว 1203")
    citing, = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", citation, text=text))
    assert link_of(graph_of([citing]), citing).relation is relation


def test_every_cue_finds_its_own_example():
    assert all(pattern.search(example) for _, _, pattern, example in cues())


def test_a_person_confirms_and_rejects():
    citing, = packet("a", letter("ตง 0023.14/ว 7", "2023-06-01", cite("มท 0816.3/ว 1283", "2023-05-02"),
                                 cite("มท 0816.3/ว 1203", "2023-05-02"), issuer=DISTRICT))
    target, = packet("b", TARGET)
    yes = Judgement(JudgementKind.CONFIRM, mention=MentionRef(citing.ref, 0), other=target.ref, by="สมชาย")
    no = Judgement(JudgementKind.REJECT, mention=MentionRef(citing.ref, 1), other=target.ref, reason="คนละเรื่อง")
    graph = build_graph([citing, target], [yes, no])
    confirmed, *rejected = graph.links
    assert (confirmed.state, confirmed.rule) == (LINKED, "judgement") and "สมชาย" in confirmed.reasons[0]
    assert [link.state for link in rejected] == [ABSENT, LinkState.REJECTED]
    assert rejected[1].target == confirmed.target != rejected[0].target


def test_a_citation_that_says_nothing_is_kept():
    citing, = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", cite(None, None, issuer=None)))
    link = link_of(graph_of([citing]), citing)
    assert (link.target, link.state) == (None, ABSENT)


def test_an_announcement_without_number_is_found_by_title_and_day():
    title = "ประกาศกำหนดรูปแบบป้ายสนามกีฬา"
    citing, = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", cite(None, "2023-05-02", title=title)))
    graph = graph_of([citing], packet("b", letter(None, "2023-05-02", subject=title)))
    assert link_of(graph, citing).state is LINKED


def test_a_district_of_the_same_name_in_another_province_is_for_a_person():
    citing = packet("a", letter("นม 71001/5", "2023-06-01", cite("นน 0023.30/ว 8", "2023-05-02", "อำเภอเฉลิมพระเกียรติ"),
                                issuer="องค์การบริหารส่วนตำบลโนนนา"))
    known = packet("b", letter("นม 0023.30/ว 8", "2023-05-02", issuer="อำเภอเฉลิมพระเกียรติ"))
    assert link_of(graph_of(citing, known), citing[0]).state is not LinkState.LINKED
