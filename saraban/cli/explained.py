"""What ``explain`` tells of a letter: each value with its line on the page, the rule it was read by, how sure it is,
what was mended in it, and what else it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from letters import Evidence, Kind, Letter, LetterDate, Page, Reading, Repair, Rival
from parsing.tables import table
from saraban.cli.common import day

READINGS = (
    ("แบบหนังสือ", "form"),
    ("เลขที่", "number"),
    ("วันที่", "date"),
    ("จาก", "issuer"),
    ("ที่อยู่", "address"),
    ("เรื่อง", "subject"),
    ("คำขึ้นต้น", "salutation"),
    ("ชั้นความเร็ว", "urgency"),
    ("ชั้นความลับ", "secrecy"),
    ("เจ้าของเรื่อง", "office"),
    ("สำเนา", "copy_mark"),
)
PARTS = (("เหตุ", "cause"), ("ความประสงค์", "wish"), ("สรุป", "end"))
CONTACTS = {"phone": "โทรศัพท์", "fax": "โทรสาร", "email": "อีเมล", "url": "เว็บไซต์"}

FORMS = {
    "external": "หนังสือภายนอก", "stamped": "หนังสือประทับตรา", "memo": "บันทึกข้อความ", "radio": "วิทยุสื่อสาร",
    "order": "คำสั่ง", "announcement": "ประกาศ",
}
RELATIONS = {"reference": "อ้างถึง", "enclosure": "ส่งมาด้วย", "body": "ในเนื้อความ"}
DEADLINES = {"date": "วัน", "relative": "นับจากวัน", "recurring": "ตามรอบ", "urgent": "ด่วน", "event": "วันนัด"}
ROLES = {
    "history": "เรื่องเดิม", "passed": "เลยมาแล้ว", "event": "วันจัดงาน", "effective": "วันมีผล",
    "cited": "วันที่ของหนังสือที่อ้าง", "maybe": "อาจเป็นกำหนด", "other": "วันอื่น",
}

Texts = Mapping[int, str]
"""Page number → the page's text, which evidence counts its characters in."""


def explained(letter: Letter, pages: Sequence[Page]) -> Iterator[str]:
    """The lines of one letter, each value with what it rests on; what a person should check comes last."""
    texts = {page.number: page.text for page in pages}
    for label, name in READINGS:
        found: Reading[Any] = getattr(letter, name)
        if found.value is not None:
            yield from _reading(label, found, name, texts)
    for recipient in letter.recipients:
        yield _line("ถึง", recipient.name, recipient.confidence, recipient.evidence, texts)
    yield from _rule("recipients", letter.recipients)
    yield from _references(letter, texts)
    yield from _times(letter, texts)
    yield from _body(letter, texts)
    yield from _foot(letter, texts)
    for doubt in letter.review:
        yield f"⚠ {doubt.field}: {doubt.reason}"


def _line(label: str, value: str, sure: float | None, place: Evidence | None, texts: Texts) -> str:
    """One value: label, value, how sure, page and line, and the words that stand there."""
    share = f"  ({sure:.0%})" if sure is not None else ""
    return f"{label}: {value}{share}{_place(place, texts)}"


def _place(place: Evidence | None, texts: Texts) -> str:
    if place is None:
        return ""
    row = texts.get(place.page, "").count("\n", 0, place.start) + 1
    return f"  ← หน้า {place.page} บรรทัด {row}: “{' '.join(place.text.split())}”"


def _rule(name: str, there: object) -> Iterator[str]:
    """The rule that a field is read by (``parsing/data/rules.tsv``), once below its values."""
    if there:
        yield from (f"    กฎ: {row['rule']}" for row in table("rules") if row["field"] == name)


def _reading(label: str, found: Reading[Any], name: str, texts: Texts) -> Iterator[str]:
    yield _line(label, _shown(found.value), found.confidence, next(iter(found.evidence), None), texts)
    for more in found.evidence[1:]:
        yield f"    และ{_place(more, texts)}"
    yield from _rule(name, there=True)
    yield from _weighed(found.repairs, found.rivals)


def _weighed(repairs: Sequence[Repair], rivals: Sequence[Rival[Any]]) -> Iterator[str]:
    for repair in repairs:
        change = f"“{repair.before}” → “{repair.after}”"
        yield f"    แก้ {change} [{repair.rule}] {repair.reason} ({repair.confidence:.0%})"
    for rival in rivals:
        yield f"    หรือ {_shown(rival.value)} ({rival.confidence:.0%}) {rival.reason}"


def _shown(value: object) -> str:
    return day(value) if isinstance(value, LetterDate) else FORMS[value] if isinstance(value, Kind) else str(value)


def _references(letter: Letter, texts: Texts) -> Iterator[str]:
    for reference in letter.references:
        number = reference.number.value or reference.title or "–"
        told = " ".join(part for part in (reference.issuer, str(number), day(reference.date.value)) if part)
        sure = reference.number.confidence if reference.number else reference.date.confidence
        yield _line(f"อ้าง ({RELATIONS[reference.relation]})", told, sure, reference.evidence, texts)
        yield from _weighed(reference.number.repairs, reference.number.rivals)
        if reference.date:
            yield f"    ลงวันที่ {day(reference.date.value)} ({reference.date.confidence:.0%})"
        yield from _weighed(reference.date.repairs, reference.date.rivals)
    yield from _rule("references", letter.references)


def _times(letter: Letter, texts: Texts) -> Iterator[str]:
    """Deadlines, and the dates that are none."""
    for deadline in letter.deadlines:
        due = day(deadline.date) if deadline.date else deadline.rule or deadline.text
        yield _line(f"กำหนด ({DEADLINES[deadline.kind]})", due, deadline.confidence, deadline.evidence, texts)
        yield from _weighed((), deadline.rivals)
        if deadline.why:
            yield f"    เพราะ {deadline.why}"
    yield from _rule("deadlines", letter.deadlines)
    for fact in letter.dated_facts:
        yield _line(f"ไม่ใช่กำหนด ({ROLES[fact.role]})", day(fact.date), None, fact.evidence, texts)
        if fact.why:
            yield f"    เพราะ {fact.why}"
    yield from _rule("dated_facts", letter.dated_facts)


def _body(letter: Letter, texts: Texts) -> Iterator[str]:
    """What the body's parts are, and what is asked for: verb, object and the words."""
    for label, part in PARTS:
        passage = getattr(letter.body, part)
        if passage:
            yield f"{label}:{_place(passage.evidence, texts)}"
            yield from _rule(part, there=True)
    for action in letter.actions:
        parts = " | ".join(part for part in (action.verb, action.object) if part)
        yield _line("ให้ทำ", parts or action.text, action.confidence, action.evidence, texts)
    yield from _rule("actions", letter.actions)
    for item in letter.enclosures:
        yield _line("แนบ", f"{item.text} {item.count or ''}".strip(), item.confidence, item.evidence, texts)
    yield from _rule("enclosures", letter.enclosures)


def _foot(letter: Letter, texts: Texts) -> Iterator[str]:
    """Who signed, whom to ask, what the receiving offices stamped, and which other copy the packet holds."""
    signed = letter.signatory
    if signed:
        posts = " ".join(part for part in (signed.position, signed.acting_kind, signed.acting_for) if part)
        yield _line("ลงชื่อ", f"{signed.name} {posts}".strip(), signed.confidence, signed.evidence, texts)
        yield from _rule("signatory", signed)
    for contact in letter.contacts:
        yield _line(CONTACTS[contact.kind], contact.value, contact.confidence, contact.evidence, texts)
    yield from _rule("contacts", letter.contacts)
    for person in letter.coordinators:
        told = " ".join(part for part in (person.name, person.position, *person.phones) if part)
        yield _line("ผู้ประสานงาน", told, None, person.evidence, texts)
    yield from _rule("coordinators", letter.coordinators)
    for stamp in letter.received_stamps:
        when = f"{day(stamp.date)} {stamp.time or ''}" if stamp.date else ""
        told = f"{stamp.office or '–'} {stamp.number or '–'} {when}".strip()
        yield _line("รับ", told, stamp.confidence, stamp.evidence, texts)
    yield from _rule("received_stamps", letter.received_stamps)
    if letter.copy_of is not None:
        yield f"เป็นสำเนาของหนังสือฉบับที่ {letter.copy_of + 1} ในแฟ้ม"
