"""Which fiscal year an entry goes to (year rule of seed 000, DOMAIN section 6). Years are BE."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from records.form import Form, YearRule


@dataclass(frozen=True, slots=True)
class EntryYear:
    """The fiscal year (BE) and, in plain Thai, why it is this one."""

    year: int
    reason: str
    english: str


def entry_year(form: Form, latest: int, certified: Collection[int]) -> EntryYear:
    """The year a new entry of a form goes to. ``latest`` is the fiscal year of today, ``certified`` the years whose
    eight domains the LAO has certified.

    While an LAO has not certified the latest year, entries go to the last certified year; the eight domains themselves
    always go to the latest one, or no year could ever be certified.
    """
    if form.year_rule is YearRule.LATEST:
        return EntryYear(latest, f"ข้อมูล 8 ด้านบันทึกในปีงบประมาณล่าสุด พ.ศ. {latest}",
                         f"the eight domains go to the latest fiscal year, {latest} BE")
    if latest in certified:
        return EntryYear(latest, f"รับรองข้อมูลปีงบประมาณ พ.ศ. {latest} แล้ว",
                         f"the data of fiscal year {latest} BE are certified")
    earlier = max((year for year in certified if year < latest), default=None)
    if earlier is None:
        return EntryYear(latest, "ยังไม่เคยรับรองข้อมูลปีใด จึงบันทึกในปีงบประมาณล่าสุด",
                         "no year is certified yet, so entries go to the latest fiscal year")
    return EntryYear(earlier, f"ยังไม่รับรองข้อมูลปีงบประมาณ พ.ศ. {latest} จึงบันทึกในปีที่รับรองล่าสุด พ.ศ. {earlier}",
                     f"fiscal year {latest} BE is not certified, so entries go to the last that is, {earlier} BE")
