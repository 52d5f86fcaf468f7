"""The bench as a whole, over one small packet, with every engine there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench.material import samples
from bench.quality import bench, bench_speed
from bench.reading import ENGINES
from tests.ocr.paper import letter

TEXT = ("ที่ ชม 0023.3/ว 125\nศาลากลางจังหวัดเชียงใหม่\nเรื่อง  การบันทึกข้อมูลในระบบ\n"
        "ผู้ว่าราชการจังหวัดที่นี้ได้ขอให้ปู่ฟื้นฟูน้ำ")
NUMBER = {"code": "ชม", "agency": "0023.3", "circular": True, "serial": "125", "printed": "ที่ ชม 0023.3/ว 125"}


@pytest.mark.tesseract
def test_every_engine_is_measured_on_the_same_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "packets"
    folder.mkdir()
    letter().save(folder / "a.png", dpi=(200, 200))
    truth = {"packet": "a", "grade": "clean", "font": "laksaman", "digits": "arabic", "letters": [
        {"pages": [1], "number": NUMBER, "number_style": "typed", "digits": "arabic", "text": TEXT, "recipients": [],
         "references": [], "deadlines": [], "subject": "การบันทึกข้อมูลในระบบ"}]}
    (folder / "a.json").write_text(json.dumps(truth), encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    figures = bench(folder, samples(folder), work)
    assert figures["reading"]["grade/clean"].keys() == set(ENGINES)
    assert figures["reading"]["font/laksaman"]["saraban"]["CER of lines"] < 0.05
    assert figures["fields"]["clean"]["number exact"] == 1.0
    assert all(run["pages"] == 1 and run["cpu"] > 0.1 for run in figures["speed"].values())
    printed = capsys.readouterr().out
    assert "| font laksaman |" in printed
    assert "CPU per page, saraban parse ÷ bare tesseract with the same model: " in printed


def test_speed_alone_is_that_of_scans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = tmp_path / "a.json"
    letter().save(tmp_path / "a.png")
    truth.write_text(json.dumps({"grade": "digital", "letters": []}), encoding="utf-8")
    assert bench_speed(samples(tmp_path), tmp_path, 2) == {}
    assert not capsys.readouterr().out


@pytest.mark.tesseract
def test_speed_is_measured_in_turns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter().save(tmp_path / "a.png")
    (tmp_path / "a.json").write_text(json.dumps({"grade": "clean", "letters": []}), encoding="utf-8")
    runs = bench_speed(samples(tmp_path), tmp_path, 2)["speed"]
    assert runs["saraban parse"]["pages"] == 1
    *_, turns = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"By round: \d+\.\d\d, \d+\.\d\d", turns)
