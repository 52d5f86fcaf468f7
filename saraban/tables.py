"""Tasks and progress as tables for export: plain values by column name, headers in Thai beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive import Progress, TaskRow
from letters import LetterDate, Office
from records import Form, Score
from records.sheet import write_csv, write_xlsx
from tasks import full_name, is_overdue, working_day_note

TASK_COLUMNS = {
    "due": "กำหนด (ค.ศ.)", "due_thai": "กำหนด", "note": "หมายเหตุวันทำการ", "office": "รหัสหน่วยงาน",
    "office_name": "หน่วยงาน",
    "title": "เรื่อง", "actions": "สิ่งที่ต้องทำ", "where": "ทำใน", "form": "แบบ", "state": "สถานะ", "overdue": "เกินกำหนด",
    "assignee": "ผู้รับผิดชอบ", "contact": "ติดต่อ", "manual": "คู่มือ/ลิงก์", "letter": "หนังสือ", "evidence": "หลักฐาน",
    "id": "รหัสงาน",
}
PROGRESS_COLUMNS = {
    "office": "รหัส", "office_name": "หน่วยงาน", "kind": "ประเภท", "district": "อำเภอ", "total": "งานทั้งหมด",
    "done": "เสร็จ",
    "certified": "รับรองแล้ว", "overdue": "เกินกำหนด", "not_applicable": "ไม่เกี่ยวข้อง", "percent": "ร้อยละ",
}
LPA_COLUMNS = {"office": "รหัส", "office_name": "หน่วยงาน", "district": "อำเภอ", "points": "คะแนน LPA", "next": "ขั้นต่อไป",
               "missing": "ยังขาด"}

Table = list[dict[str, Any]]


def task_table(rows: Iterable[TaskRow], today: dt.date) -> Table:
    """A line for each task, in the order given."""
    return [{
        "due": row.task.due.isoformat() if row.task.due else "",
        "due_thai": LetterDate.of(row.task.due).thai(short=True) if row.task.due else row.task.deadline_text,
        "note": working_day_note(row.task.due) if row.task.due else "", "office": row.task.office,
        "office_name": row.task.office_name, "title": row.task.title, "actions": "\n".join(row.task.actions),
        "where": row.task.where or "", "form": row.task.form or "", "state": row.state.value,
        "overdue": "ใช่" if is_overdue(row.task, row.state, today) else "", "assignee": row.assignee or "",
        "contact": "; ".join((*row.task.contacts, *row.task.phones, *row.task.emails)),
        "manual": " ".join((*row.task.urls, *row.task.manuals)), "letter": row.task.letter,
        "evidence": row.task.evidence[0].sentence if row.task.evidence else "", "id": row.task.id,
    } for row in rows]


def progress_table(progress: Iterable[Progress], offices: Mapping[str, Office]) -> Table:
    """A line for each office, then one for all. ``percent`` is what is done of what applies."""
    lines = [_line(one, offices.get(one.office)) for one in progress]
    if lines:
        counted = ("total", "done", "certified", "overdue", "not_applicable")
        whole = {name: sum(line[name] for line in lines) for name in counted}
        lines.append({"office": "", "office_name": "รวม", "kind": "", "district": "", **whole,
                      "percent": _percent(**whole)})
    return lines


def lpa_table(scores: Iterable[tuple[Office, Score]], forms: Mapping[str, Form]) -> Table:
    """A line for each LAO with its points and what is missing for the next step."""
    return [{
        "office": office.code, "office_name": full_name(office), "district": office.district, "points": score.points,
        "next": score.next_points if score.next_points is not None else "",
        "missing": "; ".join(f"{forms[one.form].title.th}: {one.what}" for one in score.missing),
    } for office, score in scores]


def as_bytes(kind: str, columns: Mapping[str, str], table: Sequence[Mapping[str, Any]], title: str) -> bytes:
    """The table as ``csv`` or ``xlsx``, its columns by name; the workbook explains them on a second sheet."""
    if kind == "csv":
        return write_csv(list(columns), table)
    return write_xlsx(list(columns), table, title, columns.items())


def _line(one: Progress, office: Office | None) -> dict[str, Any]:
    return {"office": one.office, "office_name": full_name(office) if office else one.office,
            "kind": office.kind.value if office else "", "district": office.district if office else "",
            "total": one.total, "done": one.done, "certified": one.certified, "overdue": one.overdue,
            "not_applicable": one.not_applicable, "percent": _percent(one.total, one.done, one.not_applicable)}


def _percent(total: int, done: int, not_applicable: int, **_: int) -> float:
    """Per cent of the tasks that apply; 100 where none does."""
    applies = total - not_applicable
    return round(100 * done / applies, 1) if applies else 100.0
