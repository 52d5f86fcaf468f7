"""When Tesseract dies of one line, the others are read all the same."""

from __future__ import annotations

from html import escape
from pathlib import Path

import numpy as np
import pytest

from letters import Alternative, Box
from ocr import tesseract
from ocr.clean import clean
from ocr.crops import cut
from ocr.lines import find_lines
from ocr.tesseract import LINE, RAW_LINE, EngineFailed, EngineWord, parse, read_lines
from tests.ocr.paper import DPI, letter


def hocr(page: int, *words: tuple[str, int, list[list[tuple[str, float]]]]) -> str:
    """A page of Tesseract's hOCR as it writes it: words with their confidence and, by character, choices and scores."""
    rows = [f"  <div class='ocr_page' id='page_{page}' title='image \"/a/b.pgm\"; bbox 0 0 393 44; ppageno 0'>",
            f"     <span class='ocr_line' id='line_{page}_1' title=\"bbox 0 0 9 9; baseline 0 0; x_size 38\">"]
    for text, sure, choices in words:
        title = f"bbox 1 2 9 8; x_wconf {sure}"
        rows.append(f"      <span class='ocrx_word' id='word_{page}_1' title='{title}'>{escape(text)}")
        for signs in choices:
            rows.append(f"       <span class='ocrx_cinfo' id='lstm_choices_{page}_1_1'>")
            rows += [f"        <span class='ocrx_cinfo' id='choice_1' title='x_confs {score}'>{escape(sign)}</span>"
                     for sign, score in signs]
        rows.append("       </span></span>" if choices else "</span>")
    return "\n".join(rows)


def dies_of(bad: int, calls: list[tuple[int, int]], *, raw_too: bool = False):
    """A Tesseract that ends with an error whenever the line numbered ``bad`` is in a call of mode 7."""

    def run(names: str, languages: str, config: str, seconds: float, subject: str) -> str:
        files = Path(names).read_text().split()
        mode = int(config.split("--psm ")[1].split(maxsplit=1)[0])
        calls.append((mode, len(files)))
        if any(Path(file).stem == str(bad) for file in files) and (mode == LINE or raw_too):
            raise EngineFailed(subject, "signal 8")
        return "".join(hocr(place, (f"line{Path(file).stem}", 95, [])) for place, file in enumerate(files, 1))

    return run


@pytest.fixture
def images() -> list[np.ndarray]:
    return [np.full((20, 60), 255, np.uint8) for _ in range(9)]


@pytest.mark.parametrize("bad", [0, 4, 8])
def test_all_lines_are_read_and_only_the_deadly_one_in_another_mode(monkeypatch, images, bad: int) -> None:
    calls: list[tuple[int, int]] = []
    monkeypatch.setattr(tesseract, "_run", dies_of(bad, calls))
    found = read_lines(images, "eng", Path("nowhere"), 60, "page")
    assert [pieces[0].text for pieces in found] == [f"line{number}" for number in range(9)]
    assert [call for call in calls if call[0] == RAW_LINE] == [(RAW_LINE, 1)]


def test_a_line_deadly_in_both_modes_is_a_named_error(monkeypatch, images) -> None:
    monkeypatch.setattr(tesseract, "_run", dies_of(3, [], raw_too=True))
    with pytest.raises(EngineFailed, match="page"):
        read_lines(images, "eng", Path("nowhere"), 60, "page")


def test_no_crash_no_second_call(monkeypatch, images) -> None:
    calls: list[tuple[int, int]] = []
    monkeypatch.setattr(tesseract, "_run", dies_of(99, calls))
    read_lines(images, "eng", Path("nowhere"), 60, "page")
    assert calls == [(LINE, 9)]


def test_what_tesseract_need_not_find_out_changes_nothing(monkeypatch) -> None:
    page = clean(letter()).print
    layout = find_lines(page, DPI)
    assert layout is not None
    lines = [cut(page, layout, segment).image for row in layout.rows for segment in row]
    languages = tesseract.default_languages()
    lean = tesseract.read_words(lines, languages, tesseract.PACKAGED, 60, "page")
    monkeypatch.setattr(tesseract, "_UNASKED", "")
    assert lean == tesseract.read_words(lines, languages, tesseract.PACKAGED, 60, "page")
    assert all(lean)


def test_words_are_read_by_image_with_their_choices() -> None:
    written = hocr(2, ("/๕", 91, [[("/", 90.5)], [("๕", 61.25), ("๔", 40)]])) + hocr(4, ("a&b", 50, []), (" ", 95, []))
    box, five = Box(1, 2, 9, 8), [Alternative("๕", 0.6125), Alternative("๔", 0.4)]
    assert parse(written) == {
        2: [EngineWord("/๕", 0.91, box, [[Alternative("/", 0.905)], five])],
        4: [EngineWord("a&b", 0.5, box, [])]}


@pytest.mark.parametrize("choices", [[], [[("๕", 0.6)]], [[("๕", 0.6)], [("๔", 0.9)]]])
def test_choices_that_do_not_fit_the_characters_are_left_out(choices: list[list[tuple[str, float]]]) -> None:
    word = EngineWord("๕๑", 0.8, Box(0, 0, 1, 1), [[Alternative(*one) for one in row] for row in choices])
    assert word.by_character() == [(Alternative("๕", 0.8),), (Alternative("๑", 0.8),)]


def test_choices_for_spaces_belong_to_no_character() -> None:
    five = [Alternative("๕", 0.6), Alternative("๔", 0.5)]
    word = EngineWord("๕", 0.8, Box(0, 0, 1, 1), [[Alternative(" ", 0.9)], five])
    assert word.by_character() == [tuple(five)]
    assert word.spaced
    assert not EngineWord("๕", 0.8, Box(0, 0, 1, 1), [five]).spaced
    assert not EngineWord("๕", 0.8, Box(0, 0, 1, 1)).spaced
