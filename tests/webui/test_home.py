"""What the first page calls new."""

from __future__ import annotations

import pytest

from saraban.jobs import run_all
from tests.webui.packets import CHAIN

ALONE = CHAIN.split("\f")[0]
AHEAD = ALONE.replace("ว 417", "ว 999").replace("14 มิถุนายน 2566", "14 มิถุนายน 2599")


@pytest.mark.parametrize(("taken_in", "shown"), [([ALONE, AHEAD], ["417"]), ([AHEAD], ["999"])])
def test_a_letter_dated_ahead_is_no_news_where_there_are_others(fresh, taken_in: list[str], shown: list[str]) -> None:
    house = fresh()
    for place, text in enumerate(taken_in):
        house.take_in(f"{place}.txt", text)
    run_all(house.archive, house.settings)
    news = house.visitor("officer").get("/").text.partition('id="new-title"')[2]
    assert [number for number in ("417", "999") if f"พช 0118/ว {number}" in news] == shown
