"""How long a clerk needs to check a letter on the review screen, by the keystroke-level model.

    saraban parse samples/check --out DIR
    python -m bench.reviewing DIR [--truth samples/check]

Every doubtful field costs a look at its picture and a decision; one key where the value read is right or stands among
the choices, typing where it does not. What the review list does not name but is wrong (number, date) costs nothing here
and is counted apart: nobody was called to look at it. The model is Card, Moran and Newell's (1980): 0.28 s for a key,
1.35 s to make up one's mind; a look at a cut picture is counted as another 1.35 s. No clerk was timed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.scoring import Record, key, pair, squeeze

KEY, MIND, LOOK = 0.28, 1.35, 1.35  # seconds
OVERVIEW = LOOK + MIND + KEY  # the letter as a whole, and on to the next


@dataclass(frozen=True, slots=True)
class Checked:
    """A letter's check: seconds by the model, fields looked at, fields typed anew; ``unseen``: number or date wrong
    without a call to look."""

    seconds: float
    looked: int
    typed: int
    unseen: int


def checked(truth: Record, read: Record) -> Checked:
    """What checking one letter takes, given what is printed."""
    fields = [doubt["field"].partition("[")[0] for doubt in read["review"]]
    wrong = dict(_wrong(truth, read))
    typed = [text for name, text in wrong.items() if name in fields]
    seconds = OVERVIEW + len(fields) * (LOOK + MIND + KEY) + sum(MIND + KEY * (len(text) + 1) for text in typed if text)
    return Checked(seconds, len(fields), sum(map(bool, typed)), len(set(wrong) - set(fields)))


def _wrong(truth: Record, read: Record) -> Iterator[tuple[str, str]]:
    """Number and date where they were read wrong, with what has to be typed: nothing where a choice has it."""
    if truth["number"] and key(truth["number"]) != key(read["number"]):
        printed = truth["number"]["printed"]
        rivals = (read["number"] or {}).get("rivals", ())
        yield "number", "" if any(squeeze(rival["number"]) == _plain(truth["number"]) for rival in rivals) else printed
    if truth["date"] and truth["date"] != read["date"]:
        yield "date", "00 00 0000"


def _plain(number: dict[str, Any]) -> str:
    mark = "/ว" if number["circular"] else "/"
    return squeeze(f"{number['code']}{number['agency']}{mark}{number['serial']}")


def every(truth: Path, read: Path) -> Iterator[Checked]:
    """All letters of a folder that were found."""
    for path in sorted(truth.glob("*.json")):
        found = read / path.name
        if found.exists():
            true, seen = (json.loads(one.read_text(encoding="utf-8"))["letters"] for one in (path, found))
            for letter, place in zip(true, pair(true, seen), strict=True):
                if place is not None:
                    yield checked(letter, seen[place])


def main() -> None:
    """Prints one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("read", type=Path)
    parser.add_argument("--truth", type=Path, default=Path("samples/check"))
    options = parser.parse_args()
    found = list(every(options.truth, options.read))
    seconds = [one.seconds for one in found]
    looked, typed, unseen = (sum(column) for column in zip(*((one.looked, one.typed, one.unseen) for one in found),
                                                           strict=True))
    print(f"{len(found)} letters; seconds a letter: median {median(seconds):.1f}, 95th percentile "
          f"{quantiles(seconds, n=20)[-1]:.1f}, most {max(seconds):.1f}; fields looked at {looked}, typed {typed}; "
          f"wrong without a call to look {unseen}")


if __name__ == "__main__":
    main()
