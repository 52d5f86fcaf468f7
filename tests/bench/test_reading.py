"""The reading measure: what was read right is 1.0, and a planted error moves the figure it should, the right way."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from bench.material import Passage, Sample, passages, samples
from bench.reading import MEASURES, READER, SAME_MODEL, as_json, figures, losses, report, tally

LINES_RIGHT = "lines right with their spaces"
LINES = ("ที่ มท ๐๘๐๘.๒/ว ๑๒๙๗  กรมส่งเสริมการปกครองท้องถิ่น", "โทร. 0 2241 9000 ต่อ 4567", "ขอแสดงความนับถือ")
RIGHT = "\n".join(LINES)
LETTER = Passage("p", (1, 2), ("grade/clean", "digits/thai", "font/loma"), RIGHT, LINES, ("มท ๐๘๐๘.๒/ว ๑๒๙๗",))


def values(read: str) -> dict[str, float | None]:
    counts = tally(LETTER, read)
    return {measure.title: counts.value(measure.tally, "share") for measure in MEASURES}


def test_print_read_right_has_no_errors() -> None:
    assert values(RIGHT) == {"CER of lines": 0.0, "CER of whole letters": 0.0, "Thai digits right": 1.0,
                             "Arabic digits right": 1.0, "typed letter numbers exact": 1.0,
                             LINES_RIGHT: 1.0}


def test_nothing_read_is_all_wrong() -> None:
    assert values("") == {"CER of lines": 1.0, "CER of whole letters": 1.0, "Thai digits right": 0.0,
                          "Arabic digits right": 0.0, "typed letter numbers exact": 0.0,
                          LINES_RIGHT: 0.0}


@pytest.mark.parametrize(("fault", "worse"), [
    (("๑๒๙๗", "๑๒๕๗"), {"CER of lines", "CER of whole letters", "Thai digits right", "typed letter numbers exact"}),
    (("๑๒๙๗", "๑๒๙๗๑"), {"CER of lines", "CER of whole letters", "typed letter numbers exact"}),
    (("9000", "9O00"), {"CER of lines", "CER of whole letters", "Arabic digits right"}),
    (("ความนับถือ", "ควมนบถือ"), {"CER of lines", "CER of whole letters"}),
    (("ขอแสดง", "114288 รับที่\nขอแสดง"), {"CER of whole letters"}),
    (("ท้องถิ่น", "ท้ อ ง ถิ่ น"), {LINES_RIGHT}),
    (("๑๒๙๗  กรม", "๑๒๙๗ กรม"), set()),
    (("๑๒๙๗  กรม", "๑๒๙๗กรม"), {LINES_RIGHT}),
    (("ความนับถือ", "ควา\u0e21นับถือ"), set()),
])
def test_a_planted_fault_moves_its_own_measures(fault: tuple[str, str], worse: set[str]) -> None:
    assert fault[0] in RIGHT
    right, read = values(RIGHT), values(RIGHT.replace(*fault))
    worse = worse | {LINES_RIGHT} if "CER of lines" in worse else worse
    assert {title for title in right if right[title] != read[title]} == worse
    for measure in MEASURES:
        if measure.title in worse:
            one, other = read[measure.title], right[measure.title]
            assert one is not None
            assert other is not None
            assert measure.worse(one, other)


def test_lines_may_stand_in_another_order() -> None:
    read = values("\n".join(reversed(LINES)))
    assert (read["CER of lines"], read["Thai digits right"]) == (0.0, 1.0)
    assert read["CER of whole letters"] != 0.0


def test_a_single_digit_is_counted_by_itself() -> None:
    counts = tally(LETTER, RIGHT.replace("๙", "๓"))
    assert [counts.value(f"digit {digit}", "share") for digit in "๘๙"] == [1.0, 0.0]
    assert counts.counts["digit ๐"][:2] == [2, 2]


def read_by(**texts: str) -> dict[str, dict[tuple[str, int], str]]:
    names = {"ours": READER, "stock": "tha", "more": "tha+eng"}
    return {names[engine]: {("p", 1): text} for engine, text in texts.items()}


def test_pages_of_a_letter_are_put_together() -> None:
    first, rest = RIGHT[:40], RIGHT[40:]
    found = figures([LETTER], {READER: {("p", 1): first, ("p", 2): rest, ("q", 1): "x"}})
    assert found["all/all"][READER].value("lines", "share") == 0.0


def test_groups_are_counted_apart_and_together() -> None:
    other = dataclasses.replace(LETTER, packet="q", groups=("grade/poor", "digits/thai", "font/loma"))
    found = figures([LETTER, other], {READER: {("p", 1): RIGHT}})
    assert list(found) == ["all/all", "grade/clean", "grade/poor", "digits/thai", "font/loma"]
    assert [found[group][READER].value("lines", "share") for group in found] == [0.5, 0.0, 1.0, 0.5, 0.5]


def test_a_loss_against_either_stock_model_is_marked_and_named() -> None:
    spoilt = RIGHT.replace("9000", "9OOO")
    equal = figures([LETTER], read_by(ours=spoilt, stock=spoilt, more=spoilt))
    assert losses(equal) == []
    assert "\nNowhere worse than stock." in list(report(equal))
    lost = figures([LETTER], read_by(ours=spoilt, stock=spoilt, more=RIGHT))
    assert "Arabic digits right, font loma" in losses(lost)
    assert "Thai digits right, font loma" not in losses(lost)
    rows = [row for row in report(lost) if row.startswith("| font loma")]
    assert [row.rstrip(" |").endswith("worse") for row in rows] == [True, True, False, True, False, True]


def test_a_loss_against_the_same_model_read_bare_is_said_too() -> None:
    read = {READER: {("p", 1): RIGHT.replace("๙", "๓")}, SAME_MODEL: {("p", 1): RIGHT}}
    said = list(report(figures([LETTER], read)))
    assert "\nNowhere worse than stock." in said
    assert said[-1].startswith("\nWorse than bare Tesseract with the same model: CER of lines, all all; ")


def test_a_win_is_no_loss() -> None:
    found = figures([LETTER], read_by(ours=RIGHT, stock="", more=RIGHT.replace("๙", "๓")))
    assert losses(found) == []
    assert as_json(found)["grade/clean"]["tha"]["CER of lines"] == 1.0


def sample(**truth: object) -> Sample:
    return Sample(Path("p.pdf"), {"letters": [truth], "grade": "poor", "font": "loma"})


@pytest.mark.parametrize(("letter", "numbers"), [
    ({"number": {"printed": "ที่ มท 0808.2/ว 12"}, "number_style": "typed"}, ("มท 0808.2/ว 12",)),
    ({"number": {"printed": "ที่มท0808.2/12"}}, ("มท0808.2/12",)),
    ({"number": {"printed": "ที่ มท 0808.2/"}, "number_style": "handwritten"}, ()),
    ({"number": {"printed": "ที่ มท 0808.2/", "serial_handwritten": True}}, ()),
    ({"number": None}, ()),
    ({"references": [{"number": {"serial": "3"}, "text": "จังหวัดตาก ด่วน ที่ ตก ๐๐๒๓.๓/๓ ลงวันที่ ๑ มีนาคม ๒๕๖๕"}]},
     ("ตก ๐๐๒๓.๓/๓",)),
    ({"references": [{"number": None, "text": "ประกาศที่เกี่ยวข้อง"}]}, ()),
])
def test_typed_numbers_of_a_letter(letter: dict[str, object], numbers: tuple[str, ...]) -> None:
    (passage,) = passages(sample(pages=[1], text="ก", **letter))
    assert passage.numbers == numbers
    assert passage.groups == ("grade/poor", "digits/?", "font/loma")


def test_packets_are_chosen_by_grade_and_name(tmp_path: Path) -> None:
    for stem, grade in (("a1", "clean"), ("a2", "poor"), ("b1", "clean"), ("c1", None)):
        (tmp_path / f"{stem}.pdf").touch()
        truth = {"letters": []} | ({"grade": grade} if grade else {})
        (tmp_path / f"{stem}.json").write_text(json.dumps(truth), encoding="utf-8")
    (tmp_path / "alone.json").write_text("{}", encoding="utf-8")

    def stems(*only: str, most: int | None = None) -> list[str]:
        return [one.scan.stem for one in samples(tmp_path, only, most)]

    assert stems() == ["a1", "a2", "b1", "c1"]
    assert stems("clean") == ["a1", "b1"]
    assert stems("poor", "b") == ["a2", "b1"]
    assert stems("real") == ["c1"]
    assert stems(most=2) == ["a1", "a2"]
