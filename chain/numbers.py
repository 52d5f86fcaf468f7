"""How far apart two readings of a letter number are, part by part, in the units of :mod:`chain.score`.

A slip of the reader (a look-alike digit) or of a clerk (two digits swapped) costs less than another number does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

from chain.facts import serial_of
from letters import LetterNumber
from parsing.owners import provinces

MISSING = 1.0           # no number to compare with
MISSING_CODE = 0.3
MISSING_AGENCY = 0.4
MISSING_SERIAL = 0.8
SAME_HOUSE = 0.5        # 0806 for 0806.2: a group of the same division
OTHER_SERIES = 0.8      # ว on one side only, or another series letter
FARTHEST = 3.0


@dataclass(frozen=True, slots=True)
class Prices:
    """What one difference between two strings costs."""

    look_alike: float
    swap: float
    other: float
    length: float


CODE_PRICES = Prices(look_alike=0.4, swap=1.2, other=2.0, length=1.5)
AGENCY_PRICES = Prices(look_alike=0.6, swap=0.8, other=0.9, length=0.9)
# A running number apart by a digit is, as a rule, the next letter of the day and not a slip.
SERIAL_PRICES = Prices(look_alike=0.9, swap=1.2, other=2.0, length=1.4)


@dataclass(frozen=True, slots=True)
class NumberGap:
    """``owner`` and ``running`` are the costs of both halves; ``slips`` say in Thai which printed parts contradict;
    ``swapped``: two digits changed places, which a clerk's hand does and a reader of print does not; ``other_code``:
    the owner letters differ, so that they may be another province's."""

    owner: float
    running: float
    slips: tuple[str, ...] = ()
    swapped: bool = False
    other_code: bool = False

    @property
    def cost(self) -> float:
        """Both halves together; 0 for the same number."""
        return self.owner + self.running


@cache
def look_alikes() -> frozenset[tuple[str, str]]:
    """Pairs of letters and digits that readers of Thai print take for one another, in both directions."""
    table = resources.files("chain").joinpath("data/confusable.tsv").read_text(encoding="utf-8")
    pairs = [row.split("\t")[:2] for row in table.splitlines()[1:]]
    return frozenset((a, b) for first, second in pairs for a, b in ((first, second), (second, first)))


def other_province(one: LetterNumber | None, other: LetterNumber | None) -> bool:
    """Whether both show owner letters of a province, and not the same one's: districts of several provinces have one
    name."""
    codes = {number.code for number in (one, other) if number and number.code}
    return len(codes) == 2 and codes <= set(provinces().values())


def string_gap(read: str, known: str, prices: Prices) -> float:
    """Cost of taking ``known`` for ``read``: 0 when equal, at most :data:`FARTHEST`."""
    if read == known:
        return 0.0
    if len(read) != len(known):
        return min(FARTHEST, Levenshtein.distance(read, known) * prices.length)
    wrong = [(a, b) for a, b in zip(read, known, strict=True) if a != b]
    if len(wrong) == 2 and wrong[0] == wrong[1][::-1]:
        return prices.swap
    return min(FARTHEST, sum(prices.look_alike if pair in look_alikes() else prices.other for pair in wrong))


def nearest_gap(read: LetterNumber | None, known: Iterable[LetterNumber]) -> NumberGap:
    """The smallest gap between one number and several readings of another letter's number."""
    gaps = [number_gap(read, one) for one in known] if read else []
    return min(gaps, key=lambda gap: gap.cost, default=NumberGap(owner=MISSING / 2, running=MISSING / 2))


def number_gap(read: LetterNumber, known: LetterNumber) -> NumberGap:
    """How far ``read`` is from ``known``. A part that one side does not show costs little and is no contradiction."""
    slips: list[str] = []
    owner = _part(read.code, known.code, CODE_PRICES, MISSING_CODE, "อักษรนำ", slips)
    owner += _agency(read.agency, known.agency, slips)
    running = _part(serial_of(read), serial_of(known), SERIAL_PRICES, MISSING_SERIAL, "เลขทะเบียน", slips)
    if read.circular != known.circular:
        running += OTHER_SERIES
        slips.append("ฝ่ายหนึ่งเป็นหนังสือเวียน (ว) อีกฝ่ายไม่เป็น")
    swapped = _swapped(read.agency, known.agency) or _swapped(serial_of(read), serial_of(known))
    return NumberGap(owner, running, tuple(slips), swapped, bool(read.code and known.code and read.code != known.code))


def _swapped(read: str | None, known: str | None) -> bool:
    return bool(read and known and read != known and sorted(read) == sorted(known))


def _part(read: str | None, known: str | None, prices: Prices, missing: float, name: str, slips: list[str]) -> float:
    if not read or not known:
        return missing if (read or known) else 0.0
    cost = string_gap(read, known, prices)
    if cost:
        slips.append(f"{name}ต่างกัน: {read} กับ {known}")
    return cost


def _agency(read: str | None, known: str | None, slips: list[str]) -> float:
    if read and known and read != known and (read.startswith(known + ".") or known.startswith(read + ".")):
        slips.append(f"รหัสหน่วยงานละเอียดไม่เท่ากัน: {read} กับ {known}")
        return SAME_HOUSE
    return _part(read, known, AGENCY_PRICES, MISSING_AGENCY, "รหัสหน่วยงาน", slips)
