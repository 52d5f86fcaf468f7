"""The verb ``pdf``, run as its own program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from letters import Page, Source
from letters.text import squeeze
from ocr import Reader, open_document, read_pages
from tests.ocr.paper import letter

CALL = (sys.executable, "-c", "from saraban.cli import main; main()")


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CALL, *map(str, words)], capture_output=True, text=True, check=False)


@pytest.mark.tesseract
def test_a_scan_becomes_a_searchable_pdf(tmp_path: Path) -> None:
    letter().save(tmp_path / "a.png", dpi=(200, 200))
    done = run("pdf", tmp_path / "a.png", "--out", tmp_path / "out", "--pdfa", "--cache", tmp_path / "cache")
    assert done.returncode == 0, done.stderr
    with open_document(tmp_path / "a.png") as document:
        (page,) = read_pages(document, [1], Reader(cache=tmp_path / "cache"))
    assert isinstance(page, Page)
    assert page.source is Source.OCR
    with pypdfium2.PdfDocument(tmp_path / "out" / "a.pdf") as made:
        assert squeeze(made[0].get_textpage().get_text_range()) == squeeze(page.text) != ""
    with pikepdf.open(tmp_path / "out" / "a.pdf") as made, made.open_metadata() as words:
        assert words["pdfaid:part"] == "2"


def test_a_file_that_cannot_be_shown_is_named_and_the_exit_code_tells(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("ที่ มท ๑", encoding="utf-8")
    done = run("pdf", tmp_path / "a.txt", "--out", tmp_path / "out")
    assert done.returncode == 65
    assert "a.txt" in done.stderr
    assert not list((tmp_path / "out").iterdir())


def test_a_packet_is_never_written_over(tmp_path: Path) -> None:
    letter().save(tmp_path / "a.pdf", resolution=200)
    before = (tmp_path / "a.pdf").read_bytes()
    assert run("pdf", tmp_path / "a.pdf", "--out", tmp_path).returncode == 2
    assert (tmp_path / "a.pdf").read_bytes() == before
