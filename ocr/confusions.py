"""What the reader takes for what: P(read | printed) per character, measured on the model that is in use.

The table (``ocr/models/confusions.tsv``) is made with every model by ``training/evaluate.py`` and names the model in
its first line, so that who weighs rival readings by it can say by which measurement. It is not symmetric: ๗ is read for
๓ at another rate than ๓ for ๗.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from letters.errors import DamagedFile

MEASURED = Path(__file__).parent / "models" / "confusions.tsv"
_NOTHING = "∅"
_HEAD = re.compile(r"#\s*model:\s*(?P<version>\S+)")
_UNSEEN = 0.5  # of one sighting: what was never seen in the measurement is rare, not impossible
_FIELDS = 4


@dataclass(frozen=True, slots=True)
class ConfusionTable:
    """How often each printed character was read as what. ``version`` is the model's name and fingerprint, as
    ``letters.Page.reader`` has it (``tha_saraban:1a2b3c4d``).

    ``counts`` by (printed, read), ``totals`` by printed character; the empty text stands for nothing there.
    """

    version: str
    counts: Mapping[tuple[str, str], int]
    totals: Mapping[str, int]
    characters: int

    def likelihood(self, read: str, printed: str) -> float:
        """P(read | printed) of single characters, above 0 and at most 1.

        ``read`` empty: the printed character was lost. ``printed`` empty: the read one was added, as a rate for each
        character of the text. Never seen pairs get what half a sighting would give. Raises ``ValueError`` for texts of
        more than one character or two empty ones.
        """
        if len(read) > 1 or len(printed) > 1 or not (read or printed):
            raise ValueError(f"single characters wanted, not {read!r} and {printed!r}")
        total = self.totals.get(printed, 0) if printed else self.characters
        if total == 0:
            return 1.0 if read == printed else _UNSEEN / max(1, self.characters)
        return min(1.0, max(self.counts.get((printed, read), 0), _UNSEEN) / total)

    def text_likelihood(self, read: str, printed: str) -> float:
        """P(read | printed) of short texts (a number, a word): that of the likeliest way to align them.

        Texts are compared character by character in time ``len(read) * len(printed)``.
        """
        above = [1.0]
        for extra in read:
            above.append(above[-1] * self.likelihood(extra, ""))
        for char in printed:
            row = [above[0] * self.likelihood("", char)]
            for place, seen in enumerate(read):
                row.append(
                    max(
                        above[place] * self.likelihood(seen, char),
                        above[place + 1] * self.likelihood("", char),
                        row[place] * self.likelihood(seen, ""),
                    )
                )
            above = row
        return above[-1]

    def speaks_for(self, reader: str) -> bool:
        """Whether it was measured on the model that read a page (``letters.Page.reader``)."""
        return self.version in reader


@cache
def load(path: Path = MEASURED) -> ConfusionTable:
    """The measured table. Raises :class:`letters.errors.DamagedFile` if the file is none or names no model."""
    lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    named, rows = _HEAD.match(lines[0]), lines[2:]
    if named is None:
        raise DamagedFile(path.name, "the first line names no model")
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for row in rows:
        fields = row.split("\t")
        if len(fields) != _FIELDS or not fields[2].isdigit():
            raise DamagedFile(path.name, f"not a row of the table: {row!r}")
        printed, read = ("" if field == _NOTHING else field for field in fields[:2])
        counts[printed, read] = int(fields[2])
        totals[printed] = totals.get(printed, 0) + int(fields[2])
    return ConfusionTable(named["version"], counts, totals, sum(count for char, count in totals.items() if char))
