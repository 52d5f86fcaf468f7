"""Other letters that a letter cites: in อ้างถึง, in สิ่งที่ส่งมาด้วย, and in the body; orders in the first two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from letters import LetterDate, LetterNumber, Reading, Reference, Relation, Rival
from letters.text import arabic
from parsing import labels
from parsing.dates import find_dates
from parsing.fields.address import joined
from parsing.fields.typed import date_in_print, number_in_print
from parsing.flow import Flow
from parsing.loose import THI, either, loose
from parsing.numbers import FoundNumber, find_numbers
from parsing.owners import mend_owner, sender_letters
from parsing.parts import Part
from parsing.sheet import Sheet

_DATED = re.compile(
    rf"^\s*[,.]?\s*(?:{loose('ลงวันที่', spaced=True)}|[ก-ฮ]งวันท[ีิ]่?|ลง\s+{loose('วันที่')}|ลงวัน|ลว\s?\.?"
    rf"|{loose('วันที่', spaced=True)}|ลง)\s*"
)
_AND_DATED = re.compile(rf"^\s*(?:{loose('และ')}|,|{loose('กับ')})\s*(?:{loose('ลง')})?(?:{loose('วันที่')})?\s*")
_BESIDE = re.compile(rf"\s*(?:,|{either('และ', 'กับ')})\s*(?:{THI})?\s*")
_LEAD = re.compile(
    rf"(?P<what>{either('หนังสือ', 'วิทยุ', 'บันทึก', 'คำสั่ง', 'ประกาศ')})\s?(?P<issuer>[ก-๙ .()]{{0,70}}?)\s*"
    rf"(?P<urgency>{'|'.join(loose(word, spaced=True) for word in labels.URGENCY)})?\s*(?:ที่|{loose('เลขที่')})?\s*$"
)
# Orders have a running number and a year, announcements a title; a body names them among rules and laws, which are no
# citations (parsing.checks.orders keeps those of the packet).
_ORDERED = re.compile(
    rf"{loose('คำสั่ง')}(?P<issuer>[ก-๙ .()]{{0,70}}?)\s*"
    rf"(?P<number>{THI}\s*(?P<serial>[1-9]\d{{0,4}})\s?/\s*25\d\d)(?!\d)"
)
_ANNOUNCED = re.compile(
    rf"{loose('ประกาศ')}(?P<issuer>[ก-๙ ]{{2,60}}?)\s*{loose('เรื่อง')}\s*"
    rf"(?P<title>[^\n]{{3,}}?(?:\n[^\n]+?){{0,4}}?)\s*ลง\s?{loose('วันที่')}\s*"
)


def find_references(sheet: Sheet, own: LetterNumber | None) -> tuple[Reference, ...]:
    """All citations in order: อ้างถึง, enclosures, body; a letter cited again in the body counts once.

    ``own``: the letter's own number, which its body may repeat and which is no citation.
    """
    found: list[Reference] = []
    for part, relation in (
        (Part.REFERENCE, Relation.REFERENCE),
        (Part.ENCLOSURE, Relation.ENCLOSURE),
        (Part.BODY, Relation.BODY),
    ):
        flow = sheet.part(part)
        announced = _announcements(flow, relation) if relation is not Relation.BODY else ()
        cited = (*_numbered(flow, relation, sheet.printed.text), *_orders(flow, relation), *announced)
        for reference in sorted(cited, key=lambda one: flow.place(one.evidence) or 0 if one.evidence else 0):
            if (own is None or reference.number.value != own) and not _known(reference, found):
                found.append(reference)
    return tuple(found)


def _known(reference: Reference, found: list[Reference]) -> bool:
    """Whether the body repeats a citation: same number, and no other date."""
    if reference.relation is not Relation.BODY:
        return False
    return any(
        other.number.value == reference.number.value
        and (not reference.date or other.date.value == reference.date.value)
        for other in found
    )


def _numbered(flow: Flow, relation: Relation, context: str) -> Iterator[Reference]:
    """``context``: the letter's text, which tells what owner letters read wrong may be."""
    for group in _groups(find_numbers(flow.text), flow.text):
        lead = _LEAD.search(flow.text[max(0, group[0].start - 110) : group[0].start].replace("\n", " "))
        issuer = _issuer(lead)
        urgency = labels.word_of(lead["urgency"], labels.URGENCY) if lead and lead["urgency"] else None
        for found, (date, end) in zip(group, _dates_after(flow, group), strict=True):
            start = found.start - (len(lead[0]) if lead and found is group[0] else 0)
            number = _number(flow, found, issuer, context)
            yield Reference(relation, number, date, issuer, urgency, None, flow.evidence(start, end))


def _groups(numbers: Sequence[FoundNumber], text: str) -> list[list[FoundNumber]]:
    """Numbers of one sender that stand side by side (ที่ ก และ ที่ ข ลงวันที่ …) together: the last one's date follows."""
    groups: list[list[FoundNumber]] = []
    for found in numbers:
        if groups and _BESIDE.fullmatch(text, groups[-1][-1].end, found.start):
            groups[-1].append(found)
        else:
            groups.append([found])
    return groups


def _orders(flow: Flow, relation: Relation) -> Iterator[Reference]:
    for match in _ORDERED.finditer(arabic(flow.text)):
        start, end = match.span("number")
        evidence = flow.evidence(start, end)
        number = Reading(
            LetterNumber(None, None, False, match["serial"]),
            flow.text[start:end],
            0.9 * flow.confidence(start, end),
            (evidence,) if evidence else (),
        )
        date, last = _date_after(flow, end, _DATED)
        issuer = joined(match["issuer"]).strip(" .") or None
        yield Reference(relation, number, date, issuer, None, None, flow.evidence(match.start(), last))


def _number(flow: Flow, found: FoundNumber, issuer: str | None, context: str) -> Reading[LetterNumber]:
    """The number with its evidence, mended by the cited sender; a sender that contradicts it leaves a rival."""
    begin = max(0, found.start - 8)
    again = (one for one in find_numbers(flow.text[begin : found.end + 12], sender=issuer)
             if one.start + begin == found.start)
    reading = mend_owner(next(again, found).reading, issuer, context)
    evidence = flow.evidence(found.start, found.end)
    trust = flow.confidence(found.start, found.end)
    reading = replace(reading, evidence=(evidence,) if evidence else (), confidence=reading.confidence * trust)
    reading = number_in_print(reading, flow, found.start, found.end)
    expected, value = sender_letters(issuer), reading.value
    province_office = value is not None and bool(re.match(r"00(?:23|37)|0117|0018", value.agency or ""))
    if value and expected and value.code and value.code != expected and province_office:
        rival = Rival(replace(value, code=expected), 0.4, f"ผู้ส่งที่อ้างคือ{issuer} ซึ่งใช้ {expected}")
        return replace(reading, confidence=min(reading.confidence, 0.6), rivals=(*reading.rivals, rival))
    return reading


def _issuer(lead: re.Match[str] | None) -> str | None:
    """The cited sender: ``สำเนาหนังสือจังหวัดเพชรบูรณ์ ที่`` → ``จังหวัดเพชรบูรณ์``."""
    name = joined(lead["issuer"]).strip(" .") if lead else ""
    name = re.sub(r"^(?:ของ|จาก|ภายใน|ภายนอก|ราชการ)\s*", "", name)
    return name if len(name) > 3 else None


def _dates_after(flow: Flow, group: Sequence[FoundNumber]) -> list[tuple[Reading[LetterDate], int]]:
    """The dates of numbers side by side, each with where its citation ends: one for all of them, or one for each
    (ลงวันที่ … และ … ตามลำดับ)."""
    dates = [_date_after(flow, group[-1].end, _DATED)]
    while len(dates) < len(group) and dates[-1][0]:
        further = _date_after(flow, dates[-1][1], _AND_DATED)
        if not further[0]:
            break
        dates.append(further)
    if len(dates) == len(group):
        return dates
    return [dates[0] if len(dates) == 1 else (Reading[LetterDate](), found.end) for found in group[:-1]] + dates[:1]


def _date_after(flow: Flow, end: int, lead: re.Pattern[str]) -> tuple[Reading[LetterDate], int]:
    """The date (ลงวันที่ …) that stands right behind ``end``, led in as ``lead`` says, and where it ends."""
    rest = flow.text[end : end + 90]
    dated = lead.match(rest)
    first = next(iter(find_dates(rest)), None) if dated else None
    if dated is None or first is None or first.start > dated.end() + 3:
        return Reading(), end
    start, last = end + first.start, end + first.end
    evidence = flow.evidence(start, last)
    located = replace(
        first.reading,
        evidence=(evidence,) if evidence else (),
        confidence=first.reading.confidence * flow.confidence(start, last),
    )
    return date_in_print(located, flow, start, last), last


def _announcements(flow: Flow, relation: Relation) -> Iterator[Reference]:
    """Announcements are cited by title and date; they have no letter number (DOMAIN section 4)."""
    for match in _ANNOUNCED.finditer(flow.text):
        dates = find_dates(flow.text[match.end() : match.end() + 40])
        if dates and dates[0].start <= 3 and not find_numbers(arabic(match[0])):
            yield Reference(
                relation,
                Reading(),
                dates[0].reading,
                joined(match["issuer"]),
                None,
                joined(match["title"]),
                flow.evidence(match.start(), match.end() + dates[0].end),
            )
