"""Lines of text: the same every time, within the character set, both digit styles alike."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from training.charset import ARABIC_DIGITS, CHARACTERS, THAI_DIGITS
from training.corpus import held_out, load
from training.text import KINDS, in_style, line, tidy


def test_the_same_seed_and_index_give_the_same_line() -> None:
    assert [line(3, index) for index in range(200)] == [line(3, index) for index in range(200)]


def test_other_seeds_and_parts_give_other_lines() -> None:
    first, other_seed, other_part = (
        [line(seed, index, part).text for index in range(50)]
        for seed, part in ((1, "teach"), (2, "teach"), (1, "test"))
    )
    assert first != other_seed
    assert first != other_part


def test_lines_hold_only_characters_the_model_can_write() -> None:
    used = Counter("".join(line(1, index).text for index in range(8000)))
    assert set(used) - set(CHARACTERS) == {" "}
    assert min(used[character] for character in CHARACTERS) >= 5, "a character is hardly ever taught"


def test_both_digit_styles_come_equally_often() -> None:
    used = Counter("".join(line(1, index).text for index in range(4000)))
    thai, arabic = (sum(used[digit] for digit in digits) for digits in (THAI_DIGITS, ARABIC_DIGITS))
    assert 0.8 < thai / arabic < 1.25


def test_every_kind_of_line_comes() -> None:
    assert {line(1, index).kind for index in range(500)} == set(KINDS)


@pytest.mark.parametrize(("text", "shown"), [
    ("ที่ มท 0810.7/ว 908", "ที่ มท ๐๘๑๐.๗/ว ๙๐๘"),
    ("โทร. 0 2241 9000 e-mail a1@dla.go.th", "โทร. ๐ ๒๒๔๑ ๙๐๐๐ e-mail a1@dla.go.th"),
])
def test_thai_style_leaves_latin_words_alone(text: str, shown: str) -> None:
    assert in_style(text, "thai") == shown
    assert in_style(text, "arabic") == text


@pytest.mark.parametrize(("raw", "one_form"), [
    ("นํ้า", "น้ำ"), ("นํา", "นำ"), ("น้ํา", "น้ำ"), ("เเละ", "และ"), ("ก่ี", "กี่"), ("  ก   ข ", "ก ข"),
])
def test_one_form_for_one_look(raw: str, one_form: str) -> None:
    assert tidy(raw) == one_form


def test_test_words_are_never_taught() -> None:
    for name in ("words", "places", "sentences"):
        taught, tested = set(load("teach").lists[name]), set(load("test").lists[name])
        assert tested
        assert not taught & tested
        assert all(held_out(entry) for entry in tested)


def test_letter_numbers_take_every_odd_form() -> None:
    text = "\n".join(line(1, index).text for index in range(3000) if line(1, index).kind == "number")
    for form in (r"ที่[ก-ฮ]", r"/ว\.", r"/ ?ว ?[\d๐-๙]", r" / ", r"\(กวจ\)|\([ก-ฮ]{3}\)", r"ว ?[0๐]", r"/ป "):
        assert re.search(form, text), form
