"""Pages in reading ask together, and one that fails spoils no other."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from letters import Box, Page
from letters.errors import DamagedFile, LimitExceeded, SarabanError
from ocr import Document, Reader, Wanted, open_document, read_wanted
from ocr.raster import Grey
from ocr.tesseract import EngineFailed
from ocr.together import Asking, Found, Read, Underway, together
from ocr.words import Piece
from tests.ocr.paper import sheet


def line(number: int) -> Grey:
    return np.full((4, 9), number, np.uint8)


def page(*rounds: Sequence[int]) -> Asking[list[str]]:
    """Asks for lines by number, round after round; gives what was read of all."""
    texts: list[str] = []
    for numbers in rounds:
        found = yield [line(number) for number in numbers]
        texts += [pieces[0].text for pieces in found]
    return texts


def engine(calls: list[list[int]], deadly: int = -1, error: Callable[[str], SarabanError] = EngineFailed,
           ) -> Callable[[Sequence[Grey], float, str], Found]:
    """Reads a line as its number and notes its calls; dies of one line."""

    def read(images: Sequence[Grey], seconds: float, name: str) -> Found:
        numbers = [int(image[0, 0]) for image in images]
        calls.append(numbers)
        if deadly in numbers:
            raise error(name)
        return [[Piece(str(number), 1.0, Box(0, 0, 1, 1))] for number in numbers]

    return read


def test_what_pages_ask_in_one_step_is_one_call() -> None:
    calls: list[list[int]] = []
    readings = [Underway("a", page([1, 2], [3]), 9), Underway("b", page([4], [5], [6]), 9), Underway("c", page(), 9)]
    together(readings, engine(calls))
    assert calls == [[1, 2, 4], [3, 5], [6]]
    assert [reading.came_to for reading in readings] == [["1", "2", "3"], ["4", "5", "6"], []]


def test_a_line_is_read_once_whatever_page_asks() -> None:
    calls: list[list[int]] = []
    readings = [Underway("a", page([1, 2], [2, 3]), 9), Underway("b", page([2, 2], [1]), 9)]
    together(readings, engine(calls))
    assert sorted(number for call in calls for number in call) == [1, 2, 3]
    assert [reading.came_to for reading in readings] == [["1", "2", "2", "3"], ["2", "2", "1"]]


@pytest.mark.parametrize("error", [EngineFailed, lambda name: LimitExceeded(name, "seconds")])
def test_a_failing_page_spoils_no_other(error: Callable[[str], SarabanError]) -> None:
    readings = [Underway("a", page([1], [2]), 9), Underway("b", page([7], [8]), 9), Underway("c", page([3]), 9)]
    together(readings, engine([], 7, error))
    assert (readings[0].came_to, readings[2].came_to) == (["1", "2"], ["3"])
    assert isinstance(readings[1].came_to, SarabanError)
    assert readings[1].came_to.subject == "b"


def test_a_page_that_cannot_be_drawn_spoils_no_other() -> None:
    def torn() -> Asking[list[str]]:
        raise DamagedFile("torn.pdf")
        yield []

    readings = [Underway("torn", torn(), 9), Underway("b", page([1]), 9)]
    together(readings, engine([]))
    assert isinstance(readings[0].came_to, DamagedFile)
    assert readings[1].came_to == ["1"]


def test_a_pages_own_work_counts_against_its_time() -> None:
    def slow() -> Asking[list[str]]:
        time.sleep(0.05)
        yield [line(1)]
        return []

    reading = Underway("slow", slow(), 0.02)
    together([reading], engine([]))
    assert isinstance(reading.came_to, LimitExceeded)


def blank(folder: Path, name: str, pages: int) -> Document:
    """A TIFF of so many empty pages."""
    first, *rest = (sheet(330, 470) for _ in range(pages))
    first.save(folder / f"{name}.tiff", save_all=True, append_images=rest, dpi=(40, 40))
    return open_document(folder / f"{name}.tiff")


@pytest.mark.parametrize(("pages", "workers", "calls"), [
    ((4,), 2, [2, 2]), ((1,), 2, [1]), ((3, 4), 1, [1, 6]), ((1, 1, 1, 1), 2, [2, 2]), ((5,), 2, [2, 3])])
def test_pages_are_shared_out_evenly_across_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                                                  pages: Sequence[int], workers: int, calls: Sequence[int]) -> None:
    shares: list[int] = []

    def counted(readings: Sequence[Underway[Page]], read: Read) -> None:
        shares.append(len(readings))
        together(readings, read)

    monkeypatch.setattr("ocr.reader.together", counted)
    documents = [blank(tmp_path, f"{place}", count) for place, count in enumerate(pages)]
    wanted = [Wanted(document, number + 1) for document in documents for number in range(document.page_count)]
    found = [one for one, _ in read_wanted(wanted, Reader(languages="tha+eng"), workers)]
    for document in documents:
        document.close()
    assert sorted(map(wanted.index, found)) == list(range(len(wanted)))
    assert sorted(shares) == sorted(calls)


def test_a_page_that_is_not_there_comes_back_as_its_error(tmp_path: Path) -> None:
    with blank(tmp_path, "a", 1) as document:
        wanted = [Wanted(document, 99), Wanted(document, 1)]
        (first, page), (second, error) = read_wanted(wanted, Reader(languages="tha+eng"), 1)
    assert (first.number, second.number) == (1, 99)
    assert isinstance(page, Page)
    assert isinstance(error, SarabanError)
