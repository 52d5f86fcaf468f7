"""A letter's chain, upwards and downwards, as data and as a text tree."""

from __future__ import annotations

import pytest

from chain import Level, Place, chain_of, level_of
from chain.text import tree
from chain.view import ChainView
from letters.codec import dump, load
from letters.errors import NotFound
from tests.chain.builders import DISTRICT, PROVINCE, cite, enclose, graph_of, letter, node_of, number, packet


def _archive():
    old = cite("มท 0816.3/ว 900", "2022-11-20")
    top = letter("มท 0816.3/ว 1203", "2023-05-02", old)
    province = letter("ตง 0023.3/ว 88", "2023-05-09", enclose("มท 0816.3/ว 1203", "2023-05-02"), issuer=PROVINCE)
    district = letter("ตง 0023.14/ว 12", "2023-05-12", enclose("ตง 0023.3/ว 88", "2023-05-09", PROVINCE),
                      cite("ตง 0023.14/ว 3", "2023-01-05", DISTRICT), issuer=DISTRICT)
    other = letter("พท 0023.3/ว 41", "2023-05-08", enclose("มท 0816.3/ว 1203", "2023-05-02"), issuer="จังหวัดพัทลุง")
    return graph_of(packet("a", district, province, top), packet("b", other, top))


def test_places_levels_and_days():
    graph = _archive()
    view = chain_of(graph, node_of(graph, "มท 0816.3/ว 1203").id)
    seen = {str(hop.node.number): (hop.place, hop.level) for hop in view.hops}
    assert seen == {
        "ตง 0023.14/ว 12": (Place.ABOVE, Level.DISTRICT), "ตง 0023.3/ว 88": (Place.ABOVE, Level.PROVINCE),
        "พท 0023.3/ว 41": (Place.ABOVE, Level.PROVINCE), "มท 0816.3/ว 1203": (Place.ASKED, Level.DEPARTMENT),
        "มท 0816.3/ว 900": (Place.BELOW, Level.DEPARTMENT)}
    days = {(str(view.hop(step.upper).node.number), str(view.hop(step.lower).node.number)): step.days
            for step in view.steps}
    assert days == {("ตง 0023.14/ว 12", "ตง 0023.3/ว 88"): 3, ("ตง 0023.3/ว 88", "มท 0816.3/ว 1203"): 7,
                    ("พท 0023.3/ว 41", "มท 0816.3/ว 1203"): 6, ("มท 0816.3/ว 1203", "มท 0816.3/ว 900"): 163}
    assert load(dump(view), ChainView) == view


def test_the_tree_shows_what_covers_the_asked_letter_above_it_and_what_it_cites_below():
    graph = _archive()
    drawn = tree(chain_of(graph, node_of(graph, "มท 0816.3/ว 1203").id))
    heads = [line for line in drawn.splitlines() if "/ว " in line]
    assert [line.split("/ว ")[1].split()[0] for line in heads] == ["12", "88", "1203", "900", "41", "1203"]
    assert heads[2].startswith("   └─ ▶ มท 0816.3/ว 1203  ลงวันที่ 2 พ.ค. 2566")
    assert "ส่งต่อ" in heads[2] and "ห่าง 7 วัน" in heads[2] and "(ส่วนกลาง)" in heads[2]
    assert "ยังไม่มีในคลัง" in heads[3]
    assert heads[5].endswith("(ดูด้านบน)")
    assert "มี 2 สำเนา" in drawn


def test_a_letter_that_stands_alone():
    graph = graph_of(packet("a", letter(None, None, subject=None, issuer=None)))
    assert tree(chain_of(graph, graph.nodes[0].id)).splitlines()[0] == "▶ (ไม่มีเลขที่)  (ไม่ทราบวันที่)"


def test_an_unknown_id_is_named():
    with pytest.raises(NotFound):
        chain_of(_archive(), "nothing")


@pytest.mark.parametrize(("printed", "issuer", "level"), [
    ("มท 0816.3/ว 1203", "กรมส่งเสริมการปกครองท้องถิ่น", Level.DEPARTMENT),
    ("มท 0816.3/ว 1203", "จังหวัดกรบุรี", Level.DEPARTMENT),
    ("กค (กวจ) 0405.2/ว 12", None, Level.DEPARTMENT),
    ("ตง 0023.3/ว 88", "จังหวัดตรัง", Level.PROVINCE),
    ("ตง 0023.3/ว 88", "ที่ว่าการอำเภอห้วยยอด", Level.DISTRICT),
    ("มท 0023.3/88", "จังหวัดตรัง", Level.PROVINCE),
    ("ตง 0023.3/ว 88", None, Level.PROVINCE),
    ("ตง 0023.14/12", None, Level.DISTRICT),
    ("ตง 0117/12", None, Level.DISTRICT),
    ("ตง 71001/12", None, Level.LAO),
    ("ตง 51001/12", "องค์การบริหารส่วนจังหวัดตรัง", Level.LAO),
    (None, "เทศบาลตำบลห้วยยอด", Level.LAO),
    (None, "นายกองค้การบริหารส่วนจังหวัดตรัง", Level.LAO),
    (None, None, None),
])
def test_levels(printed, issuer, level):
    assert level_of(number(printed), issuer) is level
