"""Makes the sample packets: ``python -m samples.make [--all | --grade GRADE] [--truth] [--out DIR] [--only STEM]``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Browser

from samples.blocks import blocks_of
from samples.browser import break_lines, chromium, pictures, print_pdf
from samples.context import Context, load_places
from samples.degrade import bilevel, scan, wear
from samples.faces import FACES, Face, face
from samples.layout import lay_out
from samples.packet import Source, load_all
from samples.page import attachment_page, document, letter_page
from samples.truth import letter_truth

HERE = Path(__file__).parent
GRADES = {"clean": 300, "office": 200, "poor": 170}
JPEG_QUALITY = {"clean": 65, "office": 70, "poor": 60}
EPOCH = time.gmtime(1_600_000_000)  # PDFs carry a date; a fixed one keeps them the same
VARIANTS = 3


@dataclass
class Made:
    """A packet in the making: HTML pages and, page by page, the truth."""

    pages: list[str] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    page_text: list[dict[str, Any]] = field(default_factory=list)


def make(browser: Browser, source: Source, out: Path, variant: int = 0, truth_only: bool = False) -> Path:
    """Writes ``<stem>.json`` and (unless ``truth_only``) ``<stem>.pdf`` of a packet into ``out``; gives the truth
    file's path."""
    stem = source.stem + (f"-{variant}" if variant else "")
    settings = vary(source.settings, variant)
    rng = random.Random(zlib.crc32(stem.encode()))
    used = face(settings["font"])
    context = context_of(settings, variant)
    made = reordered(compose(browser, source, context, used, rng), settings.get("order", []))
    truth = out / f"{stem}.json"
    rows = truth_of(stem, settings, made)
    truth.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if truth_only:
        return truth
    html = document(made.pages, used, rng.randrange(1000))
    if settings["grade"] == "digital":
        print_pdf(browser, html, out / f"{stem}.pdf")
    else:
        dpi = settings.get("dpi", GRADES[settings["grade"]])
        _write_scan(pictures(browser, html, dpi), settings, dpi, rng, out / f"{stem}.pdf")
    return truth


def compose(browser: Browser, source: Source, packet_context: Context, used: Face, rng: random.Random) -> Made:
    """Letters and attachments in packet order: HTML pages and truth."""
    made = Made()
    for index, letter in enumerate(source.letters):
        context = dataclasses.replace(packet_context, digits=letter.get("digits", packet_context.digits))
        blocks = blocks_of(letter, context, rng)
        sheets = lay_out(blocks, letter["kind"], lambda found: break_lines(browser, found, used), context.digits)
        numbers = [len(made.pages) + sheet.number for sheet in sheets]
        made.pages += [letter_page(sheet, letter, context, rng, source.settings) for sheet in sheets]
        made.letters.append(letter_truth(letter, context, numbers, "\n".join(sheet.text for sheet in sheets)))
        made.page_text += [{"page": number, "role": "letter", "text": sheet.text}
                           for number, sheet in zip(numbers, sheets, strict=True)]
        for data in source.attachments:
            if data["letter"] == index:
                _attach(made, data, context)
    return made


def _attach(made: Made, data: dict[str, Any], context: Context) -> None:
    html, text = attachment_page(data, context)
    made.pages.append(html)
    number = len(made.pages)
    row = {"pages": [number], "kind": data["kind"], "letter": data["letter"]}
    made.attachments.append(row | ({"qr": [data["data"]]} if data["kind"] == "qr" else {}))
    made.page_text.append({"page": number, "role": "attachment", "text": text})


def reordered(made: Made, order: list[int]) -> Made:
    """The packet with its pages as they lie in the file: ``order`` names them, counted as written; an empty one leaves
    them so. A letter's pages stay in the order in which they are read, letters stand as their first pages lie. Raises
    ``ValueError`` if a page is missing or named twice."""
    if not order:
        return made
    if sorted(order) != list(range(1, len(made.pages) + 1)):
        raise ValueError(f"order must name each of {len(made.pages)} pages once: {order}")
    place = {page: at for at, page in enumerate(order, 1)}

    letters = [letter | {"pages": [place[page] for page in letter["pages"]]} for letter in made.letters]
    ranks = sorted(range(len(letters)), key=lambda at: min(letters[at]["pages"]))
    attachments = [row | {"pages": [place[page] for page in row["pages"]], "letter": ranks.index(row["letter"])}
                   for row in made.attachments]
    texts = [made.page_text[page - 1] | {"page": place[page]} for page in order]
    return Made([made.pages[page - 1] for page in order], [letters[at] for at in ranks], attachments, texts)


def truth_of(stem: str, settings: dict[str, Any], made: Made) -> dict[str, Any]:
    """The truth file's content."""
    for page, degrees in settings.get("turned", {}).items():
        made.page_text[int(page) - 1]["turned"] = degrees
    return {"packet": stem, "grade": settings["grade"], "digits": settings["digits"], "dpi": _dpi(settings),
            "font": settings["font"], "pages": len(made.pages), "letters": made.letters,
            "attachments": made.attachments, "page_text": made.page_text}


def context_of(settings: dict[str, Any], variant: int) -> Context:
    """Place, years and digit style of a packet; a variant moves on through the places and years."""
    places = load_places()
    names = list(places)
    name = names[(names.index(settings["province"]) + variant * 5) % len(names)]
    return Context(places[name], settings["digits"], years=-variant, all_digits=settings["font"] == "sarabun-it9",
                   writer=settings.get("writer", "round"))


def vary(settings: dict[str, Any], variant: int) -> dict[str, Any]:
    """The packet's settings; a variant has another face, digit style and scan grade, and no page turned."""
    if not variant:
        return settings
    grades = list(GRADES)
    digits = "arabic" if (settings["digits"] == "thai") == (variant % 2 == 1) else "thai"
    fonts = [name for name in FACES if name != "sarabun-it9" or digits == "thai"]
    grade = settings["grade"]
    grade = grade if grade == "digital" else grades[(grades.index(grade) + variant) % len(grades)]
    at = fonts.index(settings["font"]) if settings["font"] in fonts else 0
    changed = {"digits": digits, "grade": grade, "font": fonts[(at + 3 * variant) % len(fonts)]}
    return {key: value for key, value in settings.items() if key not in ("dpi", "bilevel", "turned", "order")} | changed


def as_grade(source: Source, grade: str) -> Source:
    """The same letters in a scan of another grade; a packet of that grade, and a born-digital one, stay as they are."""
    if source.settings["grade"] in (grade, "digital"):
        return source
    kept = {key: value for key, value in source.settings.items() if key not in ("dpi", "bilevel")}
    return dataclasses.replace(source, settings=kept | {"grade": grade})


def _dpi(settings: dict[str, Any]) -> int | None:
    """Dots per inch of the scan; none for a born-digital packet."""
    found: int | None = settings.get("dpi", GRADES.get(settings["grade"]))
    return found


def _write_scan(pages: list[Image.Image], settings: dict[str, Any], dpi: int, rng: random.Random, path: Path) -> None:
    """An image-only PDF of A4 pages; some lie sideways or upside down in the file (``turned``: page → degrees)."""
    grain = np.random.default_rng(rng.randrange(2**32))
    scans = [wear(scan(page, settings["grade"], dpi, grain), settings.get("wear", []), grain) for page in pages]
    for page, degrees in settings.get("turned", {}).items():
        scans[int(page) - 1] = scans[int(page) - 1].rotate(-degrees, expand=True)
    coding = {"quality": JPEG_QUALITY[settings["grade"]]}
    if settings.get("bilevel"):
        scans, coding = [bilevel(page) for page in scans], {}
    scans[0].save(path, "PDF", save_all=True, append_images=scans[1:], resolution=dpi, creationDate=EPOCH,
                  modDate=EPOCH, **coding)


def main(argv: list[str] | None = None) -> int:
    """Command line: the committed set by default, ``--all`` for it and its variants under ``samples/made``."""
    parser = argparse.ArgumentParser(prog="python -m samples.make", description="Makes packets with truth files.")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--all", action="store_true", help=f"{VARIANTS} variants of every packet, into samples/made")
    kind.add_argument("--grade", choices=GRADES, help="scans of this grade whatever their own, into samples/made")
    parser.add_argument("--out", type=Path, help="folder for the two halves (default: samples, or samples/made)")
    parser.add_argument("--truth", action="store_true", help="write truth files only, leave the PDFs as they are")
    parser.add_argument("--only", help="make only packets whose stem begins so")
    options = parser.parse_args(argv)
    out = options.out or (HERE / "made" if options.all or options.grade else HERE)
    with chromium() as browser:
        for source in load_all():
            if options.only and not source.stem.startswith(options.only):
                continue
            folder = out / source.half
            folder.mkdir(parents=True, exist_ok=True)
            chosen = as_grade(source, options.grade) if options.grade else source
            for variant in range(VARIANTS if options.all else 1):
                print(make(browser, chosen, folder, variant, options.truth))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
