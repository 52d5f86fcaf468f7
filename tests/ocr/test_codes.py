"""QR codes on pages that were scanned badly: askew, blurred, faint, noisy, in a shadow."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from ocr.codes import find_codes
from tests.ocr.paper import page_of_text

SAYS = "https://info.dla.go.th/form?id=9&year=2566"
AT = (400, 1600)


def printed(scale: int = 6, degrees: float = 0) -> Image.Image:
    """A page of text with a code whose modules are ``scale`` pixels wide."""
    barcode = zxingcpp.create_barcode(SAYS, zxingcpp.BarcodeFormat.QRCode)
    square = Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=scale)).convert("L")
    page = page_of_text().convert("L")
    page.paste(square.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255), AT)
    return page


def scanned(page: Image.Image, blur: float = 0, contrast: float = 1.0, noise: float = 0, shadow: float = 1.0,
            ) -> Image.Image:
    grey = 255 - (255 - np.asarray(page.filter(ImageFilter.GaussianBlur(blur))).astype(float)) * contrast
    grey = grey * np.linspace(shadow, 1, grey.shape[1]) + np.random.default_rng(1).normal(0, noise, grey.shape)
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("page", [
    scanned(printed()),
    scanned(printed(degrees=7)),
    scanned(printed(degrees=45)),
    scanned(printed(), blur=2),
    scanned(printed(), blur=3),
    scanned(printed(), contrast=0.15),
    scanned(printed(), noise=40),
    scanned(printed(), noise=70),
    scanned(printed(), shadow=0.35),
    scanned(printed(), contrast=0.2, shadow=0.35, blur=1.5),
    scanned(printed(scale=4, degrees=12), blur=1.2, noise=20),
    scanned(printed(scale=2), blur=0.8),
])
def test_code_of_a_poor_page(page: Image.Image) -> None:
    (code,) = find_codes(np.asarray(page))
    assert code.text == SAYS
    assert code.box
    assert AT[0] <= code.box.left < code.box.right <= AT[0] + 420
    assert AT[1] <= code.box.top < code.box.bottom <= AT[1] + 420


def test_pages_without_a_code() -> None:
    page = page_of_text()
    ImageDraw.Draw(page).rectangle((400, 1600, 600, 1800), outline="black", width=40)
    assert find_codes(np.asarray(page)) == ()
