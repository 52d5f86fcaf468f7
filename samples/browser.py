"""Debian's chromium through Playwright: breaks lines, takes page pictures, prints PDF. Nothing is fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from samples.blocks import Block
from samples.faces import Face
from samples.page import document, galley

CHROMIUM = "/usr/bin/chromium"
VIEW: ViewportSize = {"width": 794, "height": 1123}
# A new line begins where a character's box lies more than half its height under the line's.
LINES = """() => [...document.querySelectorAll('.galley')].map(element => {
  const node = element.firstChild, lines = [];
  if (!node) return [''];
  const range = document.createRange();
  let line = '', top = null;
  for (let at = 0; at < node.data.length; at++) {
    range.setStart(node, at); range.setEnd(node, at + 1);
    const box = range.getClientRects()[0];
    if (box && top !== null && box.top > top + box.height / 2) { lines.push(line.trim()); line = ''; top = box.top; }
    if (box && top === null) top = box.top;
    line += node.data[at];
  }
  return [...lines, line.trim()];
})"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser without window, GPU or network of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        try:
            yield browser
        finally:
            browser.close()


def break_lines(browser: Browser, blocks: list[Block], face: Face) -> list[list[str]]:
    """The lines of every block as the browser sets them in that face."""
    page = browser.new_page(viewport=VIEW)
    try:
        page.set_content(document([galley(block) for block in blocks], face))
        page.evaluate("document.fonts.ready.then(() => true)")
        found: list[list[str]] = page.evaluate(LINES)
    finally:
        page.close()
    return found


def pictures(browser: Browser, source: str, dpi: int) -> list[Image.Image]:
    """Every ``.page`` of a document as an RGB picture at ``dpi``."""
    page = browser.new_page(viewport=VIEW, device_scale_factor=dpi / 96)
    try:
        page.set_content(source)
        page.evaluate("document.fonts.ready.then(() => true)")
        shots = [element.screenshot() for element in page.locator(".page").all()]
    finally:
        page.close()
    return [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]


def print_pdf(browser: Browser, source: str, path: Path) -> None:
    """A document as a born-digital PDF with its text layer."""
    page = browser.new_page(viewport=VIEW)
    try:
        page.set_content(source)
        page.evaluate("document.fonts.ready.then(() => true)")
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
    finally:
        page.close()
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        for date in ("/CreationDate", "/ModDate"):  # the hour of printing would make every run differ
            pdf.docinfo[date] = "D:20200913122640Z"
        pdf.save(path, deterministic_id=True)
