"""Digits that stand alone, read by the network for printed numbers."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from letters import Box
from ocr.crops import Crop
from ocr.ctc import LogColumns
from ocr.printed.alone import alone, as_digit
from ocr.printed.reread import Line, reread
from ocr.printed.signs import SIGNS
from ocr.words import Piece
from tests.ocr.paper import FONT

HIGH = 26.0


def crop(text: str, stretch: float = 1.0) -> Crop:
    page = Image.new("L", (160, 90), "white")
    font = ImageFont.truetype(str(FONT), 44, layout_engine=ImageFont.Layout.RAQM)
    ImageDraw.Draw(page).text((20, 60), text, fill=0, font=font, anchor="ls")
    return Crop(np.asarray(page), 300, 500, 0.0, stretch)


def read(text: str) -> list[Piece]:
    return [Piece(text, 0.96, Box(20, 30, 40, 60))] if text else []


def columns(sign: str, sure: float) -> LogColumns:
    rest = (1 - sure) / len(SIGNS)
    shown = [0, SIGNS.index(sign) + 1, 0]
    return np.log([[sure if place == one else rest for place in range(len(SIGNS) + 1)] for one in shown])


@pytest.mark.parametrize(("printed", "engine"), [("๓", "6"), ("3", "ร"), ("๑", "9"), ("๔", ""), ("1", "|"), ("๖", "๖")])
def test_a_digit_alone_is_what_the_network_sees(printed: str, engine: str) -> None:
    (found,) = reread([Line(crop(printed), read(engine), HIGH)])
    assert [one.text for one in found] == [printed]


@pytest.mark.parametrize("printed", ["ท", "ก"])
def test_a_letter_alone_stays_as_it_was_read(printed: str) -> None:
    (found,) = reread([Line(crop(printed), read("ที่"), HIGH)])
    assert found == read("ที่")


def test_what_is_wider_than_a_sign_or_empty_is_none() -> None:
    assert alone(crop("๑๒"), HIGH) is None
    assert alone(crop(""), HIGH) is None
    assert alone(crop("๑"), HIGH) is not None


@pytest.mark.parametrize(("sign", "sure", "changed"), [("๓", 0.999, True), ("๓", 0.9, False), ("ก", 0.999, False)])
def test_only_a_sure_digit_is_put_in(sign: str, sure: float, changed: bool) -> None:
    found = as_digit(crop("๓"), read("6"), columns(sign, sure))
    assert (found != read("6")) == changed


def test_it_stands_where_its_ink_is_in_the_image_as_read() -> None:
    (one,) = as_digit(crop("๓", stretch=1.25), [], columns("๓", 0.999))
    ink = np.argwhere(crop("๓").image < 128)
    assert (one.box.top, one.box.bottom) == pytest.approx((ink[:, 0].min(), ink[:, 0].max() + 1), abs=1)
    assert (one.box.left, one.box.right) == pytest.approx((1.25 * ink[:, 1].min(), 1.25 * (ink[:, 1].max() + 1)), abs=2)
    assert one.signs[0].right == one.confidence > 0.95
    assert {type(side) for side in (one.box.left, one.box.top)} <= {int, float}  # pages are kept as JSON
