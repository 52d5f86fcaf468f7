"""The regulation's forms 13, 14, 20 and 25: their titles, columns, and rows as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from letters import LetterDate, Precision
from letters.date import BE_OFFSET
from registers.model import Book, Mark, Opinion, Row, State
from registers.retention import FOREVER

CLOSED = "(หนังสือมีชั้นความลับ)"
"""What stands in place of a subject that the reader is not named for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in characters, and what stands in it."""

    header: str
    width: int
    cell: Callable[[Row], str | int]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the Regulation's annex."""

    number: int
    title: str
    columns: tuple[Column, ...]

    def table(self, rows: Iterable[Row]) -> list[list[str | int]]:
        """A line of cells for each row."""
        return [[column.cell(row) for column in self.columns] for row in rows]


def dated(iso: str) -> str:
    """A day of the CE (ISO, as far as known) as letters write it, in the BE: ``14 มิ.ย. 2566``."""
    if not iso:
        return ""
    year, month, day = [*map(int, iso.split("-")), None, None][:3]
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return LetterDate(year or 0, month, day, precision).thai(short=True)


def subject(row: Row) -> str:
    """The subject, or why it is not told."""
    if row.state is State.RESERVED:
        return "(จองเลขไว้)"
    return CLOSED if row.closed else row.letter.subject


def remark(row: Row) -> str:
    """The remark, with what sets the row apart."""
    day, why = LetterDate.of(row.day).thai(short=True), f": {row.reason}" if row.reason and not row.closed else ""
    words = {State.CANCELLED: f"ยกเลิก{why}", State.RESERVED: f"จองเลข{why}", State.DESTROYED: f"ทำลายแล้ว{why}"}
    marks = {Mark.LATE: f"ลงย้อนหลัง{why}", Mark.RESERVED: f"ใช้เลขจองของวันที่ {day}{why}", Mark.NONE: ""}
    return " ".join(part for part in (row.letter.remark, words.get(row.state) or marks[row.mark]) if part)


def until(row: Row) -> str:
    """How long it is kept, as its stamp says (clause 54)."""
    if row.keep_until is None:
        return "ห้ามทำลาย" if row.retention == FOREVER else ""
    return f"เก็บถึง พ.ศ. {row.keep_until + BE_OFFSET}"


def opinion(row: Row) -> str:
    """What the committee decided."""
    return {Opinion.DESTROY: "ทำลาย", Opinion.EXTEND: until(row), Opinion.NONE: ""}[row.opinion]


def _day(row: Row) -> str:
    return LetterDate.of(row.day).thai(short=True) + (f" {row.time.replace(':', '.')} น." if row.time else "")


_NUMBER = Column("ที่", 20, lambda row: row.letter.number)
_DATED = Column("ลงวันที่", 13, lambda row: dated(row.letter.dated))
_SUBJECT = Column("เรื่อง", 46, subject)
_REMARK = Column("หมายเหตุ", 24, remark)
_FOLDER = Column("รหัสแฟ้ม", 12, lambda row: row.folder)
_RECEIVED = Column("เลขทะเบียนรับ", 13, lambda row: row.received)


def _letters(first: str, day: str) -> tuple[Column, ...]:
    """The columns that forms 13 and 14 share; the day stands in the head of the paper form, here beside each number."""
    return (
        Column(first, 11, lambda row: row.number), Column(day, 17, _day), _NUMBER, _DATED,
        Column("จาก", 24, lambda row: row.letter.sender), Column("ถึง", 22, lambda row: row.letter.recipient), _SUBJECT,
        Column("การปฏิบัติ", 20, lambda row: row.letter.action), _REMARK)


FORMS = {
    Book.RECEIVED: Form(13, "ทะเบียนหนังสือรับ", _letters("เลขทะเบียนรับ", "วันที่รับ")),
    Book.SENT: Form(14, "ทะเบียนหนังสือส่ง", _letters("เลขทะเบียนส่ง", "วันที่ส่ง")),
    Book.CIRCULAR: Form(14, "ทะเบียนหนังสือส่ง (หนังสือเวียน)", _letters("เลขทะเบียนส่ง", "วันที่ส่ง")),
    Book.KEPT: Form(20, "ทะเบียนหนังสือเก็บ", (
        Column("ลำดับที่", 8, lambda row: row.number), Column("วันเก็บ", 13, _day), _RECEIVED, _NUMBER, _SUBJECT, _FOLDER,
        Column("กำหนดเวลาเก็บ", 18, until), _REMARK)),
}
"""The form of each book."""

DESTRUCTION = Form(25, "บัญชีหนังสือขอทำลาย", (
    _FOLDER, _NUMBER, _DATED, _RECEIVED, _SUBJECT, Column("การพิจารณา", 18, opinion), _REMARK))
"""The destruction list; its running number is the line's."""
