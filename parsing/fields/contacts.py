"""How to reach the sender: telephone and fax numbers, mail and web addresses, and the persons to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters import Contact, ContactKind, Coordinator
from letters.text import arabic
from parsing.fields.address import joined
from parsing.flow import Flow
from parsing.loose import either, loose
from parsing.sheet import Sheet
from parsing.tables import column

# A label of a line: "โทร.", "หมายเลขโทรศัพท์", "โทรสาร", "โทร./โทรสาร". Fax first: "โทรสาร" begins like "โทร".
_LABEL = re.compile(
    rf"(?P<fax>{either('โทรสาร', 'แฟกซ์')}|\bFax\b)"
    rf"|(?P<phone>{either('โทรศัพท์', 'โทร', 'เบอร์', 'มือถือ', 'สายด่วน', 'ผู้ประสานงาน')}|\b(?:Tel|Mobile)\b)",
    re.IGNORECASE,
)
_EXTENSION = r"(?:[ \t]*(?:ต่อ|กด|#)[ \t]*\d{1,5}(?:[ \t]*[,\-–][ \t]*\d{1,5}(?![\d\-]))*)?"
_PHONE = re.compile(
    r"(?<![\d/.])(?:\(0\d{1,2}\)[ \t]?|0[ \t.–-]?)\d(?:[ \t.–-]?\d){5,8}(?!\d)(?:[ \t]?[-–][ \t]?\d{1,2}(?!\d))?"
    + _EXTENSION
)
# The ministry's own network: "โทร. มท. 61234".
_NETWORK = re.compile(r"(?<![ก-๙])มท\.?[ \t]?(?P<line>\d{5})(?!\d)" + _EXTENSION)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}[ \t]?@[ \t]?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_URL = re.compile(
    r"(?:https?[ \t]?:[ \t]?//|www[ \t]?\.)(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|(?<=[-/_=&])\n(?=[A-Za-z0-9]))+"
    r"|(?<![@\w.-])(?:[a-z0-9-]{1,63}\.){1,5}(?:go|or|ac|co|mi|in)\.th(?:/[A-Za-z0-9\-._~/?#=&%]*)?",
    re.IGNORECASE,
)
NEAR = 40  # characters between a label and its number: "โทรศัพท์หมายเลข", "โทร. (ในเวลาราชการ)"
NEXT = 12  # characters between two numbers of one label: ", " or " และ "


def find_contacts(sheet: Sheet) -> tuple[Contact, ...]:
    """Every number and address of the print in order, each kind and value once."""
    flow = sheet.printed
    found = sorted([*_phones(flow), *_addresses(flow)], key=lambda item: item[0])
    once = {(contact.kind, contact.value): contact for _, contact in reversed(found)}
    return tuple(contact for _, contact in found if once[contact.kind, contact.value] is contact)


def values(contacts: tuple[Contact, ...], kind: ContactKind) -> tuple[str, ...]:
    """The values of one kind, in order."""
    return tuple(contact.value for contact in contacts if contact.kind is kind)


def _phones(flow: Flow) -> Iterator[tuple[int, Contact]]:
    """Numbers behind a label, or right behind another number; a number without either may be anything."""
    text = arabic(flow.text)
    kinds: tuple[ContactKind, ...] = ()
    last = 0
    for match in sorted([*_PHONE.finditer(text), *_NETWORK.finditer(text)], key=lambda match: match.start()):
        labelled = _kinds(text[max(last, match.start() - NEAR) : match.start()])
        if not labelled and (match.start() - last > NEXT or not last):
            continue
        kinds, last = labelled or kinds, match.end()
        value = re.sub(r"\s+", " ", match[0]).strip()
        for kind in kinds:
            yield match.start(), _contact(kind, value, flow, match.start(), match.end())


def _kinds(before: str) -> tuple[ContactKind, ...]:
    """What the last label before a number says; two labels side by side (โทร./โทรสาร) hold both."""
    labels = list(_LABEL.finditer(before))
    if not labels:
        return ()
    last = labels[-1]
    kinds = [_kind(last)]
    if len(labels) > 1 and not re.search(r"\d", before[labels[-2].end() : last.start()]):
        kinds.insert(0, _kind(labels[-2]))
    return tuple(dict.fromkeys(kinds))


def _kind(label: re.Match[str]) -> ContactKind:
    return ContactKind.FAX if label["fax"] else ContactKind.PHONE


def _addresses(flow: Flow) -> Iterator[tuple[int, Contact]]:
    """Mail addresses, and web addresses without the brackets and stops around them."""
    mails = list(_EMAIL.finditer(flow.text)) if "@" in flow.text else []
    for match in mails:
        value = re.sub(r"\s", "", match[0]).strip(".")
        yield match.start(), _contact(ContactKind.EMAIL, value, flow, match.start(), match.end())
    rest = _EMAIL.sub(lambda match: " " * len(match[0]), flow.text) if mails else flow.text
    for match in _URL.finditer(rest):
        value = re.sub(r"\s", "", match[0]).rstrip(".,;)>”\"'")
        yield match.start(), _contact(ContactKind.URL, value, flow, match.start(), match.start() + len(value))


def _contact(kind: ContactKind, value: str, flow: Flow, start: int, end: int) -> Contact:
    return Contact(kind, value, flow.evidence(start, end), 0.95 * flow.confidence(start, end))


# --- persons to ask --------------------------------------------------------------------------------------------------

_ASK = re.compile(
    either(
        *("ผู้ประสานงาน", "ผู้ประสาน", "เจ้าหน้าที่ประสานงาน", "ผู้รับผิดชอบ", "เจ้าของเรื่อง"),
        *("ประสานงานได้ที่", "ประสานได้ที่", "สอบถามได้ที่", "สอบถามรายละเอียดเพิ่มเติมได้ที่", "สอบถามเพิ่มเติมได้ที่"),
        spaced=True,
    )
)
_TITLE = either(*column("persons", "word"))
_END = either("โทร", "ตำแหน่ง", "เบอร์", "มือถือ", "หมายเลข", "ต่อ", "หรือ", "และ")
_WORD = r"[ก-ฮเ-ไ][ก-์]+"
_PERSON = re.compile(
    rf"(?<![ก-๙])(?:\d{{1,2}}[.)]\s*)?"
    rf"(?P<name>{_TITLE}[ \t]?(?!{_END}){_WORD}(?:[ \t]+(?:ณ[ \t]+)?(?!{_END}){_WORD})?)(?![^\s,.()/])"
    rf"(?:[ \t]*,?[ \t]*(?:{loose('ตำแหน่ง')}[ \t]*)?(?P<post>(?!{_END})[ก-์][ก-๙]{{4,60}}))?"
)
_GAP = re.compile(rf"\n[ \t]*\n(?!\s*{loose('โทร')})")
LONGEST = 300  # characters that the persons after one label take


def find_coordinators(sheet: Sheet, contacts: tuple[Contact, ...]) -> tuple[Coordinator, ...]:
    """The persons named as the ones to ask, each with the telephones printed up to the next one."""
    flow = sheet.printed
    folded = arabic(flow.text)
    found: list[Coordinator] = []
    for label in _ASK.finditer(folded):
        stretch = folded[label.end() : _end_of(folded, label.end())]
        persons = list(_PERSON.finditer(stretch))
        if not persons or re.search(r"[ก-๙]{12}", stretch[: persons[0].start("name")]):
            continue  # names nobody right after it: "ผู้รับผิดชอบโครงการจัดทำ …"
        for person, end in zip(persons, [*(p.start() for p in persons[1:]), len(stretch)], strict=True):
            found.append(_coordinator(flow, label.end(), person, label.end() + end, contacts))
    return tuple({person.name: person for person in reversed(found)}.values())[::-1]


def _end_of(text: str, start: int) -> int:
    """Where the persons after a label end: at a new label, at an empty row that no telephone follows, or after
    :data:`LONGEST` characters."""
    again = _ASK.search(text, start, start + LONGEST)
    gap = _GAP.search(text, start + 1, start + LONGEST)
    return min([len(text), start + LONGEST, *(stop.start() for stop in (again, gap) if stop)])


def _coordinator(
    flow: Flow, offset: int, person: re.Match[str], end: int, contacts: tuple[Contact, ...]
) -> Coordinator:
    start = offset + person.start("name")
    place, until = flow.evidence(start, offset + person.end("name")), flow.evidence(start, end)
    phones = tuple(
        contact.value
        for contact in contacts
        if contact.kind is ContactKind.PHONE
        and contact.evidence
        and until
        and contact.evidence.page == until.page
        and until.start <= contact.evidence.start < until.end
    )
    name = flow.text[start : offset + person.end("name")]
    post = person["post"]
    return Coordinator(joined(name), joined(post) if post else None, phones, place)
