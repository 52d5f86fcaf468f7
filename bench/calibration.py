"""Whether 0.9 means nine in ten: confidences of the parser against truth, on the build samples after OCR.

    python -m bench.calibration [--samples samples/build] [--rounds 2] [--work DIR] [--fit] [--json FILE]

Each packet is read as it is and, in further rounds, scanned once more by the samples' own degrading (``office``, then
``poor``). Curves are fitted on the packets of one half and tried on those of the other, and the other way round, so
that no letter is judged by a curve that saw it; the table is of these trials. ``--fit`` then fits on all packets and
writes ``parsing/data/calibration.json``. ``--work`` keeps what was read, so that a second run needs no OCR.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from rapidfuzz.fuzz import partial_ratio

from bench.scoring import alike, key, pair, squeeze
from letters import ContactKind, Letter, LetterNumber, Page
from letters.codec import dump, load
from ocr import Limits, Reader, open_document, read_page
from parsing import packet_json, parse_packet
from parsing.confidence import Calibration, fitted
from samples.degrade import scan

SHIPPED = Path("parsing/data/calibration.json")
GRADES = ("", "office", "poor")  # of the rounds; the first reads the packet as it is
BINS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
FIELDS = (
    *("kind", "number", "date", "urgency", "secrecy", "issuer", "subject", "salutation", "recipient", "enclosure"),
    *("reference number", "reference date", "deadline", "action", "signatory", "contact", "received stamp"),
)
LIKE = 85  # of 100: two wordings of one request
Sample = tuple[str, float, bool]  # field, own confidence, right
RAW = Calibration()
PRIOR = 4
SUREST = 0.99


# --- reading ---------------------------------------------------------------------------------------------------------


def read(path: Path, grade: str, work: Path) -> tuple[Page, ...]:
    """A packet's pages as read, scanned once more at a grade if one is given; kept in ``work``."""
    kept = kept_in(work, path, grade)
    if not kept.is_file():
        kept.write_bytes(dump(tuple(_pages(path, grade, Reader()))))
    return load(kept.read_bytes(), tuple[Page, ...])


def kept_in(work: Path, path: Path, grade: str) -> Path:
    """Where the pages of a packet at a grade are kept, by the reader's version."""
    name = hashlib.sha256(f"{Reader().version} {path.stem} {grade}".encode()).hexdigest()[:16]
    return work / f"{path.stem}-{grade or 'as-is'}-{name}.json"


def _pages(path: Path, grade: str, reader: Reader) -> Iterator[Page]:
    with open_document(path, Limits(seconds=600)) as document, tempfile.TemporaryDirectory() as folder:
        for number in range(1, document.page_count + 1):
            if not grade:
                yield read_page(document, number, reader)
                continue
            seed = hashlib.sha256(f"{path.stem} {number} {grade}".encode()).digest()[:4]
            grain = np.random.default_rng(int.from_bytes(seed))
            dpi = document.dpi(number)
            again = Path(folder) / f"{number}.png"
            scan(document.image(number).convert("RGB"), grade, dpi, grain).save(again, dpi=(dpi, dpi))
            with open_document(again, Limits(seconds=600)) as single:
                yield replace(read_page(single, 1, reader), number=number)


# --- what was right --------------------------------------------------------------------------------------------------


def samples(pages: Sequence[Page], truth: dict[str, Any], by: Calibration) -> Iterator[Sample]:
    """Every value of a packet with its confidence and whether it is right; of letters that are none, all are wrong."""
    packet = parse_packet(truth["packet"], pages, by)
    found = packet_json(packet)["letters"]
    partners = pair(truth["letters"], found)
    true = {partner: one for one, partner in zip(truth["letters"], partners, strict=True)}
    for place, letter in enumerate(packet.letters):
        yield from _of_letter(letter, true.get(place, {}))


def _of_letter(letter: Letter, true: dict[str, Any]) -> Iterator[Sample]:
    wanted = true.get("number") or {}
    serials = [wanted.get("serial"), *wanted.get("alternatives", [])]
    numbers = {key({**wanted, "serial": serial}) for serial in serials} if wanted else set()
    if letter.number.value and (wanted or not true):
        yield "number", letter.number.confidence, _key(letter.number.value) in numbers
    if letter.date.value and letter.date.value.date and (true.get("date") or not true):
        days = {true.get("date"), *true.get("date_alternatives", [])}
        yield "date", letter.date.confidence, letter.date.value.iso in days
    for name in ("urgency", "secrecy", "issuer", "subject"):
        reading = getattr(letter, name)
        if reading.value and (name in ("urgency", "secrecy") or true.get(name) or not true):
            yield name, reading.confidence, bool(true.get(name)) and alike(true[name], reading.value)
    cited = {key(item["number"]): item["date"] for item in true.get("references", []) if item.get("number")}
    for reference in letter.references:
        number = reference.number.value
        if number:
            yield "reference number", reference.number.confidence, _key(number) in cited
        if number and _key(number) in cited and reference.date.value and reference.date.value.date:
            yield "reference date", reference.date.confidence, reference.date.value.iso == cited[_key(number)]
    due = {item["date"] for item in true.get("deadlines", [])}
    for deadline in letter.deadlines:
        if deadline.date:
            yield "deadline", deadline.confidence, deadline.date.latest.isoformat() in due
    yield from _of_entries(letter, true)


def _of_entries(letter: Letter, true: dict[str, Any]) -> Iterator[Sample]:
    """Form and salutation, and whatever comes as a list."""
    yield "kind", letter.form.confidence, letter.kind.value == true.get("kind")
    if letter.salutation and (true.get("addressed_as") or not true):
        yield "salutation", letter.salutation.confidence, letter.salutation.value == true.get("addressed_as")
    for recipient in letter.recipients:
        right = any(alike(name, recipient.name) for name in true.get("recipients", []))
        yield "recipient", recipient.confidence, right
    for enclosure in letter.enclosures:
        words = " จำนวน ".join(part for part in (enclosure.text, enclosure.count) if part)
        yield "enclosure", enclosure.confidence, any(alike(text, words) for text in true.get("enclosures", []))
    for action in letter.actions:
        asked = (partial_ratio(squeeze(text), squeeze(action.text)) >= LIKE for text in true.get("actions", []))
        yield "action", action.confidence, any(asked)
    if letter.signatory and (true.get("signatory") or not true):
        named = (true.get("signatory") or {}).get("name")
        yield "signatory", letter.signatory.confidence, bool(named) and alike(named, letter.signatory.name)
    for contact in letter.contacts:
        if contact.kind is not ContactKind.FAX:
            said = {_plain(value) for value in true.get(f"{contact.kind.value}s", [])}
            yield "contact", contact.confidence, _plain(contact.value) in said
    days = {stamp.get("date") for stamp in true.get("received_stamps", [])}
    for stamp in letter.received_stamps:
        if stamp.date and stamp.date.date:
            yield "received stamp", stamp.confidence, stamp.date.iso in days


def _plain(value: str) -> str:
    """A telephone number by its digits without the extension, an address as it is."""
    address = "@" in value or "/" in value or re.search("[a-z]", value)
    return squeeze(value) if address else re.sub(r"[\s.()–-]|ต่อ.*", "", value)


def _key(number: LetterNumber) -> Any:
    parts = {"code": number.code, "agency": number.agency, "circular": number.circular, "serial": number.serial}
    return key(parts)


# --- curves ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pool:
    """Values of like confidence: from ``low`` to ``high``, ``total`` of their confidences, ``right`` of ``count``."""

    low: float
    high: float
    total: float
    right: int
    count: int

    def join(self, other: Pool) -> Pool:
        """Both pools as one."""
        total, right, count = self.total + other.total, self.right + other.right, self.count + other.count
        return Pool(min(self.low, other.low), max(self.high, other.high), total, right, count)

    @property
    def share(self) -> float:
        """The share right, with ``PRIOR`` values more that are as right as was said; never a certainty."""
        return min(SUREST, (self.right + PRIOR * self.total / self.count) / (self.count + PRIOR))


def curve(pairs: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """Isotonic regression (pool adjacent violators) of right on confidence: rising (confidence, share right) points.

    A pool gives its two ends; below the lowest confidence seen the curve falls to nothing, so that a doubt that the
    samples never had is still a doubt.
    """
    said: dict[float, list[bool]] = defaultdict(list)
    for sure, right in pairs:
        said[round(sure, 4)].append(right)
    pools: list[Pool] = []
    for sure, rights in sorted(said.items()):
        pools.append(Pool(sure, sure, sure * len(rights), sum(rights), len(rights)))
        while len(pools) > 1 and pools[-2].right * pools[-1].count >= pools[-1].right * pools[-2].count:
            last = pools.pop()
            pools[-1] = pools[-1].join(last)
    ends = [(end, pool.share) for pool in pools for end in dict.fromkeys((pool.low, pool.high))]
    shares = np.maximum.accumulate([share for _, share in ends])
    points = [(0.0, 0.0), *((end, float(share)) for (end, _), share in zip(ends, shares, strict=True))]
    return tuple((round(end, 4), round(share, 4)) for end, share in points)


def fit(found: Sequence[Sample], reader: str) -> Calibration:
    """Curves for all fields that have samples."""
    by_field: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for name, sure, right in found:
        by_field[name].append((sure, right))
    return Calibration(reader, {name: curve(pairs) for name, pairs in sorted(by_field.items())})


def trials(halves: Sequence[Sequence[Sample]]) -> list[Sample]:
    """The samples of each half with the confidence that the curves of the other half give them."""
    tried = []
    for own, other in ((0, 1), (1, 0)):
        by = fit(halves[other], "")
        tried += [(name, by.sure(name, sure), right) for name, sure, right in halves[own]]
    return tried


# --- tables ----------------------------------------------------------------------------------------------------------


def table(found: Sequence[Sample]) -> str:
    """Rows of bins: how many, mean confidence, share right; for all fields together."""
    lines = ["| confidence | values | said | right |", "|---|---:|---:|---:|"]
    for low, high in pairwise(BINS):
        inside = [(sure, right) for _, sure, right in found if low <= sure < high or sure == high == BINS[-1]]
        if inside:
            said, right = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            lines.append(f"| {low:.2f}–{high:.2f} | {len(inside)} | {said:.3f} | {right:.3f} |")
    return "\n".join(lines)


def error(found: Sequence[Sample]) -> float:
    """Expected calibration error: the mean distance between said and right over the bins, weighed by their values."""
    total = 0.0
    for low, high in pairwise(BINS):
        inside = [(sure, right) for _, sure, right in found if low <= sure < high or sure == high == BINS[-1]]
        total += abs(sum(sure for sure, _ in inside) - sum(right for _, right in inside))
    return total / max(1, len(found))


def fields(raw: Sequence[Sample], tried: Sequence[Sample]) -> str:
    """Rows of fields: values, share right, mean confidence before and after, errors before and after."""
    heads = ("field", "values", "right", "said before", "said after", "error before", "error after")
    lines = [f"| {' | '.join(heads)} |", "|---|" + "---:|" * 6]
    for name in (*FIELDS, "all"):
        before, after = ([item for item in every if name in (item[0], "all")] for every in (raw, tried))
        if before:
            right, own, said = (
                float(np.mean(values))
                for values in ([item[2] for item in before], [item[1] for item in before], [item[1] for item in after])
            )
            row = f"| {name} | {len(before)} | {right:.3f} | {own:.3f} | {said:.3f} "
            lines.append(f"{row}| {error(before):.3f} | {error(after):.3f} |")
    return "\n".join(lines)


def main() -> None:
    """Prints the tables; fits and writes the shipped calibration when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--samples", type=Path, default=Path("samples/build"))
    parser.add_argument("--rounds", type=int, default=2, choices=(0, 1, 2), help="times each is scanned again")
    parser.add_argument("--work", type=Path, help="folder that keeps what was read")
    parser.add_argument("--kept", action="store_true", help="leave out what that folder does not hold yet")
    parser.add_argument("--fit", action="store_true", help=f"write {SHIPPED}")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = asked.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        halves: list[list[Sample]] = [[], []]
        for place, path in enumerate(sorted(asked.samples.glob("*.pdf"))):
            truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            for grade in GRADES[: asked.rounds + 1]:
                if not asked.kept or kept_in(work, path, grade).is_file():
                    halves[place % 2] += samples(read(path, grade, work), truth, RAW)
    raw, tried = [*halves[0], *halves[1]], trials(halves)
    version = Reader().version
    print(f"reader {version}; shipped calibration: {fitted().reader or 'none'}\n")
    print(f"As the finders say it\n\n{table(raw)}\n\nCalibrated, each half by the other\n\n{table(tried)}\n")
    print(fields(raw, tried))
    if asked.fit:
        SHIPPED.write_bytes(msgspec.json.format(msgspec.json.encode(fit(raw, version)), indent=1) + b"\n")
    if asked.json:
        figures = {name: error([item for item in tried if item[0] == name]) for name in FIELDS}
        figures["all"] = error(tried)
        asked.json.write_text(json.dumps({"reader": version, "errors": figures}), encoding="utf-8")


if __name__ == "__main__":
    main()
