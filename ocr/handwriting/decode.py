"""From the network's scores to ranked readings with probabilities: CTC under what numbers and days can be.

An entry is written in one script, mostly that of the print beside it, so each script is read by itself and both are
weighed. Days are picked from 1 to 31; running numbers by a beam over what CTC allows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from letters.page import Alternative
from letters.text import THAI_DIGITS, thai
from ocr.ctc import BLANK, LogColumns, beam, likelihoods, log_softmax
from ocr.handwriting.signs import ARABIC_DIGITS, OTHERS, SIGNS, TYPED

_KEPT = 5
# Digits of running numbers and of received ones (in build samples, rounded: provinces receive more than they send).
_LENGTHS = {1: 0.03, 2: 0.1, 3: 0.3, 4: 0.52, 5: 0.04, 6: 0.01}
_RECEIVED_LENGTHS = {1: 0.02, 2: 0.05, 3: 0.25, 4: 0.5, 5: 0.16, 6: 0.02}
_DOTTED, _NOTHING = 0.05, 0.1
_AGREED = 4.0  # two readers who err alike are no two witnesses
_GRAMMAR = re.compile(r"(?P<slash>/?)(?P<kept>ว?(?P<digits>[0-9๐-๙]{1,6})(?P<part>\.[0-9๐-๙]{1,3})?"
                      r"(?P<year>/[0-9๐-๙]{2,4})?)")

Scores = NDArray[np.float32]   # (channels, columns) as the network gives them
Candidate = tuple[str, str, float]  # a text as CTC reads it, as it is kept, and its prior


class Kind(StrEnum):
    """What an entry is: a running number, perhaps with ว, the number of a received stamp, the day of a date; the hour
    of a received stamp, which is not read here."""

    NUMBER = "number"
    RECEIVED = "received"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What is known before looking: the share of ``thai`` digits, of numbers that begin with ว (``mark``), what another
    reader ``heard``, the share of numbers that end in a ``year`` (1290/66), how usual a leading ``zero`` is, and how
    likely a ``slash`` was cut out with the entry (else what looks like one is a 1)."""

    thai: float = 0.5
    mark: float = 0.3
    heard: str = ""
    year: float = 0.01
    zero: float = 0.1
    slash: float = 0.2


def typed(views: Sequence[Scores]) -> float:
    """How likely the entry is print, 0–1."""
    return float(np.mean([1 / (1 + np.exp(-view[TYPED].mean())) for view in views]))


def readings(views: Sequence[Scores], kind: Kind, beliefs: Beliefs,
             temperature: float = 1.0) -> tuple[Alternative, ...]:
    """The five best readings of an entry seen in several ``views``, best first, with their probabilities. What is
    missing to one is the chance of other readings or of nothing to read. Scores are divided by ``temperature``."""
    columns = [log_softmax(view[:TYPED].T.astype(np.float64) / temperature) for view in views]
    if kind is Kind.DAY:
        columns = [_without(one, "ว.") for one in columns]
        return _ranked(columns, _heard(_days(beliefs), beliefs))
    lengths = _RECEIVED_LENGTHS if kind is Kind.RECEIVED else _LENGTHS
    return _ranked(columns, _heard(_numbers(columns, beliefs, lengths), beliefs))


def _heard(candidates: Sequence[Candidate], beliefs: Beliefs) -> list[Candidate]:
    """What another reader read too is likelier."""
    return [(text, kept, share * (_AGREED if kept == beliefs.heard else 1.0)) for text, kept, share in candidates]


def _days(beliefs: Beliefs) -> list[Candidate]:
    days = [str(day) for day in range(1, 32)]
    return [(before + text, text, share * slash)
            for form, share in ((str, 1 - beliefs.thai), (thai, beliefs.thai)) for text in map(form, days)
            for before, slash in (("", 1 - beliefs.slash), ("/", beliefs.slash))]


def _numbers(columns: Sequence[LogColumns], beliefs: Beliefs, lengths: Mapping[int, float]) -> list[Candidate]:
    """Texts worth scoring."""
    found: list[Candidate] = []
    for digits, share in ((THAI_DIGITS, beliefs.thai), (ARABIC_DIGITS, 1 - beliefs.thai)):
        for text in sorted({text for view in columns for text in beam(view, digits + OTHERS, SIGNS)} | {beliefs.heard}):
            match = _GRAMMAR.fullmatch(text)
            if match and set(text) <= set(digits + OTHERS):
                found.append((text, match["kept"], share * _likely(match, beliefs, lengths)))
    return found


def _likely(match: re.Match[str], beliefs: Beliefs, lengths: Mapping[int, float]) -> float:
    """How usual such a number is, whatever its digits."""
    mark = beliefs.mark if "ว" in match["kept"] else 1 - beliefs.mark
    year = beliefs.year if match["year"] else 1 - beliefs.year
    zero = beliefs.zero if match["digits"][0] in "0๐" else 1.0
    slash = beliefs.slash if match["slash"] else 1 - beliefs.slash
    return slash * mark * year * lengths[len(match["digits"])] * zero * (_DOTTED if match["part"] else 1.0)


def _ranked(columns: Sequence[LogColumns], candidates: Sequence[Candidate]) -> tuple[Alternative, ...]:
    """Candidates by their probability, any of the views being as likely to show the entry well: one that no candidate
    fits says little. What reads the same is one."""
    texts = ["", *(text for text, _, _ in candidates)]
    prior = np.log([_NOTHING, *(share for _, _, share in candidates)])
    seen = np.logaddexp.reduce([likelihoods(view, texts, SIGNS) for view in columns])
    total: dict[str, float] = defaultdict(float)
    for (_, kept, _), share in zip(candidates, _shares(seen + prior)[1:], strict=True):
        total[kept] += float(share)
    best = sorted(total.items(), key=lambda item: -item[1])[:_KEPT]
    return tuple(Alternative(text, round(share, 4)) for text, share in best)


def _shares(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _without(columns: LogColumns, signs: Iterable[str]) -> LogColumns:
    """Columns in which these signs count as nothing: remains of print, and no part of a day."""
    places = [SIGNS.index(sign) + 1 for sign in signs]
    out = columns.copy()
    out[:, BLANK] = np.logaddexp.reduce(columns[:, [BLANK, *places]], axis=1)
    out[:, places] = -np.inf
    return out
