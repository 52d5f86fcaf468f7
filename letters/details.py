"""What the program knows more of a file's fault, said in Thai. Faults are raised with an English detail, often in a
library's words: what is told here has its Thai, the rest is left to the log, since it helps no clerk."""

from __future__ import annotations

import re
from collections.abc import Callable

_MILLION, _MEGA = 1_000_000, 1024 * 1024


def _area(given: re.Match[str]) -> str:
    return f"หน้า {given[1]} กว้าง {given[2]} สูง {given[3]} จุดภาพ รับได้ไม่เกิน {int(given[4]) // _MILLION:,} ล้านจุด"


def _paper(given: re.Match[str]) -> str:
    return f"หน้า {given[1]} เป็นกระดาษกว้าง {given[2]} สูง {given[3]} นิ้ว ใหญ่เกินไป"


def _weight(given: re.Match[str]) -> str:
    return f"ขนาด {int(given[1]) / _MEGA:,.1f} MB รับได้ไม่เกิน {int(given[2]) / _MEGA:,.1f} MB".replace(".0 MB", " MB")


_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"no pages"), lambda _: "ไม่มีหน้าเลย"),
    (re.compile(r"the end of the file is missing"), lambda _: "ส่วนท้ายของไฟล์หายไป"),
    (re.compile(r"seconds"), lambda _: "ใช้เวลาอ่านนานเกินกำหนด"),
    (re.compile(r"(\d+) bytes > bytes (\d+)"), _weight),
    (re.compile(r"(\d+) pages > pages (\d+)"), lambda given: f"มี {given[1]} หน้า รับได้ไม่เกิน {given[2]} หน้า"),
    (re.compile(r"pages > (?:pages )?(\d+)"), lambda given: f"รับได้ไม่เกิน {given[1]} หน้า"),
    (re.compile(r"(\d+) MB"), lambda given: f"รับได้ไม่เกิน {given[1]} MB"),
    (re.compile(r"page (\d+): (?:an image of )?(\d+) x (\d+) pixels > pixels (\d+)"), _area),
    (re.compile(r"page (\d+): (\d+) x (\d+) inches > pixels \d+"), _paper),
    (re.compile(r"page (\d+): .*", re.DOTALL), lambda given: f"หน้า {given[1]}"),
)


def in_thai(detail: str) -> str:
    """The detail of a fault in Thai; as it is where it is Thai already, empty where there are no words for it."""
    if re.search(r"[ก-๛]", detail):
        return detail
    for pattern, say in _SAYINGS:
        if found := pattern.fullmatch(detail):
            return say(found)
    return ""
