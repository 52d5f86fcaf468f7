"""What speaks for a letter before its citation is read, and how sure readings count."""

from __future__ import annotations

import pytest

from chain import LinkState, build_graph, letters_of
from chain.facts import noise_level
from chain.prior import SMALLEST, Prior
from tests.chain.builders import DISTRICT, PROVINCE, cite, enclose, graph_of, letter, link_of, node_of, packet


@pytest.mark.parametrize(("copies", "letters"), [
    (0, SMALLEST), (1, SMALLEST), (10_000, 10_000), (10_001, 100_000), (99_999, 100_000), (1_000_000, 1_000_000)])
def test_letters_count_in_powers_of_ten(copies, letters):
    assert letters_of(copies) == letters


def test_the_next_letter_comes_before_one_further_on_and_both_before_any_other():
    for enclosed in (True, False):
        prior = Prior(SMALLEST, enclosed, behind=3)
        assert prior.log_odds(1) > prior.log_odds(2) > prior.log_odds(None)
    assert Prior(SMALLEST, True, 3).log_odds(1) > Prior(SMALLEST, False, 3).log_odds(1)


def test_in_a_larger_archive_any_letter_is_less_likely_meant_but_not_the_next_one():
    small, large = Prior(SMALLEST, True, 1), Prior(100 * SMALLEST, True, 1)
    assert small.log_odds(None) > large.log_odds(None)
    assert small.log_odds(1) == pytest.approx(large.log_odds(1), abs=0.01)


@pytest.mark.parametrize(("confidence", "signs", "level"), [
    (0.99, 9, 0), (0.9, 9, 2), (0.6, 9, 4), (0.05, 9, 5), (1.0, 9, 0), (0.9, 0, 5)])
def test_a_readings_confidence_tells_how_often_its_signs_are_misread(confidence, signs, level):
    assert noise_level(confidence, signs) == level


def test_a_difference_says_less_where_the_head_was_hardly_read():
    cited = cite("มท 0816.3/ว 1283", "2023-05-02")
    citing, = packet("a", letter("ตง 0023.14/ว 7", "2023-06-01", cited, issuer=DISTRICT))
    scores = []
    for sure in (0.99, 0.5):
        target = packet("b", letter("มท 0816.3/ว 1203", "2023-05-02", sure=sure))
        link = link_of(graph_of([citing], target), citing)
        scores.append(link.score if link.state is not LinkState.ABSENT else 1 - link.score)
    assert scores[0] < scores[1]


def test_a_neighbour_of_the_day_is_another_letter_even_with_one_digit_changed():
    cited = cite("มท 0816.3/ว 1208", "2023-05-02")
    citing, = packet("a", letter("ตง 0023.3/ว 7", "2023-06-01", cited, issuer=PROVINCE))
    link = link_of(graph_of([citing], packet("b", letter("มท 0816.3/ว 1203", "2023-05-02"))), citing)
    assert link.state is not LinkState.LINKED and link.score < 0.95


def test_copies_of_neighbours_do_not_meet_by_a_covering_letters_slip():
    """Two letters of one day with numbers side by side; one covering letter calls the first by the second's number."""
    words = ("ให้สำรวจข้อมูลสนามกีฬาขององค์กรปกครองส่วนท้องถิ่นทุกแห่ง " * 4, "แจ้งจัดสรรงบประมาณเงินอุดหนุนโครงการถ่ายโอนถนน " * 4)
    first, second = (letter(f"มท 0816.3/ว 120{place + 3}", "2023-05-02", text=words[place]) for place in (0, 1))
    cover = letter("ตง 0023.3/ว 88", "2023-05-09", enclose("มท 0816.3/ว 1204", "2023-05-02"), issuer=PROVINCE)
    graph = build_graph([*packet("a", cover, first), *packet("b", second), *packet("c", first)])
    here = sorted(len(node.copies) for node in graph.nodes if node.copies and node.issuer != PROVINCE)
    assert here == [1, 2]
    assert node_of(graph, "มท 0816.3/ว 1203") or node_of(graph, "มท 0816.3/ว 1204")
