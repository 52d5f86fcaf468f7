"""When Tesseract dies of one line, the others are read all the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ocr import tesseract
from ocr.tesseract import LINE, RAW_LINE, EngineFailed, read_lines

HEADING = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def dies_of(bad: int, calls: list[tuple[int, int]], *, raw_too: bool = False):
    """A Tesseract that ends with an error whenever the line numbered ``bad`` is in a call of mode 7."""

    def run(names: str, languages: str, config: str, seconds: float, subject: str) -> str:
        files = Path(names).read_text().split()
        mode = int(config.split("--psm ")[1].split(maxsplit=1)[0])
        calls.append((mode, len(files)))
        if any(Path(file).stem == str(bad) for file in files) and (mode == LINE or raw_too):
            raise EngineFailed(subject, "signal 8")
        rows = [f"5\t{place}\t1\t1\t1\t1\t0\t0\t9\t9\t95\tline{Path(file).stem}" for place, file in enumerate(files, 1)]
        return "\n".join([HEADING, *rows])

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
