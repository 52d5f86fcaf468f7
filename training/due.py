"""How much each sign counts around a day or a period that no listed phrase settles (``parsing.fields.weighing``).

    python -m training.due [--cases FILE …] [--show] [--fit]

Learns from letters whose deadlines are known: the packets of ``samples/build`` as printed, and the bodies of
``tests/parsing/cases/deadlines.toml``. The days that are weighed later have no listed phrase, so the phrases of known
deadlines are cut out, and something plain put in their place. A logistic regression whose signs may speak for a
deadline or against it, each one way only, so that little material cannot teach it nonsense. Prints, for each group of
material (one letter of the packets' names, or the bodies), what weights learned from all others say of it; ``--fit``
writes the weights learned from everything to ``parsing/data/due.json``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from letters import DateRole, LetterDate, Line, Page, Source
from letters.text import arabic
from parsing.dates import find_dates
from parsing.fields.around import Place
from parsing.fields.attending import attends
from parsing.fields.backwards import backwards
from parsing.fields.counted import Period, is_open, periods_of
from parsing.fields.cues import cue_of, period_cue
from parsing.fields.history import history_spans
from parsing.fields.roles import fact_role, is_plan
from parsing.fields.weighing import Weights, chance, signs_around, signs_of
from parsing.flow import Flow, mended, rows_of
from parsing.parts import Part
from parsing.sheet import Sheet
from parsing.split import split_packet

BUILD = Path("samples/build")
CASES = (Path("tests/parsing/cases/deadlines.toml"),)
PERIODS = Path("tests/parsing/cases/periods.toml")
WRITTEN = dt.date(2023, 6, 5)  # the letters of the periods
OUT = Path("parsing/data/due.json")
PLAIN = ("", "วันที่ ", "ในวันที่ ", " คือ ", " ถึงวันที่ ", " (")  # what stands before a day in a cut phrase's place
RIDGE, STEPS, RATE = 1.0, 4000, 0.02
SURE, DOUBT = 0.9, 0.6  # of days
WEAK, STRONG = 0.7, 0.5  # of periods: with words that limit other things too, and with such as limit what is asked for
LIMITS = ("ภายใน", "ใน", "ไม่เกิน", "อย่างช้า")  # what stands before a period in its own limit's place
# Signs that can only speak for a deadline; all others can only speak against it.
FOR = frozenset((
    "limit", "takes_in", "until", "close", "at_last", "hands", "too_late", "finish", "asked", "asked close", "item",
    "ends", "wish above", "soon", "bracket", "colon", "then_purpose", "then_and", "is", "from receipt", "from letter",
    "strong",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """A letter's body: whose material, its text, the letter's date, dates of cited letters, the days that bind, and how
    many periods without a day do (``None``: that is not told)."""

    group: str
    flow: Flow
    written: LetterDate
    cited: tuple[LetterDate, ...]
    due: frozenset[str]
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A day with its signs. ``due``: whether it binds; ``open``: whether the phrases leave it open, as it stands;
    ``weight``: how much it counts."""

    group: str
    signs: frozenset[str]
    due: bool
    open: bool
    weight: float
    words: str


def _day(iso: str) -> LetterDate:
    return LetterDate.of(dt.date.fromisoformat(iso))


def bodies_of_cases(path: Path) -> Iterator[Body]:
    """Bodies of a file of cases."""
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        page = Page(1, tuple(map(Line, case["body"].strip("\n").split("\n"))), Source.TEXT)
        due = frozenset(str(day) for day in case["due"])
        yield Body(
            path.stem, Flow(tuple(rows_of(page))), _day(str(case["date"])), (), due, case["kinds"].count("relative")
        )


def bodies_of_periods(path: Path) -> Iterator[Body]:
    """Sentences with a period that is asked to be kept, or told."""
    known = tomllib.loads(path.read_text(encoding="utf-8"))
    told = [(words, 0) for words in known["told"]] + [(f"ด้วยมีงานต้องทำ {words}", 1) for words, _ in known["asked"]]
    for words, count in told:
        page = Page(1, (Line(words),), Source.TEXT)
        yield Body(path.stem, Flow(tuple(rows_of(page))), LetterDate.of(WRITTEN), (), frozenset(), count)


def bodies_of_packet(path: Path) -> Iterator[Body]:
    """Bodies of a packet's letters, as its truth prints them."""
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    texts = ((item["page"], tuple(map(Line, item["text"].split("\n")))) for item in truth["page_text"])
    split = split_packet([mended(Page(number, lines, Source.TEXT)) for number, lines in texts])
    letters = {min(letter["pages"]): letter for letter in truth["letters"] if letter["date"]}
    for segment in split.letters:
        letter = letters.get(min(segment.pages))
        if letter:
            cited = tuple(_day(item["date"]) for item in letter["references"] if item.get("date"))
            due = frozenset(item["date"] for item in letter["deadlines"] if item.get("date"))
            flow = Sheet.of(segment.rows).part(Part.BODY)
            periods = [item for item in letter["deadlines"] if item["kind"] == "relative"]
            counted = None if any(item.get("optional") for item in periods) else len(periods)
            yield Body(path.stem[0], flow, _day(letter["date"]), cited, due, counted)


def examples(body: Body) -> Iterator[Example]:
    """The days of a body that a phrase or nothing makes deadlines: known ones with their phrases cut out, and those
    left open. Days that are over, cited, or history are none."""
    history = history_spans(body.flow.text)
    for found in find_dates(body.flow.text, near=body.written.earliest):
        value = found.reading.value
        if value is None or value.latest < body.written.earliest:
            continue
        place = Place.of(body.flow.text, found, value)
        role = fact_role(place, history, body.written, body.cited)
        if role not in (DateRole.CITED, DateRole.HISTORY):
            yield from _examples_of(body, place, role)


def _examples_of(body: Body, place: Place, role: DateRole | None) -> Iterator[Example]:
    text, found, value = body.flow.text, place.found, place.value
    cue = cue_of(place) or period_cue(place)
    plan = role in (DateRole.OTHER, DateRole.EVENT) and is_plan(place.before)
    attended = not cue and (role is None or plan) and attends(text, place, plan=plan)
    due = not attended and not {day.latest.isoformat() for day in (value, found.first) if day}.isdisjoint(body.due)
    words = f"{place.before[-60:]}⟦{found.reading.printed}⟧{place.after[:40]}".replace("\n", " ")
    signs = signs_of(text, found, value, body.written)
    if cue is None:
        yield Example(body.group, signs, due, role is None and not attended, 0.5 if attended else 1.0, words)
        return
    yield Example(body.group, signs, due, False, 0.3, words)
    for plain in PLAIN:
        cut = text[: found.start - len(cue)] + plain + text[found.start :]
        moved = len(plain) - len(cue)
        there = replace(found, start=found.start + moved, end=found.end + moved)
        yield Example(body.group, signs_of(cut, there, value, body.written), due, due, 1 / len(PLAIN), words)


def examples_of_periods(body: Body) -> Iterator[Example]:
    """The periods of a body that are open, each with other words for its limit too; where it is not plain which of them
    bind, none."""
    text, history = arabic(body.flow.text), history_spans(body.flow.text)
    if body.counted is None or any(backwards(body.flow, history)):
        return
    periods = [period for period in periods_of(text) if is_open(text, period, history)]
    strong = [period for period in periods if not period.weak]
    if body.counted not in (0, len(strong), len(periods)):
        return
    for period in periods:
        binds = body.counted == len(periods) or (body.counted > 0 and not period.weak)
        yield from _examples_of_period(body, text, period, binds)


def _examples_of_period(body: Body, text: str, period: Period, binds: bool) -> Iterator[Example]:
    words = f"{period.before[-60:]}⟦{text[period.start : period.end]}⟧{period.after[:40]}".replace("\n", " ")
    signs = signs_around(text, period.start, period.end)
    yield Example(body.group, signs | period.signs(), binds, True, 1.0, words)
    for limit in LIMITS:
        weak = "strong" if limit == "ภายใน" else "weak"
        yield Example(
            body.group, signs | (period.signs() - {"weak", "strong"}) | {weak}, binds, False, 0.25 / len(LIMITS), words
        )


def learned(known: Sequence[Example], sure: float = SURE, doubt: float = DOUBT) -> Weights:
    """Weights learned from examples, with their thresholds: logistic regression, each sign held to its own side."""
    names = sorted({sign for example in known for sign in example.signs})
    seen = np.array([[name in example.signs for name in names] for example in known], float)
    due, weight = np.array([example.due for example in known], float), np.array([one.weight for one in known])
    side = np.array([1.0 if name in FOR else -1.0 for name in names])
    counts, base = np.zeros(len(names)), 0.0
    for _ in range(STEPS):
        off = weight * (1 / (1 + np.exp(-seen @ counts - base)) - due)
        counts -= RATE * (seen.T @ off + RIDGE * counts) / 10
        counts = np.where(counts * side > 0, counts, 0.0)
        base -= RATE * float(off.sum()) / 10
    signs = {name: round(float(count), 3) for name, count in zip(names, counts, strict=True) if abs(count) > 0.005}
    return Weights(round(base, 3), sure, doubt, signs)


def report(known: Sequence[Example], without: str, show: bool) -> str:
    """What weights learned from all other material say of one group's days: recall of the deadlines whose phrases were
    cut out, and how many of the open days that bind nobody would be taken for deadlines, or called doubtful."""
    by = learned([one for one in known if one.group != without])
    told = [(chance(one.signs, by), one) for one in known if one.group == without and one.open]
    bound, free = [sure for sure, one in told if one.due], [sure for sure, one in told if not one.due]
    lines = [
        f"{without:14} at {at:.2f}: deadlines {sum(sure >= at for sure in bound)} of {len(bound)}"
        f"  others {sum(sure >= at for sure in free)} of {len(free)}"
        for at in (DOUBT, 0.8, SURE, 0.95)
    ]
    wrong = sorted(((sure, one.words) for sure, one in told if not one.due and sure >= DOUBT), reverse=True)
    return "\n".join(lines + ([f"    {sure:.2f} {words}" for sure, words in wrong] if show else []))


def _told(known: Sequence[Example], sure: float, doubt: float, *, show: bool) -> Weights:
    """Prints how the weights generalise and what they are; gives those learned from everything."""
    for group in sorted({one.group for one in known}):
        print(report(known, group, show))
    by = learned(known, sure, doubt)
    for sign, count in sorted(by.signs.items(), key=lambda item: item[1]):
        print(f"{count:7.2f} {sign}")
    return by


def main() -> None:
    """Reads the material, prints how the weights generalise, and writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, nargs="*", default=CASES)
    parser.add_argument("--show", action="store_true", help="show what would be taken wrongly")
    parser.add_argument("--fit", action="store_true", help="write the weights learned from everything")
    asked = parser.parse_args()
    bodies = [body for path in asked.cases for body in bodies_of_cases(path)]
    bodies += [body for path in sorted(BUILD.glob("*.json")) for body in bodies_of_packet(path)]
    print("days")
    days = _told([example for body in bodies for example in examples(body)], SURE, DOUBT, show=asked.show)
    print("periods")
    bodies += bodies_of_periods(PERIODS)
    counted = [example for body in bodies for example in examples_of_periods(body)]
    periods = _told(counted, WEAK, STRONG, show=asked.show)
    if asked.fit:
        OUT.write_bytes(msgspec.json.format(msgspec.json.encode({"days": days, "periods": periods}), indent=1) + b"\n")


if __name__ == "__main__":
    main()
