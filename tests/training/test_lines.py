"""Line images: drawn the same every time, framed as the reader frames them, labelled with what is shown."""

from __future__ import annotations

import struct
from random import Random

import cv2
import numpy as np
import pytest

from training.damage import ALONE, GRADES
from training.faces import Face, cabinet
from training.lines import compose, sample
from training.lstmf import LineImage, pack_lines
from training.render import Setting, draw, printed

pytestmark = pytest.mark.skipif(not cabinet("teach").families, reason="no Thai face is installed")


def face_of(family: str) -> Face:
    """The regular face of a family, or a skip where it is not installed."""
    found = [faces[0] for part in ("teach", "test") for faces in cabinet(part).families if faces[0].family == family]
    return found[0] if found else pytest.skip(f"{family} is not installed")


def test_the_same_seed_and_index_give_the_same_image() -> None:
    for index in range(10):
        first, second = sample(4, index), sample(4, index)
        assert first.text == second.text
        assert np.array_equal(first.image, second.image)


@pytest.mark.parametrize("grade", GRADES)
def test_lines_are_dark_on_light_and_large_enough_to_read(grade: str) -> None:
    for index in range(10):
        image = sample(4, index, grade=grade).image
        assert image.dtype == np.uint8
        assert np.median(image) > 120
        assert image.min() < image.max() - 60
        assert min(image.shape) >= 8


@pytest.mark.parametrize("harm", ALONE)
def test_every_harm_changes_the_image(harm: str) -> None:
    shelf = cabinet("teach")
    clean, harmed = (compose(4, 3, "teach", shelf, ALONE[name], name, Random("x")) for name in ("none", harm))
    assert clean.text == harmed.text
    assert harm == "none" or not np.array_equal(clean.image, harmed.image)


def test_sarabun_it9_is_labelled_with_the_thai_digits_it_draws() -> None:
    assert printed("ที่  มท 0810/ว 6", face_of("TH SarabunIT9")) == "ที่ มท ๐๘๑๐/ว ๖"
    assert printed("ว 6", face_of("Garuda")) == "ว 6"


def test_faces_are_scaled_to_one_letter_height() -> None:
    heights = []
    for family in ("Garuda", "Norasi", "Laksaman"):
        rows = np.flatnonzero(draw("ก", face_of(family), Setting(60)).ink.max(axis=1) > 127)
        heights.append(rows[-1] - rows[0])
    assert max(heights) - min(heights) <= 3


def test_held_out_faces_are_not_taught() -> None:
    taught, tested = ({faces[0].family for faces in cabinet(part).families} for part in ("teach", "test"))
    assert not taught & tested


def test_lines_file_holds_count_picture_and_text() -> None:
    line = LineImage(cv2.imencode(".png", np.full((10, 30), 255, np.uint8))[1].tobytes(), 30, 10, "ว ๖")
    content = pack_lines([line, line], "two")
    assert struct.unpack("<I", content[:4]) == (2,)
    assert content.count(line.png) == 2
    assert content.count("ว ๖".encode()) == 4
    assert content.count(struct.pack("<4h", 0, 0, 30, 10)) == 2
