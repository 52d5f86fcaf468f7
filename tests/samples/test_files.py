"""The committed files: scans hold images only, born-digital ones a text layer; all is small and made by the code."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from rapidfuzz.fuzz import ratio

from letters.text import mend, squeeze
from samples.make import main
from tests.samples.conftest import ROOT, Packets

REMADE = "c12"  # Debian's faces only, so that it comes out the same without the offices' own fonts
MEGABYTES = {"build": 105, "check": 25}
A4 = [595, 842]


def test_size_and_pages(packets: dict[str, Packets]) -> None:
    for half in packets:
        assert sum(path.stat().st_size for path in (ROOT / half).glob("*")) < MEGABYTES[half] * 2**20
    assert sum(packet["pages"] for half in packets.values() for packet in half.values()) <= 700


def test_every_packet_has_its_two_files(packets: dict[str, Packets]) -> None:
    for half, found in packets.items():
        assert {path.stem for path in (ROOT / half).glob("*.pdf")} == set(found)
        assert {path.stem for path in (ROOT / "packets" / half).glob("*.toml")} == set(found)


def test_scans_are_images_and_born_digital_files_are_text(packets: dict[str, Packets]) -> None:
    for half, found in packets.items():
        for stem, packet in found.items():
            with pdfplumber.open(ROOT / half / f"{stem}.pdf") as pdf:
                assert len(pdf.pages) == packet["pages"]
                sizes = [sorted((page.width, page.height)) for page in pdf.pages]
                assert all(abs(side - a4) < 3 for size in sizes for side, a4 in zip(size, A4, strict=True))
                chars = [len(page.chars) for page in pdf.pages]
            assert all(chars) if packet["grade"] == "digital" else not any(chars)


def test_text_layer_says_what_truth_says(packets: dict[str, Packets]) -> None:
    with closing(pypdfium2.PdfDocument(ROOT / "build" / "c11-land-tax.pdf")) as pdf:
        layer = "".join(page.get_textpage().get_text_range() for page in pdf)
    printed = "".join(row["text"] for row in packets["build"]["c11-land-tax"]["page_text"])
    assert ratio(squeeze(mend(layer)), squeeze(printed)) > 98


@pytest.mark.browser
def test_a_packet_made_again_has_the_same_truth(tmp_path: Path) -> None:
    assert main(["--out", str(tmp_path), "--only", REMADE]) == 0
    again = next((tmp_path / "build").glob("*.json"))
    kept = ROOT / "build" / again.name
    assert json.loads(again.read_text(encoding="utf-8")) == json.loads(kept.read_text(encoding="utf-8"))


@pytest.mark.browser
def test_truth_alone_leaves_the_pictures(tmp_path: Path) -> None:
    assert main(["--truth", "--out", str(tmp_path), "--only", REMADE]) == 0
    assert [path.suffix for path in (tmp_path / "build").iterdir()] == [".json"]


def test_readme_names_every_packet(packets: dict[str, Packets]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [stem for half in packets.values() for stem in half if f"`{stem}`" not in readme] == []
