"""How well packets were read: what ``saraban parse`` wrote against truth files of the same shape.

Letters are paired by their first page, what is left by the largest overlap of pages; a true letter without a partner is
wrong in every field. Deadlines and references are compared as sets per letter, recipients and subjects at a likeness of
0.9. Character error rates leave out white space, invisible characters and dot leaders. Truth of real scans names chosen
lines instead of the whole text: each is compared with the most similar stretch of what was read.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from letters.text import arabic, mend

ALIKE = 0.9
Record = Mapping[str, Any]
Key = tuple[str, str, bool, str]

ROWS = (
    ("segmentation F1", "segmentation", "f1"),
    ("number exact", "number", "share"),
    ("  owner code", "owner", "share"),
    ("  typed running numbers", "typed", "share"),
    ("  handwritten running numbers", "handwritten", "share"),
    ("date", "date", "share"),
    ("urgency", "urgency", "share"),
    ("subject", "subject", "share"),
    ("recipients F1", "recipients", "f1"),
    ("references F1", "references", "f1"),
    ("references with date F1", "dated references", "f1"),
    ("deadlines precision", "deadlines", "precision"),
    ("deadlines recall", "deadlines", "recall"),
    ("deadlines F1", "deadlines", "f1"),
    ("signatory", "signatory", "share"),
    ("CER", "cer", "share"),
    ("CER of chosen lines", "lines", "share"),
)


@dataclass(slots=True)
class Tally:
    """Counts by measure: (right, of) for shares, (right, wrong, missed) for sets."""

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))

    def add(self, measure: str, *numbers: int) -> None:
        """Adds to a measure's counts."""
        for place, number in enumerate(numbers):
            self.counts[measure][place] += number

    def add_sets(self, measure: str, truth: set[Any], read: set[Any]) -> None:
        """Adds what two sets share, what only the reading has, and what it lacks."""
        self.add(measure, len(truth & read), len(read - truth), len(truth - read))

    def merge(self, other: Tally) -> None:
        """Adds all of another tally."""
        for measure, numbers in other.counts.items():
            self.add(measure, *numbers)

    def value(self, measure: str, form: str) -> float | None:
        """A measure as ``share``, ``precision``, ``recall`` or ``f1``; ``None`` where nothing was there to measure."""
        right, wrong, missed = self.counts[measure]
        if form == "share":
            return right / wrong if wrong else None
        if not right + wrong + missed:
            return None
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        if form == "f1":
            return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return precision if form == "precision" else recall


def squeeze(text: Any) -> str:
    """Text as it is compared: one shape for ำ and แ, no white space, no leaders of dots."""
    plain = re.sub(r"\s+", "", mend(str(text or "")))
    return re.sub(r"[.…·_]{4,}", "", plain)


def alike(one: Any, other: Any) -> bool:
    """Whether two texts agree in nine characters of ten."""
    a, b = squeeze(one), squeeze(other)
    longest = max(len(a), len(b))
    return longest == 0 or 1 - Levenshtein.distance(a, b) / longest >= ALIKE


def key(number: Record | None) -> Key | None:
    """A number's parts in Arabic digits without blanks; ``None`` for an empty one."""
    if not number:
        return None
    code, agency, serial = (
        re.sub(r"\s", "", arabic(str(number.get(part) or ""))).strip("." if part != "serial" else "")
        for part in ("code", "agency", "serial")
    )
    parts = (code, agency, bool(number.get("circular")), serial)
    return parts if code or agency or serial else None


def score(truth: Record, read: Record) -> Tally:
    """The tally of one packet."""
    tally = Tally()
    letters, found = list(truth["letters"]), list(read.get("letters") or [])
    tally.add_sets(
        "segmentation", {min(letter["pages"]) for letter in letters}, {min(letter["pages"]) for letter in found}
    )
    partners = pair(letters, found)
    for letter, partner in zip(letters, partners, strict=True):
        _score_letter(tally, letter, found[partner] if partner is not None else {})
    for place, letter in enumerate(found):
        if place not in partners:
            tally.add("recipients", 0, len(letter["recipients"]), 0)
            tally.add_sets("references", set(), _references(letter))
            tally.add_sets("dated references", set(), _dated(letter))
            tally.add_sets("deadlines", set(), _days(letter))
    return tally


def pair(letters: list[Record], found: list[Record]) -> list[int | None]:
    """For each true letter the place of the read one: by first page, then by most pages in common."""
    partners: list[int | None] = [
        next((place for place, other in enumerate(found) if min(other["pages"]) == min(letter["pages"])), None)
        for letter in letters
    ]
    for index, letter in enumerate(letters):
        if partners[index] is None:
            shared = [
                (len(set(letter["pages"]) & set(other["pages"])), -place)
                for place, other in enumerate(found)
                if place not in partners
            ]
            best = max(shared, default=(0, 0))
            partners[index] = -best[1] if best[0] else None
    return partners


def _score_letter(tally: Tally, truth: Record, read: Record) -> None:
    _score_number(tally, truth, read)
    if truth.get("date"):
        tally.add("date", int(read.get("date") in {truth["date"], *truth.get("date_alternatives", [])}), 1)
    tally.add("urgency", int(bool(read) and _urgency(truth) == _urgency(read)), 1)
    if truth.get("subject"):
        tally.add("subject", int(alike(truth["subject"], read.get("subject"))), 1)
    if truth.get("signatory"):
        name = re.sub(r"[()]", "", (read.get("signatory") or {}).get("name") or "")
        tally.add("signatory", int(bool(name) and alike(truth["signatory"]["name"], name)), 1)
    _score_recipients(tally, truth["recipients"], read.get("recipients") or [])
    tally.add_sets("references", _references(truth), _references(read))
    tally.add_sets("dated references", _dated(truth), _dated(read))
    optional = {item["date"] for item in truth["deadlines"] if item.get("optional")}
    binding = {item["date"] for item in truth["deadlines"] if item["date"] and not item.get("optional")}
    tally.add_sets("deadlines", binding, _days(read) - (optional - binding))
    _score_text(tally, truth, read)


def _score_number(tally: Tally, truth: Record, read: Record) -> None:
    number = truth.get("number")
    if not number:
        return
    accepted = {key(number), *(key({**number, "serial": serial}) for serial in number.get("alternatives") or [])}
    got = key(read.get("number"))
    by_hand = (
        truth.get("number_style", "typed") != "typed"
        or number.get("serial_handwritten")
        or number.get("serial_stamped")
    )
    tally.add("number", int(got in accepted), 1)
    tally.add("owner", int(got is not None and got[:2] == (key(number) or ("", ""))[:2]), 1)
    tally.add("handwritten" if by_hand else "typed", int(got in accepted), 1)


def _score_recipients(tally: Tally, truth: list[str], read: list[str]) -> None:
    left, right = list(read), 0
    for name in truth:
        match = next((other for other in left if alike(name, other)), None)
        if match is not None:
            left.remove(match)
            right += 1
    tally.add("recipients", right, len(left), len(truth) - right)


def _score_text(tally: Tally, truth: Record, read: Record) -> None:
    text = squeeze(read.get("text"))
    if truth.get("text"):
        whole = squeeze(truth["text"])
        tally.add("cer", min(Levenshtein.distance(whole, text), len(whole)) if text else len(whole), len(whole))
    for line in truth.get("typed_lines", []):
        tally.add("lines", nearest(squeeze(line), text), len(squeeze(line)))


def nearest(line: str, text: str) -> int:
    """Edits between a line and the stretch of the text most like it."""
    return min(len(line), Levenshtein.distance(line, closest(line, text)))


def closest(line: str, text: str) -> str:
    """The stretch of the text most like a line; empty if either is."""
    place = partial_ratio_alignment(line, text) if line and text else None
    if place is None:
        return ""
    spare = len(line) // 10 + 2
    starts = range(max(0, place.dest_start - spare), place.dest_start + spare + 1)
    ends = range(max(0, place.dest_end - spare), min(len(text), place.dest_end + spare) + 1)
    first = min(starts, key=lambda start: Levenshtein.distance(line, text[start : place.dest_end]))
    last = min(ends, key=lambda end: Levenshtein.distance(line, text[first:end]))
    return text[first:last]


def _urgency(letter: Record) -> str:
    word = squeeze(letter.get("urgency"))
    return "" if word in ("ปกติ", "-") else word


def _references(letter: Record) -> set[Any]:
    return {parts for item in letter.get("references") or [] if (parts := key(item.get("number")))}


def _dated(letter: Record) -> set[Any]:
    return {(parts, item["date"]) for item in letter.get("references") or [] if (parts := key(item.get("number")))}


def _days(letter: Record) -> set[str]:
    return {item["date"] for item in letter.get("deadlines") or [] if item["date"]}


def score_folder(truth: Path, read: Path, stems: Collection[str] | None = None,
                 measure: Callable[[Record, Record], Tally] = score) -> dict[str, Tally]:
    """Tallies by grade (``real`` for files without one) and ``all`` of a folder of truth files, or of those ``stems``;
    a packet that was not read counts as empty."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for path in sorted(truth.glob("*.json")):
        if stems is not None and path.stem not in stems:
            continue
        packet = json.loads(path.read_text(encoding="utf-8"))
        written = read / path.name
        tally = measure(packet, json.loads(written.read_text(encoding="utf-8")) if written.exists() else {})
        for name in (packet.get("grade", "real"), "all"):
            tallies[name].merge(tally)
    return dict(tallies)


def table(columns: Mapping[str, Tally]) -> str:
    """The measures as a Markdown table, a column for each tally."""
    lines = ["| |" + "|".join(f" {name} " for name in columns) + "|", "|---|" + "---:|" * len(columns)]
    for label, measure, form in ROWS:
        cells = (tally.value(measure, form) for tally in columns.values())
        lines.append(f"| {label} | " + " | ".join("–" if cell is None else f"{cell:.3f}" for cell in cells) + " |")
    return "\n".join(lines)


def as_json(columns: Mapping[str, Tally]) -> dict[str, dict[str, float | None]]:
    """The same figures as plain values."""
    return {
        name: {label.strip(): tally.value(measure, form) for label, measure, form in ROWS}
        for name, tally in columns.items()
    }


def grades(
    tallies: Mapping[str, Tally], order: Iterable[str] = ("clean", "office", "poor", "digital", "real", "all")
) -> dict[str, Tally]:
    """Tallies in the order in which grades are read."""
    return {name: tallies[name] for name in order if name in tallies}
