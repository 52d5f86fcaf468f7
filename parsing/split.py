"""Where each letter of a packet starts and ends, and which pages are attachments.

A letter is known by several signs together (number line, เรื่อง, เรียน or ถึง, date line, form headings), so that one
garbled label does not lose it. With page marks a letter starts at the top of a page; a text without any is cut at its
number lines, and pages are counted as one per letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from letters import Attachment, AttachmentKind, Page, Source
from letters.text import arabic
from parsing import labels
from parsing.dates import find_dates
from parsing.flow import Row, rows_of
from parsing.numbers import head_number

HEAD_SCORE = 3.0  # two strong signs, or one form heading
TOP = 0.62  # a letter's head stands in the upper part of its page


@dataclass(frozen=True, slots=True)
class Segment:
    """The rows of one letter, and the page numbers they stand on."""

    rows: tuple[Row, ...]
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A packet cut into letters and attachments; ``pages`` are renumbered for a text without page marks."""

    pages: tuple[Page, ...]
    letters: tuple[Segment, ...]
    attachments: tuple[Attachment, ...]


def split_packet(pages: Sequence[Page]) -> Split:
    """Cuts a packet. Pages must be in order of number and already mended."""
    if len(pages) == 1 and pages[0].source is Source.TEXT:
        pages = _one_page_per_letter(pages[0])
    return _split_pages(tuple(pages))


def head_signs(rows: Sequence[Row]) -> float:
    """How much the rows look like a letter's head: sum of the weights of the signs found, each counted once."""
    found: dict[str, float] = {}
    for row in rows:
        text = arabic(row.text)
        if next(head_number(row.text), None) or labels.ORDER_NUMBER.match(text):
            found["number"] = 2.0
        elif labels.MEMO.match(text) or labels.ORDER.match(text) or labels.ANNOUNCEMENT.match(text):
            found["form"] = 2.5
        elif labels.MEMO_OFFICE.match(text) or labels.RADIO.search(text):
            found["field"] = 1.5
        elif labels.SUBJECT.match(text):
            found["subject"] = 1.5
        elif labels.SALUTATION.match(text) or labels.TO.match(text):
            found["address"] = 1.5
        elif labels.REFERENCE.match(text) or labels.ENCLOSURE.match(text):
            found["reference"] = 1.0
        elif len(text.strip()) < 40 and find_dates(text):
            found["date"] = 1.0
    return sum(found.values())


def _split_pages(pages: tuple[Page, ...]) -> Split:
    letters: list[list[Page]] = []
    attachments: list[Attachment] = []
    for page in pages:
        role = _role(page, letters)
        if role == "letter":
            letters.append([page])
        elif role == "continuation":
            letters[-1].append(page)
        else:
            _attach(attachments, page, len(letters) - 1 if letters else None)
    segments = []
    for index, group in enumerate(letters):
        rows = [row for page in group for row in rows_of(page)]
        end = _letter_end(rows) if group[-1].source is Source.TEXT else len(rows)
        if end < len(rows):
            beyond = Page(group[-1].number, tuple(row.line for row in rows[end:]), Source.TEXT)
            _attach(attachments, beyond, index)
        segments.append(Segment(tuple(rows[:end]), tuple(page.number for page in group)))
    return Split(pages, tuple(segments), tuple(sorted(attachments, key=lambda item: item.pages)))


def _role(page: Page, letters: Sequence[Sequence[Page]]) -> str:
    rows = [row for row in rows_of(page) if row.text.strip()]
    top = [row for row in rows if row.depth < TOP]
    if head_signs(top) >= HEAD_SCORE and _has_address(top):
        return "letter"
    follows = bool(letters) and letters[-1][-1].number == page.number - 1
    if follows and rows and (_numbered(rows[0]) or not _is_closed(letters[-1])) and not _looks_attached(rows):
        return "continuation"
    return "attachment"


def _has_address(rows: Sequence[Row]) -> bool:
    """A letter is addressed, or is an order or announcement under its own heading."""
    texts = [arabic(row.text) for row in rows]
    addressed = any(labels.SALUTATION.match(text) or labels.TO.match(text) for text in texts)
    formal = any(
        labels.ORDER.match(text) or labels.ANNOUNCEMENT.match(text) or labels.MEMO.match(text) for text in texts
    )
    numbered = any(next(head_number(row.text), None) for row in rows) and any(
        labels.SUBJECT.match(text) for text in texts
    )
    return addressed or formal or numbered


def _numbered(row: Row) -> bool:
    return bool(labels.PAGE_NUMBER.match(arabic(row.text)))


def _is_closed(group: Sequence[Page]) -> bool:
    """Whether the letter has come to its end: closing words, or (stamped letters) a phone in the foot of the page."""
    texts = [row.text for page in group for row in rows_of(page) if row.text.strip()]
    if labels.CATCH_WORD.match(arabic(texts[-1])) if texts else False:
        return False
    return any(labels.CLOSING.match(text) for text in texts) or any(labels.CONTACT.search(text) for text in texts[-6:])


_ATTACHED = re.compile(
    r"^\s*(?:สิ่งที่ส่งมาด้วย|เอกสารแนบ|แบบ(?:ฟอร์ม|รายงาน|ประเมิน|สำรวจ|สรุป)|บัญชี|ตาราง|คู่มือ|QR\s?Code|กำหนดการ|\(ร่าง\))",
    re.IGNORECASE,
)


def _looks_attached(rows: Sequence[Row]) -> bool:
    return any(_ATTACHED.match(row.text) for row in rows[:3])


def _attach(attachments: list[Attachment], page: Page, letter: int | None) -> None:
    kind = attachment_kind(page)
    last = attachments[-1] if attachments else None
    if last and last.kind is kind and last.letter == letter and last.pages[-1] == page.number - 1:
        attachments[-1] = Attachment((*last.pages, page.number), kind, letter)
    else:
        attachments.append(Attachment((page.number,), kind, letter))


def attachment_kind(page: Page) -> AttachmentKind:
    """What a page that is no letter holds, by its words and codes."""
    text = page.text
    if re.search(r"คู่มือ|ขั้นตอน|เข้าสู่ระบบ|เลือกเมนู|Username|Login|คลิก", text) and not re.fullmatch(
        r"(?s).{0,400}QR.{0,400}", text
    ):
        return AttachmentKind.MANUAL
    if (page.codes or re.search(r"QR\s?Code", text, re.IGNORECASE)) and len(text.strip()) < 500:
        return AttachmentKind.QR
    if re.search(r"^\s*\(?แบบ", text, re.MULTILINE) or len(re.findall(r"\.{6,}|…{3,}|_{6,}", text)) > 4:
        return AttachmentKind.FORM
    if re.search(r"ลำดับ|ตาราง|บัญชี|รวมทั้งสิ้น", text):
        return AttachmentKind.TABLE
    return AttachmentKind.OTHER


# --- texts without page marks ----------------------------------------------------------------------------------------


def _one_page_per_letter(page: Page) -> tuple[Page, ...]:
    """The text cut before each letter, one page for each."""
    rows = rows_of(page)
    starts = [_with_stamps(rows, index) for index in _heads(rows)]
    bounds = [0, *starts[1:], len(rows)] if starts else [0, len(rows)]
    return tuple(
        Page(number, tuple(row.line for row in rows[first:last]), page.source, codes=page.codes, reader=page.reader)
        for number, (first, last) in enumerate(pairwise(bounds), 1)
    )


def _heads(rows: Sequence[Row]) -> list[int]:
    """Rows where a letter's head begins: a number line or form heading with an address label before the next one."""
    candidates = _apart([index for index, row in enumerate(rows) if _begins_head(row)], rows)
    heads: list[int] = []
    for index, following in pairwise([*candidates, len(rows)]):
        window = [row for row in rows[index:following] if row.text.strip()][:18]
        if head_signs(window) >= HEAD_SCORE and _has_address(window):
            heads.append(index)
    return heads


def _apart(candidates: Sequence[int], rows: Sequence[Row]) -> list[int]:
    """Candidates without those that belong to the one right above: a memo's heading and number line are one head."""
    kept: list[int] = []
    for index in candidates:
        between = rows[kept[-1] + 1 : index] if kept else ()
        if not kept or len(between) > 4 or any(_is_label(row) or labels.CLOSING.match(row.text) for row in between):
            kept.append(index)
    return kept


def _begins_head(row: Row) -> bool:
    text = arabic(row.text)
    return bool(next(head_number(row.text), None) or labels.MEMO.match(text) or labels.ORDER.match(text))


def _with_stamps(rows: Sequence[Row], head: int) -> int:
    """The head's first row, moved up over the received stamp that stands right above it."""
    start = head
    for index in range(head - 1, max(-1, head - 9), -1):
        text = arabic(rows[index].text)
        if labels.STAMP.search(text):
            start = index - (1 if index and _stamp_title(rows[index - 1].text) else 0)
        elif len(text.strip()) > 40:
            break
    return start


def _stamp_title(text: str) -> bool:
    return 0 < len(text.strip()) < 45 and not labels.CONTACT.search(text)


def _letter_end(rows: Sequence[Row]) -> int:
    """Index after the last row of a letter in bare text: its office block; beyond it, long matter is an attachment."""
    labelled = max((index for index, row in enumerate(rows[:40]) if _is_label(row)), default=0)
    closing = next((index for index, row in enumerate(rows) if labels.CLOSING.match(row.text)), labelled)
    end = next((index for index in range(closing + 1, len(rows)) if labels.CONTACT.search(rows[index].text)), None)
    if end is None:
        return len(rows)
    while end + 1 < len(rows) and any(labels.CONTACT.search(row.text) for row in rows[end + 1 : end + 4]):
        end += 1
    beyond = sum(len(row.text.strip()) for row in rows[end + 1 :])
    return end + 1 if beyond > 600 else len(rows)


def _is_label(row: Row) -> bool:
    return any(label.match(row.text) for label in (labels.SUBJECT, labels.SALUTATION, labels.TO, labels.REFERENCE))
