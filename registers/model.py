"""Books of a registry, their rows, and what may be wrong with them (the Regulation, clauses 35–51 and 52–70)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from letters.errors import BadRequest, Conflict


class Book(StrEnum):
    """The books of an office. Each begins anew with every calendar year and numbers its rows without a gap; circulars
    are counted apart from other letters that go out."""

    RECEIVED = "received"  # ทะเบียนหนังสือรับ, form 13
    SENT = "sent"          # ทะเบียนหนังสือส่ง, form 14
    CIRCULAR = "circular"  # the same form with the numbers of ว
    KEPT = "kept"          # ทะเบียนหนังสือเก็บ, form 20

    @property
    def goes_out(self) -> bool:
        """Whether its number becomes part of the number of the letter."""
        return self in (Book.SENT, Book.CIRCULAR)


class State(StrEnum):
    """How a row stands. Its number stays used in every state."""

    RESERVED = "reserved"
    ENTERED = "entered"
    CANCELLED = "cancelled"
    DESTROYED = "destroyed"  # only of kept letters


class Mark(StrEnum):
    """What sets a row apart from one that was entered on its day."""

    NONE = ""
    LATE = "late"          # a later number with the true day
    RESERVED = "reserved"  # a number that was set aside on its day and used afterwards


class Opinion(StrEnum):
    """What the committee on destruction says of a kept letter (การพิจารณา, form 25)."""

    NONE = ""
    DESTROY = "destroy"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True)
class Columns:
    """What a row tells of its letter, as the forms have it: ที่, ลงวันที่, จาก, ถึง, เรื่อง, การปฏิบัติ, หมายเหตุ. ``dated`` is
    ISO of the CE, as far as known (``2023-06-14``, ``2023-06``, ``2023``, or empty)."""

    number: str = ""
    dated: str = ""
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    action: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a book. ``year`` is the CE year of the book, ``day`` the day it is entered for (CE), ``time`` ``HH:MM``
    in Thailand or empty. ``reason``: why it is late, set aside, cancelled or destroyed. ``packet`` (SHA-256) and
    ``page`` (from 1): the letter it is of. Of kept letters: ``source`` is the row that was kept, ``received`` its
    number as printed, ``folder`` the code of the file, ``retention`` a key of :data:`registers.RETENTION`,
    ``keep_until`` the last CE year (``None``: for ever). ``closed``: the letter is secret to the reader, and its
    columns are empty."""

    id: int
    office: str
    book: Book
    year: int
    number: int
    day: dt.date
    time: str
    state: State
    mark: Mark
    reason: str
    letter: Columns
    packet: str | None
    page: int | None
    source: int | None
    received: str
    folder: str
    retention: str
    keep_until: int | None
    opinion: Opinion
    version: int
    made_at: dt.datetime
    made_by: str
    closed: bool = False


class BadDay(BadRequest):
    """A day that the order of the book does not allow."""

    code = "register-day"
    what = {"th": "ลงวันที่ {subject} ไม่ได้: {detail}", "en": "cannot enter the day {subject}: {detail}"}
    remedy = {"th": "แก้วันที่ หรือบอกเหตุที่ลงย้อนหลัง", "en": "mend the day, or say why it is entered late"}


class NoReason(BadRequest):
    """Something that may only be done with a reason."""

    code = "register-reason"
    what = {"th": "ยังไม่ได้บอกเหตุผลของ {subject}", "en": "no reason was given for {subject}"}
    remedy = {"th": "พิมพ์เหตุผลแล้วทำอีกครั้ง", "en": "give the reason and try again"}


class AlreadyThere(Conflict):
    """The letter stands in the book already."""

    code = "register-twice"
    what = {"th": "หนังสือนี้ลงทะเบียนไว้แล้ว เลขที่ {subject}", "en": "the letter is registered already under {subject}"}
    remedy = {"th": "เปิดแถวเดิม หรือยกเลิกเลขเดิมก่อน", "en": "open that row, or cancel its number first"}


class NotSo(Conflict):
    """What was asked does not fit how the row stands."""

    code = "register-state"
    what = {"th": "ทำกับเลขที่ {subject} ไม่ได้: {detail}", "en": "this cannot be done with {subject}: {detail}"}
    remedy = {"th": "เปิดแถวนั้นดูสถานะ", "en": "open the row and look how it stands"}
