"""Scores of the engine become shares, and digits that may be others give their words rivals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import Alternative, Box, Ink
from letters.text import arabic
from ocr.rivals import LEAST, TABLE, Choices, Sign, Table, rivals, sign, table
from ocr.tesseract import default_languages, named
from ocr.words import Piece, assemble

SHIPPED = table(named(default_languages()))


def choices(*pairs: tuple[str, float]) -> Choices:
    return tuple(Alternative(*pair) for pair in pairs)


def word(*signs: Sign) -> Piece:
    return Piece("".join(one.text for one in signs), 0.9, Box(0, 0, 10 * len(signs), 20), signs=signs)


def test_the_table_is_that_of_the_shipped_model() -> None:
    assert SHIPPED.model == named(default_languages()), "run python -m bench.rivals --fit"
    assert TABLE.is_file()


def test_another_model_has_no_table() -> None:
    assert table("tha:12345678") == Table()
    assert sign("๕", choices(("๕", 0.6), ("๔", 0.5)), 0.93, Table()) == Sign("๕", 0.6)


def test_another_version_of_the_model_keeps_the_table() -> None:
    assert table(SHIPPED.model.partition(":")[0] + ":00000000") == SHIPPED


@pytest.mark.parametrize(("read", "other"), [("๕", "๔"), ("๓", "๗"), ("5", "9")])
def test_what_the_engine_thought_of_is_a_rival(read: str, other: str) -> None:
    seen = sign(read, choices((read, 0.6), (other, 0.62)), 0.93, SHIPPED)
    assert seen.others[0].text == other and seen.others[0].probability >= LEAST
    assert seen.right < sign(read, choices((read, 0.97)), 0.93, SHIPPED).right


def test_in_a_line_read_badly_little_is_sure() -> None:
    for read in "๕5กA":
        badly, well = (sign(read, choices((read, 0.9)), line, SHIPPED).right for line in (0.5, 0.95))
        assert badly < well


def test_rivals_are_of_the_script_that_was_read() -> None:
    assert sign("๕", choices(("๕", 0.6), ("4", 0.6)), 0.93, SHIPPED).others[0].text == "๔"


def test_the_same_digit_of_the_other_script_is_no_rival() -> None:
    assert "๐" not in [one.text for one in sign("๐", choices(("๐", 0.6), ("0", 0.6)), 0.93, SHIPPED).others]


def test_a_plain_digit_has_none() -> None:
    assert sign("๙", choices(("๙", 0.96)), 0.93, SHIPPED).others == ()


def test_letters_are_surer_than_the_engine_says() -> None:
    assert sign("ก", choices(("ก", 0.93)), 0.93, SHIPPED).right > 0.95
    assert sign("ก", choices(("ก", 0.4)), 0.93, SHIPPED).right < sign("ก", choices(("ก", 0.9)), 0.93, SHIPPED).right


@given(st.sampled_from("0123456789๐๑๒๓๔๕๖๗๘๙"), st.floats(0, 1),
       st.lists(st.tuples(st.sampled_from("0123456789๐๑๒๓๔๕๖๗๘๙กอ/ "), st.floats(0, 1)), max_size=5), st.floats(0, 1))
def test_shares_of_a_digit_are_a_distribution(
        read: str, score: float, others: list[tuple[str, float]], line: float) -> None:
    seen = sign(read, choices((read, score), *others), line, SHIPPED)
    assert 0 <= seen.right <= 1
    assert seen.right + sum(one.probability for one in seen.others) <= 1.001
    assert all(arabic(one.text) != arabic(read) for one in seen.others)


def test_the_curve_lowers_a_share_and_raises_its_rivals() -> None:
    plain, bent = replace(SHIPPED, curve=()), replace(SHIPPED, curve=((0.0, 0.0), (0.9, 0.6), (1.0, 1.0)))
    read = choices(("๕", 0.6), ("๔", 0.62))
    before, after = sign("๕", read, 0.93, plain), sign("๕", read, 0.93, bent)
    assert after.right < before.right
    assert [one.text for one in after.others][:1] == [one.text for one in before.others][:1] == ["๔"]
    assert after.others[0].probability > before.others[0].probability
    assert after.right + sum(one.probability for one in after.others) <= 1.001


def test_a_words_rivals_change_one_digit_each() -> None:
    five, one = Sign("๕", 0.8, choices(("๔", 0.15), ("๘", 0.05))), Sign("๑", 0.9, choices(("๓", 0.1)))
    assert rivals([Sign("/", 0.5), five, one]) == choices(("/๔๑", 0.135), ("/๕๓", 0.08), ("/๘๑", 0.045))
    assert rivals([Sign("๕", 0.02, choices(("๔", 0.9))), Sign("๑", 0.01)]) == ()  # both doubtful: no single change is


def test_rivals_come_with_the_words_of_a_line() -> None:
    line = assemble([word(Sign("ว", 0.99)), word(Sign("๕", 0.8, choices(("๔", 0.15))))], [])
    assert line is not None
    (only,) = line.words
    assert (only.text, only.confidence, only.ink) == ("ว๕", 0.895, Ink.PRINT)
    assert only.rivals == choices(("ว๔", 0.15))
    assert line.confidence == 0.9


def test_an_entry_by_hand_is_told_from_print() -> None:
    entry = Piece("๑๒", 0.7, Box(20, 0, 30, 20), choices(("๑๓", 0.2)))
    line = assemble([word(Sign("/", 1.0)), entry], [])
    assert line is not None
    assert [(one.text, one.ink) for one in line.words] == [("/", Ink.PRINT), ("๑๒", Ink.HAND)]
    assert line.words[1].rivals == choices(("๑๓", 0.2))
