"""The measure itself: right is 1.0, a planted fault lowers the figure it should, and only that one."""

from __future__ import annotations

import copy
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from bench.scoring import ROWS, grades, score, score_folder, table

SAMPLES = Path("samples/build")
SHARED = Path("../shared/score.py")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return json.loads((SAMPLES / "b01-info-admin.json").read_text(encoding="utf-8"))


def figures(truth: dict[str, Any], read: dict[str, Any]) -> dict[str, float | None]:
    tally = score(truth, read)
    return {label.strip(): tally.value(measure, form) for label, measure, form in ROWS}


def test_the_truth_itself_is_right(truth: dict[str, Any]) -> None:
    for label, value in figures(truth, truth).items():
        assert value in (None, 0.0 if label.startswith("CER") else 1.0), label


def test_nothing_read_is_wrong_everywhere(truth: dict[str, Any]) -> None:
    for label, value in figures(truth, {}).items():
        assert value in (None, 1.0 if label.startswith("CER") else 0.0), label


FAULTS = {
    "date": lambda letter: letter.update(date="1999-01-01"),
    "subject": lambda letter: letter.update(subject="อย่างอื่น"),
    "recipients F1": lambda letter: letter["recipients"].append("ผู้อื่น"),
    "references F1": lambda letter: letter["references"].pop(),
    "deadlines precision": lambda letter: letter["deadlines"].append({"date": "1999-01-01"}),
    "deadlines recall": lambda letter: letter["deadlines"].clear(),
    "signatory": lambda letter: letter.update(signatory=None),
    "number exact": lambda letter: letter["number"].update(serial="1"),
    "urgency": lambda letter: letter.update(urgency="ด่วนมาก"),
    "CER": lambda letter: letter.update(text=letter["text"][100:]),
}


@pytest.mark.parametrize("label", FAULTS)
def test_a_planted_fault_is_seen(truth: dict[str, Any], label: str) -> None:
    read = copy.deepcopy(truth)
    FAULTS[label](next(letter for letter in read["letters"] if letter["references"] and letter["deadlines"]))
    value = figures(truth, read)[label]
    assert value is not None
    assert value > 0 if label == "CER" else value < 1


def test_a_letter_not_found_lowers_segmentation(truth: dict[str, Any]) -> None:
    read = {**truth, "letters": truth["letters"][1:]}
    value = figures(truth, read)["segmentation F1"]
    assert value is not None
    assert value < 1


@pytest.mark.skipif(not SHARED.exists(), reason="the shared measure is not beside this checkout")
def test_agrees_with_the_shared_measure(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("shared_score", SHARED)
    assert spec
    assert spec.loader
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    for path in SAMPLES.glob("*.json"):
        packet = json.loads(path.read_text(encoding="utf-8"))
        for place, letter in enumerate(packet["letters"]):
            list(FAULTS.values())[place % len(FAULTS)](letter) if letter["references"] and letter["deadlines"] else None
        (tmp_path / path.name).write_text(json.dumps(packet), encoding="utf-8")
    theirs = shared.score(str(tmp_path), str(SAMPLES))["grades"]["overall"]
    ours = score_folder(SAMPLES, tmp_path)["all"]
    for name, measure in (
        ("segmentation", "segmentation"),
        ("recipients", "recip"),
        ("references", "ref"),
        ("deadlines", "dl"),
    ):
        theirs_key = {"recip": "recipients", "ref": "references", "dl": "deadlines"}.get(measure, measure)
        assert ours.value(name, "f1") == pytest.approx(theirs[theirs_key]["f1"]), name
    for name in ("number", "date", "urgency", "subject"):
        assert ours.value(name, "share") == pytest.approx(theirs[name]), name
    assert "| date |" in table(grades(score_folder(SAMPLES, tmp_path)))
