"""How well running numbers and days by hand are read: made entries, the samples, and real scans where present.

    python -m bench.handwriting [--folders samples/build samples/check ../shared/real] [--made 1500] [--json FILE]

Made entries are put together of digits that training never saw (where the sets lie beside the project). In the folders
only the first page of each letter is read; numbers of orders (of another form) and days of stamped letters (in a seal)
are left out. An entry counts as accepted when it is likelier than the threshold. Folders are small: shares have the
interval that holds the true one in 95 of 100 cases (Wilson).
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letters import Ink, Page
from letters.text import arabic
from ocr import Limits, Reader, open_document, read_page
from ocr.handwriting.find import is_given
from ocr.handwriting.model import MODELS, temperature
from training.handwriting.evaluate import accuracy, held_out, outcomes, reliability
from training.handwriting.ways import DIGITS, load

FOLDERS = (Path("samples/build"), Path("samples/check"), Path("../shared/real"))
THRESHOLD = 0.95
_DEVIATIONS = 1.96  # of a normal distribution, within which 95 of 100 lie
_NUMBER = re.compile(
    r"^\W*ท.{0,14}?[^ก-ฮ]{0,18}/\s*(?:ว\s?\.?\s?)?(?P<entry>(?:[ปงสค]\s?)?[\d.]*(?:\s?\d+)*)")
_DAY = re.compile(
    r"(?:^|\s\s|วันท\S{1,2}\s*)\W*(?P<entry>\d?\s{0,2}\d?)[\W\d]{0,3}(?:[ก-ฮ]|เม)(?!งวัน)[^\d/]{3,22}25\d\d+\W*$")


@dataclass(frozen=True, slots=True)
class Case:
    """One number or day of a letter: what it is and how it was made (``number by hand``), the readings that count as
    right, the likeliest reading and its probability, the other readings, whether it was ``looked_at`` as an entry by
    hand, and whether it was ``put_in``: a reading too unlikely is only offered to a person."""

    group: str
    file: str
    right: tuple[str, ...]
    first: str
    trust: float
    rivals: tuple[str, ...]
    looked_at: bool = False
    put_in: bool = True

    @property
    def among_five(self) -> bool:
        """Whether a right reading is the first or a rival."""
        return any(text in self.right for text in (self.first, *self.rivals)[:5])


def cases(folder: Path, reader: Reader) -> Iterator[Case]:
    """All numbers and days of a folder's letters."""
    for truth_file in sorted(folder.glob("*.json")):
        truth = json.loads(truth_file.read_text("utf-8"))
        scan = next((path for path in folder.glob(f"{truth_file.stem}.*") if path.suffix != ".json"), None)
        if scan is None or truth.get("grade") == "digital":
            continue
        with open_document(scan, Limits()) as document:
            for letter in truth["letters"]:
                page = read_page(document, letter.get("pages", [1])[0], reader)
                yield from _letter_cases(truth_file.stem, letter, page)


def _letter_cases(file: str, letter: dict[str, Any], page: Page) -> Iterator[Case]:
    number = letter.get("number") or {}
    kind = letter.get("kind", "external")
    if kind != "order" and number.get("serial") and "/" in (number.get("printed") or ""):
        by_hand = number.get("serial_handwritten", letter.get("number_style") == "handwritten")
        serials = [number["serial"], *(one["serial"] if isinstance(one, dict) else one
                                       for one in number.get("alternatives", ()))]
        yield _case(f"number {'by hand' if by_hand else 'typed'}", file, tuple(map(_plain, serials)), page, _NUMBER)
    if kind != "stamped" and letter.get("date"):
        days = [letter["date"], *letter.get("date_alternatives", ())]
        style = "by hand" if letter.get("date_day_handwritten") else "typed"
        yield _case(f"day {style}", file, tuple(str(int(day[8:])) for day in days), page, _DAY)


def _case(group: str, file: str, right: tuple[str, ...], page: Page, pattern: re.Pattern[str]) -> Case:
    head = [line for line in page.lines if line.box and line.box.top < 0.4 * page.height]
    given = [line for line in page.lines if pattern is _DAY and is_given(line.text)]
    for line in given or head:
        match = pattern.search(arabic(line.text))
        if match is None:
            continue
        entry = next((word for word in line.words if word.ink is Ink.HAND and ("." not in word.text)
                      and _plain(word.text) in (_plain(match["entry"]), "")), None)
        first = _plain(match["entry"])
        if entry is None:
            return Case(group, file, right, first, 1.0, ())
        ranked = [(_plain(one.text), one.probability) for one in entry.rivals]
        if first:
            ranked.insert(0, (first, entry.confidence))
        best, trust = ranked[0] if ranked else ("", 0.0)
        return Case(group, file, right, best, trust, tuple(text for text, _ in ranked[1:]), True, bool(first))
    return Case(group, file, right, "", 0.0, ())


def _plain(text: str) -> str:
    """Arabic digits without ว; a day or number is compared as a figure."""
    return re.sub(r"\s", "", arabic(text)).replace("ว", "").strip(".")


def interval(right: int, count: int) -> tuple[float, float]:
    """From where to where a share lies, by so many right of so many, with 95 % confidence (Wilson's score interval)."""
    if not count:
        return 0.0, 1.0
    share, spread = right / count, _DEVIATIONS**2 / count
    middle, half = share + spread / 2, _DEVIATIONS * math.sqrt(share * (1 - share) / count + spread / count / 4)
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def _between(right: int, count: int) -> str:
    """A share in hundredths with its interval."""
    low, high = interval(right, count)
    return f"{100 * right / max(1, count):.0f} % ({100 * low:.0f}–{100 * high:.0f})"


def summary(found: list[Case]) -> dict[str, dict[str, Any]]:
    """By group: how many; first readings right, right among five, with their intervals; wrong ones above the
    threshold."""
    figures = {}
    for group in sorted({case.group for case in found}):
        some = [case for case in found if case.group == group]
        sure = [case for case in some if case.trust >= THRESHOLD and case.first]
        first, five = sum(case.first in case.right for case in some), sum(case.among_five for case in some)
        figures[group] = {
            "entries": len(some), "looked at": sum(case.looked_at for case in some),
            "first": first, "first, %": _between(first, len(some)),
            "put in of these": sum(case.first in case.right and case.put_in for case in some),
            "five": five, "five, %": _between(five, len(some)), "accepted": len(sure),
            "wrong above threshold": sum(case.first not in case.right for case in sure)}
    return figures


def _print_table(title: str, figures: dict[str, dict[str, Any]]) -> None:
    names = list(dict.fromkeys(name for row in figures.values() for name in row))
    print(f"\n## {title}\n\n| | {' | '.join(names)} |\n|---|{'---:|' * len(names)}")
    for group, row in figures.items():
        print(f"| {group} | {' | '.join(str(row.get(name, '')) for name in names)} |")


def main() -> None:
    """Prints the tables; writes them as JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folders", nargs="*", type=Path, default=[folder for folder in FOLDERS if folder.is_dir()])
    parser.add_argument("--made", type=int, default=1500, help="made entries; 0 for none")
    parser.add_argument("--cache", type=Path, help="folder that keeps pages read before")
    parser.add_argument("--verbose", action="store_true", help="every entry that was not read right")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    if asked.made and DIGITS.is_dir():
        made = outcomes(held_out(load(Path("training/work/handwriting"))[1], asked.made, MODELS), temperature())
        figures["made"] = {"accuracy": accuracy(made), "reliability": reliability(made)}
        _print_table("Made entries", accuracy(made))
        _print_table("Made entries by probability", {
            f"{low:.2f}–{high:.2f}": {"entries": count, "mean": said, "right": right}
            for low, high, count, said, right in reliability(made)})
    for folder in asked.folders:
        found = list(cases(folder, Reader(cache=asked.cache)))
        figures[str(folder)] = summary(found)
        _print_table(f"{folder}, threshold {THRESHOLD}", summary(found))
        for case in found if asked.verbose else ():
            if case.first not in case.right:
                print(case)
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
