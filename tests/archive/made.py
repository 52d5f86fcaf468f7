"""Invented pages, letters, graphs and tasks for the tests of the archive."""

from __future__ import annotations

import datetime as dt

from chain import CopyRef, Link, LinkRelation, LinkState, MentionRef, Node
from letters import (
    Attachment,
    AttachmentKind,
    Box,
    Evidence,
    Letter,
    LetterDate,
    LetterNumber,
    Line,
    Packet,
    Page,
    Precision,
    Reading,
    Reference,
    Relation,
    Repair,
    Rival,
    Source,
    Word,
)
from tasks import Task, TaskRole


def number(printed: str) -> LetterNumber:
    """A number that must parse."""
    parsed = LetterNumber.parse(printed)
    assert parsed is not None
    return parsed


def page(place: int = 1, text: str = "ที่ มท ๐๘๑๐.๗/ว ๙๐๘") -> Page:
    """A page of one line with a box."""
    box = Box(10, 20, 300.5, 40)
    return Page(place, (Line(text, (Word(text, 0.9, box),), box, 0.9),), Source.OCR, 2480, 3508, 300, reader="test 1")


def letter(printed: str = "มท 0810.7/ว 908", subject: str = "การสำรวจข้อมูล", pages: tuple[int, ...] = (1,)) -> Letter:
    """A letter that uses what a reading can hold, citing one other."""
    evidence = (Evidence(pages[0], 0, 5, "ที่ มท", Box(1, 2, 3, 4)),)
    value = number(printed)
    return Letter(
        pages=pages,
        number=Reading(value, printed, 0.9, evidence, (Repair("digit", "๑", "1", "ตัวเลขไทย"),),
                       (Rival(number("มท 0810.7/ว 903"), 0.2, "อ่านได้อีกแบบ"),)),
        date=Reading(LetterDate(2023, 2, precision=Precision.UNKNOWN_DAY), ".. กุมภาพันธ์ ๒๕๖๖", 0.5),
        issuer=Reading("กรมตัวอย่าง", "กรมตัวอย่าง", 1.0), subject=Reading(subject, subject, 0.8),
        references=(Reference(Relation.REFERENCE, Reading(number("มท 0810.7/ว 0012"), "ว 0012", 0.7),
                              Reading(LetterDate(2022, 3, 10), "10 มีนาคม 2565", 0.9), issuer="กรมตัวอย่าง"),),
        text="ที่ มท ๐๘๑๐.๗/ว ๙๐๘",
    )


def packet(*letters: Letter, name: str = "ตัวอย่าง", pages: tuple[Page, ...] | None = None) -> Packet:
    """A packet of these letters, one page each unless given."""
    if pages is None:
        pages = tuple(page(place) for place in range(1, len(letters) + 1))
    return Packet(name, pages, letters, (Attachment((9,), AttachmentKind.TABLE, 0),))


def node(key: str, printed: str | None = "มท 0810.7/ว 908", date: LetterDate | None = None,
         copies: tuple[CopyRef, ...] = (), issuer: str | None = "กรมตัวอย่าง") -> Node:
    """A node; absent without copies."""
    return Node(key, number(printed) if printed else None, date, issuer, "เรื่องตัวอย่าง", not copies, copies)


def link(source: str, target: str | None, mention: tuple[str, int, int] = ("a" * 64, 0, 0),
         state: LinkState = LinkState.LINKED) -> Link:
    """A link for one mention."""
    packet_id, index, reference = mention
    return Link(source, target, LinkRelation.REFERS, state, 0.9, ("เลขที่และวันที่ตรงกัน",),
                MentionRef(CopyRef(packet_id, index), reference), "number-and-date", Evidence(1, 0, 4, "อ้าง"))


def task(key: str, office: str = "6360401", due: dt.date | None = None, title: str = "รายงานข้อมูล") -> Task:
    """A task of one office."""
    return Task(key, "duty", office, "อบต.ตัวอย่าง", TaskRole.DO, title, ("รายงาน",), due, "", None, (), (), "node", (),
                ())
