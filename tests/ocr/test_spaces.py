"""Spaces stand between words though the engine's boxes are off by a character or two."""

from __future__ import annotations

import pytest

from ocr.spaces import placed


@pytest.mark.parametrize(("seen", "printed"), [
    ("นายกองค์การบริหารส่วนตำบลทุ|กแห่ง", "นายกองค์การบริหารส่วนตำบล|ทุกแห่ง"),
    ("ประกาศ|ณวั|นที่|๑|สิงหาคม", "ประกาศ|ณ|วันที่|๑|สิงหาคม"),
    ("หนังสือกระทรวงมหาดไทยด่|วนที่สุด|ที่", "หนังสือกระทรวงมหาดไทย|ด่วนที่สุด|ที่"),
    ("ดำเนินการจึ|งให้", "ดำเนินการ|จึงให้"),
    ("ตามหนังสือที่อ้างถึ|ง๒|กรมได้", "ตามหนังสือที่อ้างถึง|๒|กรมได้"),
    ("ว1|215|ลงวันที่", "ว|1215|ลงวันที่"),
    ("โทร.|042|000|612", "โทร.|042|000|612"),
    ("จังหวัดตรัง|ขอ|ส่ง", "จังหวัดตรัง|ขอ|ส่ง"),
    ("เวลา|08.30|น.|ณ|หอประชุม", "เวลา|08.30|น.|ณ|หอประชุม"),
    ("กขค", "กขค"),
])
def test_a_space_goes_to_the_end_of_a_word(seen: str, printed: str) -> None:
    assert shown(seen, wide=False) == printed


def test_columns_of_figures_stay_apart() -> None:
    assert shown("รวม|5|12|7", wide=True) == "รวม|5|12|7"


def shown(seen: str, *, wide: bool) -> str:
    """The line with its breaks placed; ``|`` stands where white was seen."""
    pieces: list[str] = []
    breaks: dict[int, bool] = {}
    for at, part in enumerate(seen.split("|")):
        if at:
            breaks[len(pieces)] = wide
        pieces += part
    found = placed(pieces, breaks)
    return "".join("|" * (at in found) + piece for at, piece in enumerate(pieces))
