"""The search box."""

from __future__ import annotations

import shutil

import pytest

from saraban.jobs import run_all
from tests.webui.conftest import World
from tests.webui.packets import CHAIN

DISTRICT, DEPARTMENT = "พช 0118/ว 417", "มท 0806.2/ว 1874"


@pytest.mark.parametrize(("query", "number"), [
    ("พช 0118/ว 417", DISTRICT), ("พช ๐๑๑๘/ว ๔๑๗", DISTRICT), ("ว 417", DISTRICT), ("14 มิ.ย. 2566", DISTRICT),
    ("มท 0806.2/ว 1874", DEPARTMENT), ("มท 0806.2/ว 1875", DEPARTMENT),  # one wrong digit
])
def test_numbers_and_dates_are_looked_up(world: World, signed_in, query: str, number: str) -> None:
    text = signed_in("officer").get("/search", query_string={"q": query}).text
    looked_up = text[text.index("ตรงกับเลขที่หรือวันที่"):]
    assert f'href="/letters/{world.node(number)}"' in looked_up.split("พบในข้อความ")[0]


def test_a_wrong_digit_is_said(signed_in) -> None:
    assert "เลขทะเบียนเป็น 1874" in signed_in("officer").get("/search?q=มท 0806.2/ว 1875").text


@pytest.mark.parametrize("query", ["ผู้ดูแลระบบ", "เทศมนตรี", '"ระบบข้อมูลกลาง"'])
def test_words_are_found_and_marked(world: World, signed_in, query: str) -> None:
    text = signed_in("officer").get("/search", query_string={"q": query}).text
    assert f'href="/letters/{world.node(DISTRICT)}"' in text and "<mark>" in text


def test_nothing_found_and_nothing_asked_say_what_to_do(signed_in) -> None:
    assert "ไม่พบหนังสือ" in signed_in("officer").get("/search?q=ปลาวาฬสีชมพู").text
    assert "ค้นได้ในช่องเดียว" in signed_in("officer").get("/search").text
    assert signed_in("officer").get("/search?q=ระบบ&start=-5").status_code == 200


def test_without_an_index_numbers_are_still_found(fresh) -> None:
    house = fresh()
    house.take_in("chain.txt", CHAIN)
    run_all(house.archive, house.settings)
    shutil.rmtree(house.settings.index_folder)
    text = house.visitor("officer").get("/search", query_string={"q": "ว 417"}).text
    assert "ค้นหาคำยังใช้ไม่ได้ชั่วคราว" in text and DISTRICT in text
    assert str(house.settings.home) not in text
