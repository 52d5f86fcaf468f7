"""What the labelled lines say: subject, salutation, enclosures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from letters import Enclosure, Reading, Repair
from letters.text import arabic
from parsing import labels
from parsing.dates import MONTH
from parsing.flow import Flow
from parsing.loose import either
from parsing.parts import Part
from parsing.sheet import Sheet


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
    return " ".join(line.split())


def _runs_on(left: str, right: str) -> bool:
    return bool(_THAI_END.match(left[-1:])) and bool(_THAI_START.match(right))


_THAI_END, _THAI_START = re.compile("[ก-ฮะ-ๅ็-๎]"), re.compile("[ก-ฮเ-ไ]")


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
    sure = 0.95 * flow.confidence(label.end(), label.end() + len(text))
    words, repairs = with_capitals(joined(text))
    return Reading(words, text, sure, (evidence,) if evidence else (), repairs)


_SMALL_FOR_CAPITAL = re.compile(r"(?<![A-Za-z])[l|](?=[A-Z]{2})|(?<=[A-Z])[l|](?=[A-Z])")


def with_capitals(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text with the upright stroke among capitals read as the capital it is: ``lNFO`` → ``INFO``."""
    whole = _SMALL_FOR_CAPITAL.sub("I", text)
    if whole == text:
        return text, ()
    changed = [(a, b) for a, b in zip(text.split(), whole.split(), strict=True) if a != b]
    reason = "เส้นตั้งระหว่างอักษรตัวพิมพ์ใหญ่คือ I"
    return whole, tuple(Repair("capital letter", before, after, reason, 0.97) for before, after in changed)


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


_COUNT = re.compile(either("จำนวน") + r"\s*(?P<count>\d+\s*[ก-๙]+)")
_NUMBERED = re.compile(r"(?:^|(?<=\s))(?:\d{1,2}\s*[.)]\s*)(?=[^\d\s])")


def find_enclosures(sheet: Sheet) -> tuple[Enclosure, ...]:
    """Entries of สิ่งที่ส่งมาด้วย with their counts; a numbered list gives one entry each."""
    flow = sheet.part(Part.ENCLOSURE)
    return tuple(_enclosure(entry, flow) for entry in entries_of(flow, labels.ENCLOSURE) if entry.text)


def _enclosure(entry: Entry, flow: Flow) -> Enclosure:
    count = next(reversed([*_COUNT.finditer(arabic(entry.text))]), None)
    text = entry.text[: count.start()].strip(" |") if count else entry.text
    return Enclosure(
        text,
        entry.text[count.start("count") : count.end("count")] if count else None,
        flow.evidence(entry.start, entry.end),
        0.95 * flow.confidence(entry.start, entry.end),
    )


def _in_brackets(text: str, place: int) -> bool:
    """Whether a bracket is open there: the 1) of (สส. 1) numbers no entry."""
    row = text[text.rfind("\n", 0, place) + 1 : place]
    return row.count("(") > row.count(")")


def entries_of(flow: Flow, label: re.Pattern[str]) -> list[Entry]:
    """The entries of a labelled part: cut at its list numbers, else one entry."""
    found = label.match(flow.text)
    if found is None:
        return []
    start = found.end()
    listed = flow.text[start:]
    numbers = (match.start() for match in _NUMBERED.finditer(arabic(listed)))
    cuts = [start + place for place in numbers if not _in_brackets(listed, place)]
    bounds = [start, *cuts, len(flow.text)] if cuts else [start, len(flow.text)]
    entries = []
    for first, last in pairwise(bounds):
        numbered = _NUMBERED.match(arabic(flow.text[first:last]))
        begin = first + (numbered.end() if numbered else 0)
        kept = flow.text[begin:last]
        if kept.strip(" \n|-"):
            entries.append(Entry(joined(kept.replace("|", " ")), begin, last))
    return entries
