"""Linking into an archive packet by packet: the graph of all at once, ids that stay, decisions that hold."""

from __future__ import annotations

import random

import pytest

from archive import Archive
from chain import Copy, CopyRef, Judgement, JudgementKind, LinkState, MentionRef, build_graph, link_bulk, link_part
from chain.keys import keys_of
from letters import Letter
from letters.errors import NotFound
from tests.chain.builders import DEPARTMENT, PROVINCE, cite, enclose, letter, packet
from tests.chain.test_ids import shape
from tests.chain.test_properties import DAYS, NUMBERS, SUBJECTS


def take(archive: Archive, *packets: list[Copy], judgements: tuple[Judgement, ...] = ()) -> None:
    """Links packets in, one after the other."""
    for copies in packets:
        with archive.linking.shelf() as shelf:
            part = link_part(shelf, [copies[0].ref.packet], copies, judgements)
        archive.graph.save_part(part)


def some_packets(seed: int) -> list[list[Copy]]:
    """Packets of letters that have much to do with one another."""
    chance = random.Random(seed)

    def reference():
        return chance.choice([cite, enclose])(chance.choice(NUMBERS), chance.choice(DAYS),
                                              chance.choice([DEPARTMENT, PROVINCE, None]))

    def one():
        return letter(chance.choice(NUMBERS), chance.choice(DAYS), *(reference() for _ in range(chance.randint(0, 2))),
                      issuer=chance.choice([DEPARTMENT, PROVINCE, None]), subject=chance.choice(SUBJECTS))

    return [packet(f"p{place}", *(one() for _ in range(chance.randint(1, 3)))) for place in range(6)]


@pytest.mark.parametrize("seed", range(8))
def test_packet_by_packet_is_all_at_once(archive: Archive, seed: int) -> None:
    packets = some_packets(seed)
    take(archive, *packets)
    assert shape(archive.graph.load()) == shape(build_graph(copy for copies in packets for copy in copies))
    assert archive.graph.count() == len({node.id for node in archive.graph.load().nodes})


@pytest.mark.parametrize("seed", range(4))
def test_linking_everything_anew_keeps_graph_and_ids(archive: Archive, seed: int) -> None:
    packets = some_packets(seed)
    take(archive, *packets)
    before = archive.graph.load()
    archive.graph.save_linked(link_bulk(sorted(packets, key=lambda copies: copies[0].ref), (), archive.graph.known()))
    assert archive.graph.load() == before


def test_the_same_packet_again_changes_nothing(archive: Archive) -> None:
    packets = some_packets(3)
    take(archive, *packets)
    before, revision = archive.graph.load(), archive.revision()
    take(archive, packets[0])
    assert (archive.graph.load(), archive.revision()) == (before, revision)


def test_an_id_of_a_letter_found_to_be_one_with_another_still_finds_it(archive: Archive) -> None:
    one = packet("a", letter("มท 0816.3/ว 1203", "2023-05-02"))
    other = packet("b", letter("มท 0816.3/ว 1299", "2023-06-02", subject="อื่น"))
    take(archive, one, other)
    older, younger = (archive.graph.node_of(copies[0].ref).id for copies in (one, other))
    take(archive, other, judgements=(Judgement(JudgementKind.MERGE, copy=one[0].ref, other=other[0].ref),))
    assert archive.graph.node(younger) == archive.graph.node(older)
    assert len(archive.graph.node(older).copies) == 2
    with pytest.raises(NotFound):
        archive.graph.node("never given")


def test_a_decision_holds_and_says_what_speaks_against_it(archive: Archive) -> None:
    citing = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", cite("มท 0816.3/ว 1203", "2023-05-02"), issuer=PROVINCE))
    meant = packet("b", letter("มท 0809.2/ว 44", "2023-04-02", subject="อื่น"))
    better = packet("c", letter("มท 0816.3/ว 1203", "2023-05-02"))
    word = Judgement(JudgementKind.CONFIRM, mention=MentionRef(citing[0].ref, 0), other=meant[0].ref, by="สมหญิง")
    take(archive, citing, meant, judgements=(word,))
    take(archive, citing, better, judgements=(word,))
    [link] = archive.graph.links_from(archive.graph.node_of(citing[0].ref).id)
    assert (link.state, link.target) == (LinkState.LINKED, archive.graph.node_of(meant[0].ref).id)
    assert link.rivals == (archive.graph.node_of(better[0].ref).id,)
    assert any("new evidence" in reason for reason in link.reasons_en)




def _cut_anew(copies: list[Copy], *first: Letter) -> list[Copy]:
    """The packet with letters found in front of all others."""
    letters = [*first, *(copy.letter for copy in copies)]
    return [Copy(CopyRef(copies[0].ref.packet, place), copies[0].packet_name, one) for place, one in enumerate(letters)]


def test_letters_keep_their_ids_where_a_packet_is_cut_differently(archive: Archive) -> None:
    text = "ด้วยกรมได้รับแจ้งว่ามีการก่อสร้างสนามกีฬาเพิ่มขึ้น จึงขอให้จังหวัดแจ้งท้องถิ่นสำรวจและรายงาน " * 3
    cover = letter("ตง 0023.3/ว 7", "2023-06-01", enclose("มท 0816.3/ว 1203", "2023-05-02"),
                   cite("มท 0809.2/ว 44", "2022-02-01"), issuer=PROVINCE, text="จังหวัดตรังขอส่งสำเนาหนังสือกรม " * 5)
    copies = packet("a", cover, letter("มท 0816.3/ว 1203", "2023-05-02", text=text))
    take(archive, copies)
    before = {str(node.number): node.id for node in archive.graph.load().nodes}
    again = _cut_anew(copies, letter("ตง 0023.14/ว 9", "2023-06-05", issuer="อำเภอห้วยยอด", subject="ขอให้สำรวจ",
                                     text="อำเภอห้วยยอดขอให้สำรวจตามหนังสือจังหวัด " * 5))
    take(archive, again)
    after = {str(node.number): node.id for node in archive.graph.load().nodes}
    assert {number: after[number] for number in before} == before
    assert after["ตง 0023.14/ว 9"] not in before.values()
    assert shape(archive.graph.load()) == shape(build_graph(again))


def test_what_waits_for_a_letter_is_found_by_key(archive: Archive) -> None:
    absent, here = ("มท 0816.3/ว 1203", "2023-05-02"), ("มท 0809.2/ว 44", "2023-04-02")
    citing = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", cite(*absent), cite(*here), issuer=PROVINCE))
    take(archive, citing, packet("b", letter(*here, subject="อื่น")))
    waits, links = MentionRef(citing[0].ref, 0), {link.mention: link.target for link in archive.graph.load().links}
    with archive.linking.shelf() as shelf:
        cited = shelf.mentions(links)
        keys = {key for mention in cited.values() for key in keys_of(mention.cited)}
        assert {ref for refs in shelf.mentions_under(keys, {}).values() for ref in refs} == links.keys()
        assert shelf.waiting_under(keys, {}) == {waits: links[waits]}
        assert shelf.waiting_under(keys, dict.fromkeys(keys, 0)) == {}
        assert shelf.absent(set(links.values())) == {links[waits]}
        assert shelf.mentions(links) == cited
