"""Estimates the model's numbers: counts on letters whose links are known, then slope and shift on invented archives, so
that its probabilities come true."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

from bench.link_counts import Numbers, counted
from bench.link_noise import World, world
from bench.link_score import told
from chain import weights
from chain.weights import Weights
from letters.codec import dump

_RATES = (0.0, 0.01, 0.02, 0.05, 0.1)
_SEED = 11
_STEPS = 400
_DATA = Path(str(resources.files("chain").joinpath("data/weights.json")))


def fit(chains: int, samples: Iterable[World] = (), *, write: bool = False) -> str:
    """The numbers that move, as they are and as they should be; ``write``: keeps them as the next version of the model.

    ``samples`` are real-looking archives that the numbers are counted on. Slope and shift are told for the numbers in
    use, so they are fitted in a second call, after the counts were written.
    """
    now, known = weights.load(), list(samples)
    new = counted(known, now) if known else _calibrated(chains, now)
    if write:
        _write(now, new)
    was = json.loads(dump(now))
    return "\n".join(f"{name}: {json.dumps(was[name])} → {json.dumps(value)}" for name, value in new.items())


def _calibrated(chains: int, now: Weights) -> Numbers:
    found = [one for rate in _RATES for one in told(world(chains, rate, _SEED))]
    scores = [(_raw(one.score, now), one.right) for one in found if one.chose is not None and 0 < one.score < 1]
    slope, shift = _logistic(scores)
    return {"slope": round(slope, 4), "shift": round(shift, 4)}


def _write(now: Weights, new: Numbers) -> None:
    number = int(now.version.split("-")[1]) + ("slope" not in new)
    data = json.loads(dump(now)) | new | {"version": f"links-{number}"}
    _DATA.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _raw(score: float, now: Weights) -> float:
    """Log odds before slope and shift."""
    score = min(max(score, 1e-6), 1 - 1e-6)
    return (math.log(score / (1 - score)) - now.shift) / now.slope


def _logistic(scores: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift of P(right) by Newton's method."""
    slope, shift = 1.0, 0.0
    for _ in range(_STEPS):
        gs = gi = hss = hsi = hii = 0.0
        for x, right in scores:
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
