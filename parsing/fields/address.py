"""What the labelled lines say: subject, salutation, recipients, enclosures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from letters import Enclosure, Reading, Recipient
from letters.text import arabic
from parsing import labels
from parsing.dates import MONTH
from parsing.flow import Flow
from parsing.loose import either
from parsing.sections import Part
from parsing.sheet import Sheet
from parsing.tables import column


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of a labelled part: its text on one line, and where it stands in the part's flow."""

    text: str
    start: int
    end: int


def joined(text: str) -> str:
    """Several rows as one line of prose: Thai runs on without a blank, other words keep one."""
    pieces = [piece.strip() for piece in text.split("\n") if piece.strip()]
    line = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        line += ("" if _runs_on(line, piece) else " ") + piece
    return re.sub(r"\s+", " ", line).strip()


def _runs_on(left: str, right: str) -> bool:
    return bool(re.search(r"[ก-ฮะ-ๅ็-๎]$", left)) and bool(re.match(r"[ก-ฮเ-ไ]", right))


# The letter's date may stand at the right end of the subject's row.
_DATE_ASIDE = re.compile(rf"\s{{3,}}(?:[\d๐-๙]{{1,2}}|[.…]{{2,}})?\s*{MONTH}\s*(?:พ\.?\s?ศ\.?\s*)?[\d๐-๙]{{4}}\s*$")


def find_subject(sheet: Sheet) -> Reading[str]:
    """The subject (เรื่อง), over as many lines as it takes."""
    flow = sheet.part(Part.SUBJECT)
    label = labels.SUBJECT.match(flow.text)
    if label is None or not flow.text[label.end() :].strip():
        return Reading()
    text = flow.text[label.end() :].rstrip()
    aside = _DATE_ASIDE.search(text)
    text = text[: aside.start()] if aside else text
    evidence = flow.evidence(label.end(), label.end() + len(text))
    return Reading(
        joined(text),
        text,
        0.95 * flow.confidence(label.end(), label.end() + len(text)),
        (evidence,) if evidence else (),
    )


def find_salutation(sheet: Sheet) -> Reading[str]:
    """How it addresses: เรียน, กราบเรียน, นมัสการ or ถึง."""
    flow = sheet.part(Part.ADDRESS)
    match = labels.SALUTATION.match(flow.text) or labels.TO.match(flow.text)
    if match is None:
        return Reading()
    forms = ("กราบเรียน", "นมัสการ", "เจริญพร", "เรียน", "ถึง")
    evidence, sure = flow.evidence(*match.span("form")), 0.95 * flow.confidence(*match.span("form"))
    word = labels.word_of(match["form"], forms)
    return Reading(word, match["form"].strip(), sure, (evidence,) if evidence else ())


# A new addressee begins at และ, a comma, or a blank before a new title; ทุกแห่ง belongs to what stands before it.
_TITLE = either(*column("titles", "word", use="addressed"), spaced=True)
# The head of one of a province's or district's offices, whatever its name: ศึกษาธิการจังหวัดพะเยา, ปศุสัตว์อำเภอ.
_OFFICER = (
    r"(?!ทุก|ใน|ประจำ|สังกัด|ของ|แห่ง|ภายใน|ยกเว้น|ตาม|จังหวัด|อำเภอ|ส่วน(?!ราชการ))"
    r"[ก-์]{3,40}?(?:จังหวัด|อำเภอ)(?=\s|ทุก|[ก-์]{2,20}(?:\s|$)|$)"
)
# Where และ stands without a blank before it, only what no name of an office goes on with: "กองส่งเสริมและพัฒนา…" is one.
_AFTER_AND = (
    "นาย|ผู้|ประธาน|องค์การบริหาร|เทศบาล|ปศุสัตว์|กำนัน|หัวหน้า|สำนักงาน|โรงเรียน|สมาชิกสภา|เจ้าอาวาส|เจ้าคณะ|ส่วนราชการ|หน่วยงาน"
    "|(?:ท้องถิ่น|สาธารณสุข|ปลัด)(?:จังหวัด|อำเภอ|เทศบาล|องค์การ)|(?:จังหวัด|อำเภอ)(?=\\s|ทุก|$)"
    "|(?:ศึกษาธิการ|โยธาธิการ|พัฒนาการ|เกษตร|คลัง|พาณิชย์|วัฒนธรรม|แรงงาน|อุตสาหกรรม|พลังงาน|ขนส่ง|ประมง|สัสดี|อัยการ)[ก-์]{0,12}(?:จังหวัด|อำเภอ)"
)
# Where the blank before a post was not read; รองนายกเทศมนตรี and the like are posts of their own.
_GLUED = (
    "(?<=[ก-๙])(?<!รอง)(?<!ปลัด)(?<!ช่วย)(?<!นุการ)(?<!ปรึกษา)(?<!แทน)(?<!ของ)(?<!คือ)"
    "(?=นายกเทศมนตรี|นายกองค์การบริหารส่วน|นายอำเภอ|ผู้ว่าราชการจังหวัด)"
)
_BREAK = re.compile(
    rf"\s*,\s*|\s*\d{{1,2}}\s*[.)]\s*(?=[^\d\s])|\s*/\s*(?={_TITLE})|\s+(?:และ|กับ)\s*(?={_TITLE})|(?<=[ก-๙])และ(?={_AFTER_AND})|{_GLUED}|\s+(?={_TITLE})|\s+(?:และ|กับ)?\s*(?={_OFFICER})"
)
_KNOWN = re.compile(rf"{_TITLE}|{_OFFICER}|{either(*column('persons', 'word'))}")
_TRAILING_AND = re.compile(r"\s*(?:และ|กับ)$")
_BARE_GROUP = re.compile(either(*column("titles", "word", use="group"), spaced=True))
# Posts that are none without the office behind them: "ผู้อำนวยการ โรงเรียนบ้านดี" is one addressee.
_NEEDS_OFFICE = re.compile(
    either("ผู้อำนวยการ", "หัวหน้า", "ประธาน", "ปลัด", "สมาชิกสภา", "ผู้จัดการ", "กรรมการผู้จัดการ", "หุ้นส่วนผู้จัดการ") + r"\s*"
)
# Offices and committees of which each level has its own: "สำนักงานส่งเสริมการปกครองท้องถิ่น อำเภอ ทุกอำเภอ" is one.
_NEEDS_LEVEL = re.compile(rf"(?:ก\.[ก-ฮ.]{{2,8}}|{either('ปกครองท้องถิ่น', 'ที่ทำการปกครอง', 'สำนักงานท้องถิ่น')})\s*$")
_LEVEL = re.compile(r"(?:จังหวัด|อำเภอ)(?:\s|ทุก|$)")
_EVERYONE = re.compile(r"(?:ทุก(?!ข์)[ก-์]{2,30}|ใน(?:พื้นที่|เขต)[ก-์]{0,40})(?:\s+ทุก(?!ข์)[ก-์]{2,30})?")
_OF_A_LEVEL = re.compile(r"ทุก(?P<level>จังหวัด|อำเภอ|กอง|สำนัก|โรงเรียน|วัด|ตำบล)(?=\s|$)")
# Through whom a letter goes, in brackets or not: ก (ผ่าน ข), ก ผ่าน ข
_THROUGH = re.compile(r"(?:\(\s*)?ผ่าน\s*$|\([^)]*$")
_TITLE_OF_PLACES = either(*column("titles", "word", use="listed"))
_NAME = r"(?!ทุก|ใน|ผ่าน|และ|หรือ|กับ|ที่|หมู่|สาขา)[ก-์]{2,30}?"
_PLACES = re.compile(
    rf"(?P<title>{_TITLE_OF_PLACES})\s?"
    rf"(?P<places>{_NAME}(?:(?:\s*/\s*{_NAME})+|(?:(?:\s+|\s*,\s*){_NAME})*\s+และ\s*{_NAME}))$"
)
_HAS_LEVEL = re.compile("จังหวัด|อำเภอ|ตำบล|เทศ|เมือง|นคร")


def find_recipients(sheet: Sheet) -> tuple[Recipient, ...]:
    """Addressees as separate entries. A closing word for a whole group (``ก และ ข ทุกแห่ง``) holds for every group
    before it that names no place; a title before several places (``นายอำเภอ ก ข และ ค``) for each of them."""
    flow = sheet.part(Part.ADDRESS)
    label = labels.SALUTATION.match(flow.text) or labels.TO.match(flow.text)
    if label is None:
        return ()
    found: list[Recipient] = []
    for piece in reversed(_pieces(arabic(flow.text)[label.end() :])):
        start, end = (label.end() + place for place in piece)
        name = _TRAILING_AND.sub("", joined(flow.text[start:end]))
        shared = _shared(found[-1].name, name) if found else None
        for one in reversed(_each(name)):
            whole = f"{one} {shared}" if shared else one
            sure = 0.95 * flow.confidence(start, end) * (1.0 if _KNOWN.match(whole) else 0.6)
            found.append(Recipient(whole, bool(_EVERYONE.search(whole)), flow.evidence(start, end), sure))
    return tuple(reversed(found))


def _each(name: str) -> list[str]:
    """The addressees that a title before a list of places makes; one where it is no such list."""
    places = _PLACES.fullmatch(name)
    if places is None:
        return [name] if name else []
    return [places["title"] + place for place in re.split(r"\s*/\s*|\s*,\s*|\s*และ\s*|\s+", places["places"])]


def _shared(following: str, name: str) -> str | None:
    """The words for all of the group behind, where they hold for this name too: it names no place, and is not of
    another level than the words (ทุกอำเภอ) say."""
    everyone = _EVERYONE.search(following) if _BARE_GROUP.fullmatch(name) else None
    level = _OF_A_LEVEL.match(everyone[0]) if everyone else None
    fits = level is None or level["level"] in name or not _HAS_LEVEL.search(name)
    return everyone[0] if everyone and fits else None


def _pieces(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for cut in _BREAK.finditer(text):
        if (
            _NEEDS_OFFICE.fullmatch(text, start, cut.start())
            or (_LEVEL.match(text, cut.end()) and _NEEDS_LEVEL.search(text, start, cut.start()))
            or _THROUGH.search(text, start, cut.end())
        ):
            continue
        if cut.start() > start:
            bounds.append((start, cut.start()))
        start = cut.end()
    return [*bounds, (start, len(text.rstrip()))]


_COUNT = re.compile(either("จำนวน") + r"\s*(?P<count>\d+\s*[ก-๙]+)")
_NUMBERED = re.compile(r"(?:^|(?<=\s))(?:\d{1,2}\s*[.)]\s*)(?=[^\d\s])")


def find_enclosures(sheet: Sheet) -> tuple[Enclosure, ...]:
    """Entries of สิ่งที่ส่งมาด้วย with their counts; a numbered list gives one entry each."""
    flow = sheet.part(Part.ENCLOSURE)
    return tuple(_enclosure(entry, flow) for entry in entries_of(flow, labels.ENCLOSURE) if entry.text)


def _enclosure(entry: Entry, flow: Flow) -> Enclosure:
    count = _COUNT.search(arabic(entry.text))
    text = entry.text[: count.start()].strip(" |") if count else entry.text
    return Enclosure(
        text,
        entry.text[count.start("count") : count.end("count")] if count else None,
        flow.evidence(entry.start, entry.end),
        0.95 * flow.confidence(entry.start, entry.end),
    )


def entries_of(flow: Flow, label: re.Pattern[str]) -> list[Entry]:
    """The entries of a labelled part: cut at its list numbers, else one entry."""
    found = label.match(flow.text)
    if found is None:
        return []
    start = found.end()
    cuts = [start + match.start() for match in _NUMBERED.finditer(arabic(flow.text[start:]))]
    bounds = [start, *cuts, len(flow.text)] if cuts else [start, len(flow.text)]
    entries = []
    for first, last in pairwise(bounds):
        text = _NUMBERED.sub("", arabic(flow.text[first:last]), count=1)
        kept = flow.text[last - len(text) : last]
        if kept.strip(" \n|-"):
            entries.append(Entry(joined(kept.replace("|", " ")), last - len(text), last))
    return entries
