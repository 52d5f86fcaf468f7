"""Estimates the model's numbers: how often each part of a citation agrees where it means a letter, and slope and shift
that make its probabilities true."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from bench.link_noise import world
from bench.link_score import outcomes
from chain import build_graph, weights
from chain.weights import Weights
from letters.codec import dump

_RATES = (0.0, 0.01, 0.02, 0.05, 0.1)
_SEED = 11
_STEPS = 400


def fit(chains: int, *, write: bool = False) -> str:
    """Slope and shift for archives of this size, with what they were; ``write``: as the next version of the model.

    The shift grows as the archive shrinks, because the model takes any of ``letters`` letters for possible: numbers
    from a small archive must not be written for large ones.
    """
    told: list[tuple[float, bool]] = []
    for rate in _RATES:
        made = world(chains, rate, _SEED)
        found = outcomes(build_graph(made.copies), made.letter, made.meant, made.chains)
        told += [(one.score, one.right) for one in found if one.chose is not None and 0 < one.score < 1]
    now = weights.load()
    slope, shift = _logistic([(_raw(score, now), right) for score, right in told])
    if write:
        _write(now, slope, shift)
    return (f"{len(told)} citations at noise {', '.join(f'{rate:.0%}' for rate in _RATES)}: "
            f"slope {now.slope} → {slope:.4f}, shift {now.shift} → {shift:.4f}")


def _write(now: Weights, slope: float, shift: float) -> None:
    data = json.loads(dump(now))
    number = int(now.version.split("-")[1]) + 1
    data |= {"slope": round(slope, 4), "shift": round(shift, 4), "version": f"links-{number}"}
    path = Path(str(resources.files("chain").joinpath("data/weights.json")))
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _raw(score: float, now: Weights) -> float:
    """Log odds before slope and shift."""
    score = min(max(score, 1e-6), 1 - 1e-6)
    return (math.log(score / (1 - score)) - now.shift) / now.slope


def _logistic(told: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift of P(right) by Newton's method."""
    slope, shift = 1.0, 0.0
    for _ in range(_STEPS):
        gs = gi = hss = hsi = hii = 0.0
        for x, right in told:
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * x + shift))))
            w = max(p * (1 - p), 1e-9)
            gs += (right - p) * x
            gi += right - p
            hss += w * x * x
            hsi += w * x
            hii += w
        det = hss * hii - hsi * hsi + 1e-9
        step, move = (hii * gs - hsi * gi) / det, (hss * gi - hsi * gs) / det
        slope, shift = slope + max(-0.5, min(0.5, step)), shift + max(-0.5, min(0.5, move))
        if abs(step) + abs(move) < 1e-6:
            break
    return slope, shift
