"""QR codes and other matrix codes on a page."""

from __future__ import annotations

import zxingcpp
from PIL import Image

from letters.page import Box, Code


def find_codes(image: Image.Image) -> tuple[Code, ...]:
    """Every code that could be read, with its box in pixels of ``image``."""
    found = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return tuple(Code(code.text, _box(code.position)) for code in found if code.text)


def _box(position: zxingcpp.Position) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return Box(min(across), min(down), max(across), max(down))
