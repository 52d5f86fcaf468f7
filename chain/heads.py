"""Whether two copies are one letter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from chain.facts import alike, contains, of_district, serial_of, to_the_day
from chain.numbers import NumberGap, nearest_gap, other_province
from chain.records import Head

SAME_TEXT = 90
SAME_SUBJECT = 80
OTHER_SUBJECT = 50
OTHER_TEXT = 70
SAME_ISSUER = 90


class Verdict(Enum):
    """Whether two copies are one letter. DOUBT: they may be, and a person should look."""

    SAME = auto()
    DOUBT = auto()
    DIFFERENT = auto()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict, its strength (higher merges first) and, where something did not agree, the doubt in Thai."""

    verdict: Verdict
    strength: float = 0.0
    doubt: str = ""


_DIFFERENT = Comparison(Verdict.DIFFERENT)


def compare(one: Head, other: Head) -> Comparison:
    """Whether two copies are one letter.

    The Regulation's identity is owner, ว, calendar year and running number; what a reader may have misread is allowed
    to differ only where date, issuer and text agree and nothing contradicts.
    """
    if (issuer := contains(one.facts.issuer, other.facts.issuer)) is not None and issuer < 60:
        return _DIFFERENT
    if not (one.facts.numbers and other.facts.numbers):
        return _without_number(one, other)
    same = not _shown(one).isdisjoint(_shown(other))
    if _dates_contradict(one, other):
        return _misread_date(one, other) if same else _DIFFERENT
    likeness = _likeness(one, other)
    if same:
        return _same_number(one, other, likeness) if _own_agree(one, other) else _by_cover(one, other)
    if likeness is None or likeness < SAME_SUBJECT:
        return _DIFFERENT
    gap = min((nearest_gap(number, other.facts.numbers) for number in one.facts.numbers), key=lambda gap: gap.cost)
    return _near_number(one, other, gap)


def _shown(head: Head) -> set[tuple[str | None, str | None, bool, str]]:
    """The numbers it may have, part by part."""
    return {(one.code, one.agency, one.circular, serial_of(one)) for one in head.facts.numbers}


def _likeness(one: Head, other: Head) -> float | None:
    subject = alike(one.facts.title, other.facts.title)
    return subject if subject is not None else alike(one.body, other.body)


def _dates_contradict(one: Head, other: Head) -> bool:
    return bool(one.facts.date and other.facts.date and not one.facts.date.meets(other.facts.date))


def _same_day(one: Head, other: Head) -> bool:
    return to_the_day(one.facts.date) and one.facts.date == other.facts.date


def _same_text(one: Head, other: Head) -> bool:
    """Word for word one text to the same addressees, as far as a reader's noise allows."""
    addressees = alike(one.recipients, other.recipients)
    return (alike(one.body, other.body) or 0) >= SAME_TEXT and (addressees is None or addressees >= SAME_TEXT)


def _other_text(one: Head, other: Head) -> bool:
    """Whether the words are another letter's: of two letters of one day whose numbers lie side by side, one is soon
    read as the other. A copy that lost a page has a part of the words."""
    return bool(one.body and other.body) and (alike(one.body, other.body) or 0) < OTHER_TEXT and (
        contains(one.body, other.body) or 0) < OTHER_TEXT


def _same_issuer(one: Head, other: Head) -> bool:
    """Whether both name one issuer, or none is named and the text is the same. Needed where owner codes differ:
    provinces and districts send the same words on the same day, and running numbers meet by chance."""
    likeness = alike(one.facts.issuer, other.facts.issuer)
    return _same_text(one, other) if likeness is None else likeness >= SAME_ISSUER


def _without_number(one: Head, other: Head) -> Comparison:
    if not _same_day(one, other):
        return _DIFFERENT
    if (_likeness(one, other) or 0) >= SAME_TEXT and _same_text(one, other):
        return Comparison(Verdict.SAME, 1.0, "รวมสำเนาตามวันที่และข้อความ เพราะอ่านเลขที่ไม่ได้")
    if (_likeness(one, other) or 0) >= SAME_SUBJECT:
        return Comparison(Verdict.DOUBT, doubt="อาจเป็นฉบับเดียวกับฉบับอื่นที่วันที่และเรื่องตรงกัน แต่อ่านเลขที่ไม่ได้")
    return _DIFFERENT


def _misread_date(one: Head, other: Head) -> Comparison:
    first, second = one.facts.date, other.facts.date
    assert first is not None and second is not None  # noqa: S101 - the caller found that they contradict
    if first.year != second.year or (_likeness(one, other) or 0) < SAME_SUBJECT:
        return _DIFFERENT
    dates = " กับ ".join(date.thai(short=True) for date in sorted((first, second)))
    return Comparison(Verdict.SAME, 2.0, f"สำเนาอ่านวันที่ได้ต่างกัน: {dates}")


def _same_number(one: Head, other: Head, likeness: float | None) -> Comparison:
    if _same_day(one, other):
        if (likeness is None or likeness >= OTHER_SUBJECT) and not _other_text(one, other):
            return Comparison(Verdict.SAME, 4.0)
        return Comparison(Verdict.DOUBT, doubt="เลขที่และวันที่ตรงกับอีกฉบับหนึ่ง แต่เรื่องต่างกัน")
    if likeness is not None and likeness >= SAME_SUBJECT:
        return Comparison(Verdict.SAME, 3.0)
    if likeness is None and one.ref.packet == other.ref.packet:
        return Comparison(Verdict.SAME, 2.5)
    if likeness is not None and likeness < OTHER_SUBJECT:
        return _DIFFERENT
    return Comparison(Verdict.DOUBT, doubt="เลขที่ตรงกับอีกฉบับหนึ่ง แต่วันที่และเรื่องยังยืนยันไม่ได้")


def _own_agree(one: Head, other: Head) -> bool:
    """Whether their own numbers agree as far as both show them, not only what covering letters say of them."""
    return not (one.own.number and other.own.number) or not nearest_gap(one.own.number, other.own.numbers).slips


def _by_cover(one: Head, other: Head) -> Comparison:
    """Two copies of which one is called by the other's number in a covering letter, though it shows another itself. The
    covering letter may be misread: it counts only where the words are the same."""
    if _same_day(one, other) and _same_text(one, other):
        return Comparison(Verdict.SAME, 1.5, "สำเนาอ่านเลขที่ได้ต่างกัน รวมตามเลขที่ในหนังสือนำส่งและข้อความ")
    return Comparison(Verdict.DOUBT, doubt="หนังสือนำส่งเรียกด้วยเลขที่ของอีกฉบับหนึ่ง แต่ข้อความต่างกัน")


def _near_number(one: Head, other: Head, gap: NumberGap) -> Comparison:
    if gap.owner and not _same_issuer(one, other):
        return _DIFFERENT
    if gap.other_code and of_district(one.facts.issuer) and other_province(one.own.number, other.own.number):
        return Comparison(Verdict.DOUBT, doubt="อำเภอชื่อเดียวกันมีในหลายจังหวัด อักษรนำของหนังสือต่างจังหวัดกัน")
    differs = "; ".join(gap.slips) or "อ่านเลขที่ได้ไม่ครบ"
    if gap.running == 0 and gap.cost <= 1.0 and (_same_day(one, other) or _same_text(one, other)):
        return Comparison(Verdict.SAME, 2.0 - gap.cost, f"สำเนาอ่านเลขที่ได้ต่างกัน ({differs})" if gap.slips else "")
    if not _same_day(one, other) or gap.owner > 1.0:
        return _DIFFERENT
    if gap.cost <= 1.0 and _same_text(one, other):
        return Comparison(Verdict.SAME, 1.0 - gap.cost / 2, f"สำเนาอ่านเลขที่ได้ต่างกัน ({differs})")
    if gap.cost <= 1.0 or _same_text(one, other):
        return Comparison(Verdict.DOUBT, doubt=f"คล้ายอีกฉบับหนึ่งที่วันที่และเรื่องตรงกัน ({differs})")
    return _DIFFERENT
