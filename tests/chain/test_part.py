"""Linking packet by packet gives the graph that linking everything at once gives, but for the ids."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chain import LinkState, build_graph
from tests.chain.builders import PROVINCE, cite, enclose, letter, link_of, packet
from tests.chain.shelves import MemoryShelf
from tests.chain.test_ids import shape
from tests.chain.test_properties import archives


def _packets(copies):
    names = dict.fromkeys(copy.ref.packet for copy in copies)
    return [[copy for copy in copies if copy.ref.packet == name] for name in names]


@settings(max_examples=200, deadline=None)
@given(archives, st.randoms(use_true_random=False))
def test_packet_by_packet_in_any_order_is_all_at_once(copies, random):
    packets = _packets(copies)
    random.shuffle(packets)
    shelf = MemoryShelf()
    for place, one in enumerate(packets):
        shelf.take(one)
        here = [copy for some in packets[: place + 1] for copy in some]
        assert shape(shelf.graph) == shape(build_graph(here))


@settings(max_examples=100, deadline=None)
@given(archives, st.data())
def test_a_packet_read_anew_leaves_no_trace_of_its_first_reading(copies, data):
    packets = _packets(copies)
    shelf = MemoryShelf()
    for one in packets:
        shelf.take(one)
    changed = data.draw(st.sampled_from(packets))
    again = list(packet("other", *(copy.letter for copy in data.draw(st.sampled_from(packets)))))
    again = [type(copy)(changed[0].ref.__class__(changed[0].ref.packet, copy.ref.index), copy.packet_name, copy.letter)
             for copy in again]
    shelf.take(again, [changed[0].ref.packet])
    rest = [copy for copy in copies if copy.ref.packet != changed[0].ref.packet]
    assert shape(shelf.graph) == shape(build_graph([*rest, *again]))


def test_what_has_nothing_to_do_with_a_packet_is_neither_read_nor_written():
    shelf = MemoryShelf()
    for place in range(40):
        shelf.take(packet(f"p{place}", letter(f"ตง 0023.3/ว {place + 1}", f"2023-05-{place % 28 + 1:02d}",
                                              cite(f"มท 0809.2/ว {place + 400}", "2022-02-01"), issuer=PROVINCE,
                                              subject=f"เรื่องที่ {place}")))
    part = shelf.take(packet("new", letter("พท 0023.3/ว 900", "2024-01-09", enclose("มท 0809.2/ว 407", "2022-02-01"),
                                           issuer="จังหวัดพัทลุง", subject="เรื่องใหม่")))
    assert len(part.nodes) <= 2 and len(part.links) == 1 and not part.gone


def test_a_date_learned_from_a_citation_reaches_the_links_of_that_letter():
    """A letter without a date cites another; a citation of it tells its date, which is earlier than what it cites."""
    first = packet("a", letter("มท 0816.3/ว 1283", None, cite("มท 0816/ว 1203", "2023-05-02")),
                   letter("มท 0816/ว 1203", "2023-05-02"))
    second = packet("b", letter("มท 0816.3/ว 1310", "2022-06-02", cite("มท 0816.3/ว 1283", "2022-05-02")))
    shelf = MemoryShelf()
    shelf.take(first)
    assert link_of(shelf.graph, first[0]).state is LinkState.LINKED
    shelf.take(second)
    assert shape(shelf.graph) == shape(build_graph([*first, *second]))
    assert link_of(shelf.graph, first[0]).state is LinkState.LIKELY


def test_a_citation_that_a_letter_fits_in_full_is_opened_by_none_that_fits_less():
    """Letters of one office and day differ in their running numbers alone; who found none of them asks each."""
    shelf = MemoryShelf()
    shelf.take(packet("cited", letter("มท 0808.2/ว 1974", "2023-05-03")))
    fits, lacks = (packet(name, letter(own, "2023-05-09", cite(cited, "2023-05-03"), issuer=PROVINCE))
                   for name, own, cited in (("fits", "ตง 0023.4/ว 77", "มท 0808.2/ว 1974"),
                                            ("lacks", "ตง 0023.4/ว 88", "มท 0808.2/ว 1976")))
    shelf.take(fits)
    shelf.take(lacks)
    opened = shelf.take(packet("more", letter("มท 0808.2/ว 1975", "2023-05-03", subject="การจ่ายเบี้ยยังชีพ"))).loose
    assert {ref.copy for ref in opened} == {lacks[0].ref}
