"""What the columns of a recogniser taught with CTC say: how likely a text is, and which texts are the likeliest.

A network gives every column of a picture a share for each of its signs and for nothing (the blank, class 0); a text's
likelihood is summed over all its alignments (Graves and others, 2006)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BLANK = 0
_BEAM, _FAINT, _NEVER = 10, 1e-3, 1e-300

LogColumns = NDArray[np.float64]
"""Logarithms of shares (columns, classes): class 0 is the blank, class n the n-th of a network's signs."""


def log_softmax(values: NDArray[np.float64]) -> LogColumns:
    """Scores of columns (columns, classes) as logarithms of shares."""
    most = values.max(axis=1, keepdims=True)
    return np.asarray(values - most - np.log(np.exp(values - most).sum(axis=1, keepdims=True)))


def likelihoods(columns: LogColumns, texts: Sequence[str], signs: str) -> NDArray[np.float64]:
    """Log probability of each text (of ``signs``) under CTC: the forward pass over all alignments, all texts side by
    side."""
    longest = max(map(len, texts))
    states = np.zeros((len(texts), 2 * longest + 1), np.intp)
    for row, text in enumerate(texts):
        states[row, 1:2 * len(text):2] = [signs.index(sign) + 1 for sign in text]
    skips = np.zeros(states.shape)
    skips[:, 2:] = (states[:, 2:] != BLANK) & (states[:, 2:] != states[:, :-2])
    # Shares of each text, scaled to 1 column by column: as exact as logarithms here, and several times as fast.
    padded = np.zeros((len(texts), 2 + states.shape[1]))  # two states that nothing comes from, then the texts'
    alive, once, twice = padded[:, 2:], padded[:, 1:-1], padded[:, :-2]
    shares, scale = np.exp(columns), np.zeros(len(texts))
    alive[:, :2] = shares[0][states[:, :2]]
    for column in shares[1:]:
        most = np.maximum(alive.max(axis=1), _NEVER)
        scale += np.log(most)
        alive[:] = (alive + once + skips * twice) * column[states] / most[:, None]
    rows, ends = np.arange(len(texts)), 2 * np.array([len(text) for text in texts])
    reached = alive[rows, ends] + np.where(ends > 0, alive[rows, ends - 1], 0.0)
    return np.asarray(np.log(np.maximum(reached, _NEVER)) + scale)


def beam(columns: LogColumns, allowed: str, signs: str) -> list[str]:
    """The likeliest texts made of the ``allowed`` ones of ``signs``, best first (prefix beam search)."""
    classes = [signs.index(sign) + 1 for sign in allowed]
    alive: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # probability of ending in blank, in the last sign
    for column in np.exp(columns):
        step: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        strong = [(signs[one - 1], float(column[one])) for one in classes if column[one] > _FAINT]
        for text, (blank, sign) in alive.items():
            step[text][0] += (blank + sign) * float(column[BLANK])
            for next_sign, share in strong:
                if text.endswith(next_sign):
                    step[text][1] += sign * share
                    step[text + next_sign][1] += blank * share
                else:
                    step[text + next_sign][1] += (blank + sign) * share
        best = sorted(step.items(), key=lambda item: -sum(item[1]))[:_BEAM]
        whole = sum(sum(shares) for _, shares in best) or 1.0  # keeps long rows of columns from running out of range
        alive = {text: (shares[0] / whole, shares[1] / whole) for text, shares in best}
    return list(alive)


def plainly(columns: LogColumns, signs: str) -> str:
    """What is read by the likeliest class of every column."""
    best = columns.argmax(axis=1)
    first = np.append(True, best[1:] != best[:-1])
    return "".join(signs[one - 1] for one in best[first & (best != BLANK)])
