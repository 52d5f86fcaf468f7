"""Text files and text layers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import Page, Source
from letters.text import mend
from ocr import open_document, read_pages
from ocr.marks import repair
from ocr.pdf import TextLayer
from ocr.plaintext import text_page
from ocr.textlayer import coverage, layer_page

GOOD = "ให้องค์กรปกครองส่วนท้องถิ่นบันทึกข้อมูลให้แล้วเสร็จ"


def test_text_pages_keep_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\ufeffที่ ชม ๑\r\n\r\nเรื่อง  นํ้า\u200b\n\fหน้าสอง\n\f", encoding="utf-8")
    with open_document(path) as document:
        first, second = sorted(read_pages(document, [1, 2]), key=lambda page: page.number)
    assert [line.text for line in first.lines] == ["ที่ ชม ๑", "", "เรื่อง  น้ำ"]
    assert second.text == "หน้าสอง"
    assert (first.source, first.width, first.dpi) == (Source.TEXT, 0, 0)


@given(st.text(st.characters(exclude_characters="\r\f", codec="utf-8", exclude_categories=("Cc", "Cs"))
               | st.just("\n"), min_size=1))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    read = text_page(1, text).text
    assert read.split() == mend(text).split()


@pytest.mark.parametrize(("layer", "printed"), [
    ("น\uf70a", "น่"),
    ("ป\uf70aา", "ป่า"),
    ("ฝ\uf710\uf70aง", "ฝั่ง"),
    ("ฟ\uf703\uf70b", "ฟึ้"),
    ("กตัญ\uf70f", "กตัญญ"),
    ("\uf700าน", "ฐาน"),
    ("ส\uf718", "ส\u0e38"),
    ("ท ี่", "ที่"),
    ("นํ้า", "น้ำ"),
    ("น้ํา", "น้ำ"),
    ("ทําให้", "ทำให้"),
    ("ท่ี", "ที่"),
    ("เเละ", "และ"),
    ("๐๐๒๓.๓/ว", "๐๐๒๓.๓/ว"),
    ("www.dla.go.th", "www.dla.go.th"),
])
def test_marks_are_put_right(layer: str, printed: str) -> None:
    assert repair(layer) == printed
    assert repair(printed) == printed


@pytest.mark.parametrize(("text", "least", "most"), [
    (GOOD, 0.95, 1.0),
    ("https://info.dla.go.th 0-2241-9000", 1.0, 1.0),
    ("", 1.0, 1.0),
    (GOOD.replace("า", "").replace("้", "ฎ"), 0.0, 0.8),
    ("".join(reversed(GOOD)), 0.0, 0.8),
    (GOOD + "(cid:12)" * 20, 0.5, 0.8),
    (GOOD + "\uf8f0" * 20, 0.5, 0.8),
])
def test_coverage_tells_good_layers_from_wrong_maps(text: str, least: float, most: float) -> None:
    assert least <= coverage(text) <= most


def layer(*runs: tuple[str, float, float]) -> TextLayer:
    """Runs of 10-point letters at (x, y) points on an A4 page; marks have no width."""
    chars = []
    for text, left, y in runs:
        x = left
        for sign in text:
            width = 0.0 if "\u0e34" <= sign <= "\u0e3a" or "\u0e47" <= sign <= "\u0e4e" or sign == "\u0e31" else 6.0
            chars.append({"text": sign, "matrix": (1, 0, 0, 1, 0, 0),
                          "x0": x, "x1": x + width, "top": y, "bottom": y + 10})
            x += width
    return TextLayer(chars, 0, 0, 595, 842)


def read(*runs: tuple[str, float, float]) -> Page:
    page = layer_page(1, layer(*runs), 144, (1190, 1684))
    assert page is not None
    return page


def test_number_and_office_become_one_line() -> None:
    page = read(("ศาลากลางจังหวัด", 300, 100.5), (GOOD, 50, 130), ("ที่ 0023.3/125", 50, 100))
    assert [line.text for line in page.lines] == ["ที่ 0023.3/125  ศาลากลางจังหวัด", GOOD]


def test_boxes_are_pixels_of_the_page_image() -> None:
    line = read(("ที่ 125", 50, 100), (GOOD, 50, 130)).lines[0]
    assert [(word.text, word.box.left, word.box.top) for word in line.words if word.box] == [
        ("ที่", 100, 200), ("125", 124, 200)]


def test_a_space_before_a_mark_is_none() -> None:
    assert read(("ท" + " ี่" + GOOD, 50, 100)).lines[0].text == "ที่" + GOOD


def test_columns_drawn_one_after_the_other_are_read_across() -> None:
    page = read(("จังหวัด", 50, 100), ("อำเภอ", 50, 130), ("เชียงใหม่", 200, 100), ("เมือง", 200, 130))
    assert page.text == "จังหวัด  เชียงใหม่\nอำเภอ  เมือง"


def test_what_lies_outside_the_page_is_not_read() -> None:
    assert read((GOOD, 50, 100), ("ความลับ", 50, 900), ("ความลับ", 700, 100)).text == GOOD


@pytest.mark.parametrize("runs", [
    [("".join(reversed(GOOD)), 50, 100)],   # a wrong map
    [("ลงรับ", 50, 100)],                    # a stray word on a page of something else
])
def test_a_bad_layer_is_not_used(runs: list[tuple[str, float, float]]) -> None:
    assert layer_page(1, layer(*runs), 144, (1190, 1684)) is None
