"""How well entries are read that the network never saw: digits held out, faces held out; and how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
from rapidfuzz.distance import Levenshtein

from letters.text import THAI_DIGITS
from ocr.handwriting.decode import Beliefs, Kind, Scores, readings, typed
from ocr.handwriting.model import views
from training.handwriting.compose import Composer
from training.handwriting.ways import Ways

_TEMPERATURES = (0.6, 0.75, 0.9, 1.0, 1.15, 1.3, 1.6)
_SEED = 77
BINS = (0.0, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True, slots=True)
class Held:
    """A held-out entry as the network saw it: its true ``text`` without a slash, ``typed`` or by hand or neither."""

    text: str
    typed: bool | None
    seen: list[Scores]

    @property
    def group(self) -> str:
        """Script of an entry by hand, or typed, or neither."""
        if self.typed is None:
            return "stamped or nothing"
        return "typed" if self.typed else "thai" if set(self.text) & set(THAI_DIGITS) else "arabic"


def held_out(ways: Ways, count: int, models: Sequence[Path]) -> list[Held]:
    """So many entries, the same ones every time."""
    composer, rng = Composer(ways, "test"), Random(_SEED)
    entries = [composer.entry(rng) for _ in range(count)]
    return [Held(entry.text.lstrip("/"), entry.typed, views(entry.crop, models)) for entry in entries]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one entry gave: its group, whether the first reading and one of five is right, the first one's
    probability, its digits and how many of them are wrong, and whether print was told from hand."""

    group: str
    first: bool
    five: bool
    trust: float
    digits: int
    wrong: int
    told: bool


def outcomes(entries: Sequence[Held], temperature: float) -> list[Outcome]:
    """What the entries give at a temperature; the script beside them is believed known, as it mostly is."""
    found = []
    for entry in entries:
        thai = 0.92 if set(entry.text) & set(THAI_DIGITS) else 0.08
        ranked = readings(entry.seen, Kind.NUMBER, Beliefs(thai, 0.3, year=0.1), temperature)
        texts, trust = [one.text for one in ranked], ranked[0].probability if ranked else 0.0
        best = texts[0] if texts else ""
        found.append(Outcome(entry.group, best == entry.text, entry.text in texts, trust, len(entry.text),
                             Levenshtein.distance(best, entry.text), (typed(entry.seen) >= 0.5) == entry.typed))
    return found


def calibrated(entries: Sequence[Held]) -> float:
    """The temperature at which first readings are right as often as they say (least log loss)."""
    return min(_TEMPERATURES, key=lambda value: _log_loss(outcomes(entries, value)))


def _log_loss(found: Sequence[Outcome]) -> float:
    trust = np.clip([one.trust for one in found], 1e-4, 1 - 1e-4)
    return float(-np.log(np.where([one.first for one in found], trust, 1 - trust)).mean())


def accuracy(found: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """By group: how many, shares of first readings right, of five, of signs right, of print told from hand."""
    figures = {}
    for group in ("thai", "arabic", "typed", "stamped or nothing"):
        some = [one for one in found if one.group == group]
        if some:
            figures[group] = {
                "entries": len(some), "first": _share([one.first for one in some]),
                "five": _share([one.five for one in some]),
                "signs": round(1 - sum(one.wrong for one in some) / max(1, sum(one.digits for one in some)), 4),
                "told from print": _share([one.told for one in some])}
    return figures


def reliability(found: Sequence[Outcome]) -> list[tuple[float, float, int, float, float]]:
    """By probability given (from, to): how many, their mean probability, and the share that is right."""
    rows = []
    for low, high in pairwise(BINS):
        some = [one for one in found if low <= one.trust < high or (high == 1.0 and one.trust == 1.0)]
        if some:
            rows.append((low, high, len(some), round(float(np.mean([one.trust for one in some])), 3),
                         _share([one.first for one in some])))
    return rows


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4)
