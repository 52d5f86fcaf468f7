"""The measure of speed: what a process used, and the ratios out of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.speed import OCRMYPDF, Picture, Speed, mean, measured, pictures, report, tesseract
from tests.ocr.paper import letter


def test_time_and_memory_of_a_process_are_its_own() -> None:
    busy = "x = bytearray(200_000_000); s = sum(range(3_000_000))"
    idle, work = (measured([sys.executable, "-c", code], 1) for code in ("pass", busy))
    assert 0 < idle.cpu < work.cpu
    assert idle.peak < 60
    assert work.peak > idle.peak + 150


def test_a_run_that_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        measured([sys.executable, "-c", "raise SystemExit(3)"], 1)
    assert measured([sys.executable, "-c", "raise SystemExit(65)"], 1, fine=(0, 65)).pages == 1


def test_the_ratios_are_per_page() -> None:
    ours, bare, rival = Speed(10, 8.0, 12.0, 700), Speed(10, 11.0, 10.0, 200), Speed(5, 8.0, 15.0, 300)
    table = list(report(ours, bare, {OCRMYPDF: rival, "not there": None}))
    assert any(line.endswith("same model: 1.20") for line in table)
    assert table[-1].endswith("cores: 2.00")
    assert "| saraban parse | 10 | 0.80 | 1.20 | 75 | 700 |" in table
    assert not any("not there" in line for line in table)


def test_runs_of_a_kind_are_one_of_their_mean_times_and_highest_memory() -> None:
    assert mean([Speed(10, 8.0, 12.0, 700), Speed(10, 6.0, 13.0, 650)]) == Speed(10, 7.0, 12.5, 700)


@pytest.mark.tesseract
def test_bare_tesseract_reads_each_picture_as_a_page(tmp_path: Path) -> None:
    letter().save(tmp_path / "a.tif", dpi=(200, 200), save_all=True, append_images=[letter()])
    images = pictures([tmp_path / "a.tif"], tmp_path)
    assert [(image.packet, image.page, image.dpi) for image in images] == [("a", 1, 200), ("a", 2, 200)]
    assert all(isinstance(image, Picture) and image.path.is_file() for image in images)
    speed, read = tesseract(images, "tha", tmp_path)
    assert speed.pages == 2
    assert read.keys() == {("a", 1), ("a", 2)}
    assert all("จังหวัด" in text.replace(" ", "") for text in read.values())
