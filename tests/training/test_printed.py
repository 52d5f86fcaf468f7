"""Made printed numbers: pictures for the network, and what they say."""

from __future__ import annotations

from random import Random

import numpy as np

from ocr.printed.signs import HEIGHT, SIGNS, WIDTH
from training.printed.compose import entry


def test_entries_are_pictures_with_ink_and_say_what_the_network_can_tell() -> None:
    made = [entry(Random(seed)) for seed in range(40)]
    for one in made:
        assert one.picture.shape[0] == HEIGHT and one.picture.shape[1] <= WIDTH
        assert one.text and set(one.text) <= set(SIGNS)
        assert one.picture.max() > 0.5
    texts = "".join(one.text for one in made)
    assert set("๐๑๒๓๔๕๖๗๘๙0123456789/.ว") <= set(texts)


def test_the_same_seed_makes_the_same_entry() -> None:
    one, other = entry(Random(5)), entry(Random(5))
    assert one.text == other.text and np.array_equal(one.picture, other.picture)
