from __future__ import annotations
from letters.page import Page
from ocr.pdf import TextLayer

def layer_page(number: int, layer: TextLayer, dpi: int, size: tuple[int, int]) -> Page | None:
    return None
