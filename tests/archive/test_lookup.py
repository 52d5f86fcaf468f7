"""Letters are found by what is typed, through indexes, as if every letter had been looked at."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from archive import Archive, lookup
from archive.lookup import MOST, beginning, letters_meant, near
from archive.schema import NodeRecord
from chain import Known, link_bulk, look_up
from chain.asked import understand
from tests.chain.builders import PROVINCE, cite, enclose, letter, packet
from tests.chain.test_lookup import NODES

QUERIES = ("มท 0806.2/ว 1055", "๐๘๐๖.๒/ว ๑๐๕๕", "ว 1055", "ว1055", "1055 2564", "1055", "ว 1055 ปี 2565", "24 พ.ค. 64",
           "พ.ค. 2564", "มท 0806.2/ว 1056", "ว 105", "มท 0806.2/ว 10555", "ว 1505", "0804.2/ว 1055", "ว 2883", "ตง",
           "0806", "ป 5103", "28", "88", "2883 2563")


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """The letters that the rows of :mod:`tests.chain.test_lookup` speak of."""
    copies = packet(
        "a", letter("มท 0806.2/ว 1055", "2021-05-24", cite("มท 0806.2/ว 2883", "2020-02-10")),
        letter("มท 0806.2/1055", "2021-03-02", subject="ส่งคืนเอกสาร"),
        letter("ตง 0023.3/ว 1055", "2022-06-01", issuer=PROVINCE),
        letter("ตง 0023.3/ว 88", "2021-06-01", issuer=PROVINCE),
        letter("ตง 0023.3/ป 5103", "2021-07-01", issuer=PROVINCE, subject="แจ้งผล"))
    _store(archive, copies)
    return archive


def _store(archive: Archive, copies) -> None:
    archive.graph.save_linked(link_bulk([copies], (), Known()))


@pytest.mark.parametrize("query", QUERIES)
def test_the_best_answer_is_that_of_looking_at_every_letter(filled: Archive, query: str) -> None:
    found = look_up(query, filled.graph.meant(understand(query)))
    best = look_up(query, NODES)
    assert [match.node.id for match in found if match.score == best[0].score] == [
        match.node.id for match in best if match.score == best[0].score]
    assert found[0].differs == best[0].differs


def test_a_letter_is_found_under_the_number_that_a_covering_letter_gave_it(archive: Archive) -> None:
    cover = letter("ตง 0023.14/ว 12", "2023-05-12", enclose("ตง 0023.3/ว 3044", "2023-05-09", PROVINCE), issuer="อำเภอ")
    _store(archive, packet("a", cover, letter("ตง 0023.3/ว 7155", "2023-05-09", issuer=PROVINCE, sure=0.6)))
    for query in ("ว 3044", "ว 7155"):
        match = look_up(query, archive.graph.meant(understand(query)))[0]
        assert {str(match.node.number), *map(str, match.node.also_read)} == {"ตง 0023.3/ว 3044", "ตง 0023.3/ว 7155"}


def test_what_is_asked_for_is_bounded_and_the_newest_come_first(archive: Archive) -> None:
    _store(archive, [copy for place in range(MOST + 20) for copy in packet(
        f"p{place}", letter("มท 0806.2/ว 5", f"{1800 + place}-05-09"))])
    found = archive.graph.meant(understand("ว 5"))
    assert MOST <= len(found) <= 2 * MOST
    assert max(node.date.year for node in found if node.date) == 1800 + MOST + 19


@pytest.mark.parametrize(("typed", "other", "is_near"), [
    ("1055", "1056", True), ("1055", "105", True), ("1055", "10555", True), ("1055", "0155", True),
    ("1055", "1055", False), ("1055", "1066", False)])
def test_one_digit_off(typed: str, other: str, is_near: bool) -> None:
    assert (other in near(typed)) == is_near


def test_a_beginning_has_at_most_two_digits_more() -> None:
    assert {"10", "105", "1055"} <= beginning("10") and "10555" not in beginning("10")
    assert beginning("ป51") == set()


def test_numbers_are_looked_up_by_an_index(filled: Archive) -> None:
    if not filled.database.is_sqlite:
        pytest.skip("the plan is SQLite's")
    with filled.database.reading() as session:
        plan = session.execute(text("EXPLAIN QUERY PLAN SELECT id FROM nodes WHERE serial IN ('1055', '1056')")).all()
    assert "USING INDEX" in str(plan)


@pytest.mark.parametrize(("query", "found"), [
    ("ตง", 3), ("มท", 3), ("0023.3", 3), ("0023", 3), ("มท 0806", 3), ("มท 0806.2", 3), ("002", 3), ("พท", 0),
    ("0807", 0)])
def test_an_owner_alone_finds_its_letters(filled: Archive, query: str, found: int) -> None:
    assert len(filled.graph.meant(understand(query))) == found


@pytest.mark.parametrize("query", QUERIES)
def test_few_letters_looked_through_give_what_the_indexes_give(filled: Archive, query: str, monkeypatch) -> None:
    seen, asked = NodeRecord.issuer.is_not(None), understand(query)
    with filled.database.reading() as session:
        few = {node.id for node in letters_meant(session, asked, seen)}
        monkeypatch.setattr(lookup, "_FEW", 0)
        assert {node.id for node in letters_meant(session, asked, seen)} == few


@pytest.mark.parametrize("query", ["ตง", "ตง 0023", "มท 0806.2"])
def test_an_owner_alone_is_looked_up_by_index(archive: Archive, query: str) -> None:
    if not archive.database.is_sqlite:
        pytest.skip("plans are read from SQLite")
    seen: list[tuple[str, object]] = []
    event.listen(archive.database.engine, "before_cursor_execute",
                 lambda _c, _u, statement, parameters, *_: seen.append((statement, parameters)))
    archive.graph.meant(understand(query))
    for statement, parameters in list(seen):
        if statement.startswith("SELECT"):
            with archive.database.engine.connect() as connection:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert not any("SCAN nodes" in row[-1] for row in rows), rows
