"""The registry of offices: lookup by code, area, and by name as a scan gives it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rapidfuzz import fuzz

from chain.facts import normal
from letters import Office, OfficeKind
from letters.text import mend, squeeze

GOOD_NAME = 70   # likeness 0–100 from which on a misread name is taken, if no other is about as near
LEAD = 8

_TYPE_WORDS = {
    OfficeKind.PROVINCE: "จังหวัด", OfficeKind.DISTRICT: "อำเภอ", OfficeKind.PAO: "องค์การบริหารส่วนจังหวัด",
    OfficeKind.CITY: "เทศบาลนคร", OfficeKind.TOWN: "เทศบาลเมือง", OfficeKind.TAMBON: "เทศบาลตำบล",
    OfficeKind.TAO: "องค์การบริหารส่วนตำบล",
}


@dataclass(frozen=True, slots=True)
class Area:
    """A province, or a district of it (names); both empty: the whole country."""

    province: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An office and how like the name looked for its own is, 0–1."""

    office: Office
    score: float


def full_name(office: Office) -> str:
    """The office's name with the word for its type: ``องค์การบริหารส่วนตำบลดงมูลเหล็ก``."""
    return _TYPE_WORDS.get(office.kind, "") + office.name


def builtin_offices() -> list[Office]:
    """The offices the program brings along: all provinces, and the districts and LAOs of the sample areas (state of
    March 2017, DLA list). A real archive imports the full list with :func:`tasks.lao_table.read_lao_table`."""
    return [Office(row["code"], OfficeKind(row["kind"]), row["name"], row["province"], row["district"])
            for row in rows("offices.tsv")]


@cache
def province_letters() -> dict[str, str]:
    """Owner letters of letter numbers → province name (``ชย`` → ``ชัยภูมิ``); 77 of them."""
    return {row["letters"]: row["name"] for row in rows("provinces.tsv")}


@cache
def district_names() -> dict[str, str]:
    """Province and district digits of office codes → name of the district (``6703`` → ``หล่มสัก``); 878 of them, as the
    DLA's codes of 2017 count them."""
    return {row["code"]: row["name"] for row in rows("districts.tsv")}


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one of the room's data files."""
    text = resources.files("tasks").joinpath("data", table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


class Registry:
    """Offices to look up. LAO names repeat in the country and in provinces, never in a district: give the area."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self.offices = tuple(sorted(offices, key=lambda office: office.code))
        self._by_code = {office.code: office for office in self.offices}
        self._by_name: dict[str, list[Office]] = defaultdict(list)
        self._by_kind: dict[tuple[OfficeKind, str], list[Office]] = defaultdict(list)
        for office in self.offices:
            self._by_kind[office.kind, ""].append(office)
            self._by_name[full_name(office)].append(office)
            if office.province:
                self._by_kind[office.kind, office.province].append(office)

    def get(self, code: str) -> Office | None:
        """The office with this code."""
        return self._by_code.get(code)

    def named(self, name: str) -> Office | None:
        """The office of this full name (``องค์การบริหารส่วนตำบลนาดี``), if the country has only one."""
        found = self._by_name.get(name, [])
        return found[0] if len(found) == 1 else None

    def within(self, kinds: Iterable[OfficeKind], area: Area = Area()) -> list[Office]:
        """All offices of these kinds in an area, by code."""
        found = [office for kind in kinds for office in self._by_kind.get((kind, area.province), ())
                 if not area.district or office.district == area.district]
        return sorted(found, key=lambda office: office.code)

    def find(self, name: str, kinds: Iterable[OfficeKind], area: Area = Area()) -> Found | None:
        """The office of this name (without its type word) in an area; a reader's slips are forgiven where no other
        name there is about as near (คงพลเหล็ก is ดงมูลเหล็ก). ``None`` if no name is near or two are."""
        ranked = self._ranked(name, kinds, area)
        if not ranked or ranked[0][0] < GOOD_NAME:
            return None
        best, code = ranked[0]
        if len(ranked) > 1 and (best - ranked[1][0] < LEAD if best < 100 else ranked[1][0] == 100):
            return None
        return Found(self._by_code[code], round(best / 100, 3))

    def nearest(self, name: str, kinds: Iterable[OfficeKind], area: Area = Area(), most: int = 5) -> list[Found]:
        """The offices of an area whose names are like this one, the likest first, for a person to choose from."""
        ranked = self._ranked(name, kinds, area)[:most]
        return [Found(self._by_code[code], round(best / 100, 3)) for best, code in ranked if best >= GOOD_NAME]

    def _ranked(self, name: str, kinds: Iterable[OfficeKind], area: Area) -> list[tuple[float, str]]:
        wanted = squeeze(mend(name))
        return sorted(((_likeness(wanted, office.name), office.code) for office in self.within(kinds, area)),
                      reverse=True)


def _likeness(read: str, name: str) -> float:
    """Likeness 0–100 of two names; lost tone marks, which readers drop first, count half."""
    return (fuzz.ratio(read, name) + fuzz.ratio(normal(read), normal(name))) / 2
