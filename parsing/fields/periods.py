"""Deadlines without a day of their own: periods, ends of years, this month or week, and what is asked for at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from letters import Deadline, DeadlineKind, LetterDate, Precision, fiscal_year
from letters.text import arabic
from parsing.fields.address import joined
from parsing.fields.history import is_history, sentence_around
from parsing.fields.numerals import counted
from parsing.fields.phrases import FROM_END, QUOTED, RELATIVE, THIS, URGENT, WISH, YEAR_END
from parsing.flow import Flow
from parsing.loose import loose

FRIDAY = 4  # as datetime counts weekdays


def year_ends(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    """``ภายในปีงบประมาณ พ.ศ. ๒๕๖๖`` is due on 30 September, ``ภายในปี ๒๕๖๖`` within the year."""
    for match in YEAR_END.finditer(arabic(flow.text)):
        if is_history(match.start(), history):
            continue
        year = int(match["year"])
        fiscal = "งบ" in match["fiscal"]
        due = LetterDate.from_be(year, 9, 30) if fiscal else LetterDate.from_be(year, precision=Precision.YEAR)
        yield Deadline(
            DeadlineKind.DATE,
            joined(flow.text[match.start() : match.end()]),
            due,
            sentence=joined(sentence_around(flow.text, match.start(), match.end())),
            confidence=0.8,
            evidence=flow.evidence(match.start(), match.end()),
        )


def relative(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    """``ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือ``: days, and from what. Without ``นับแต่ …`` only where it is asked for."""
    folded = arabic(flow.text)
    for match in RELATIVE.finditer(folded):
        before = folded[max(0, match.start() - 200) : match.start()]
        if is_history(match.start(), history) or QUOTED.search(before):
            continue
        if match["from"] is None and not (match["unit"] and _says_within(match["cue"]) and WISH.search(before)):
            continue
        yield _relative(flow, match)


def _says_within(cue: str) -> bool:
    """Whether a cue says ``ภายใน`` (``ไม่เกิน ๗ วัน`` alone may limit a stay or a loan)."""
    return not re.match(loose("ไม่เกิน"), cue)


def _relative(flow: Flow, match: re.Match[str]) -> Deadline:
    end = match.end() if match["from"] is None else match.start("from") + _from_length(match["from"])
    end = len(flow.text[:end].rstrip())
    return Deadline(
        DeadlineKind.RELATIVE,
        joined(flow.text[match.start() : end]),
        None,
        _days(match["count"], match["unit"]),
        _starts(match["from"]),
        sentence=joined(sentence_around(flow.text, match.start(), match.end())),
        confidence=0.85 if match["from"] else 0.7,
        evidence=flow.evidence(match.start(), end),
        working="ทำการ" in (match["unit"] or ""),
    )


def _from_length(words: str) -> int:
    """Length of the words that say from when, without what follows them."""
    end = FROM_END.search(words)
    return end.start() if end else len(words)


def _starts(words: str | None) -> str | None:
    """What a period counts from: receipt, the letter's own date, a publication, or some other event."""
    if words is None:
        return None
    words = words[: _from_length(words)]
    return next((name for name, pattern in _STARTS if pattern.search(words)), "event")


_STARTS = (
    ("receipt", re.compile(r"รับ(?!รอง)(?!ผิด)")),
    ("letter", re.compile(r"ลงวันที่|(?:ใน|ลง)[^\n]{0,12}หนังสือ(?:ฉบับ)?นี้|หนังสือ(?:ฉบับ)?นี้|^\s*ออกหนังสือ")),
    ("publication", re.compile(r"ประกาศ|เผยแพร่|ราชกิจจา")),
)


def _days(count: str, unit: str | None) -> int:
    """Days of a period; hours are counted up to whole days, months as thirty (the words are kept beside)."""
    if unit in ("ชั่วโมง", "ชม."):
        return -(-counted(count) // 24)
    return counted(count) * {"เดือน": 30, "สัปดาห์": 7}.get(unit or "", 1)


def of_this_time(flow: Flow, history: Sequence[tuple[int, int]], letter_date: LetterDate | None) -> Iterator[Deadline]:
    """``ภายในสิ้นเดือนนี้``, ``ภายในวันนี้``: the time follows from the letter's own date, whatever that is."""
    for match in THIS.finditer(flow.text):
        if is_history(match.start(), history) or QUOTED.search(flow.text[max(0, match.start() - 200) : match.start()]):
            continue
        due = _this(match, letter_date)
        yield Deadline(
            DeadlineKind.DATE,
            joined(match[0]),
            due,
            starts="letter",
            sentence=joined(sentence_around(flow.text, match.start(), match.end())),
            confidence=0.75 if due else 0.5,
            evidence=flow.evidence(match.start(), match.end()),
        )


def _this(match: re.Match[str], letter_date: LetterDate | None) -> LetterDate | None:
    """The time meant by this or next day, week, month, year or fiscal year; ``None`` if the letter's date is not
    known well enough."""
    if letter_date is None or letter_date.month is None:
        return None
    later = re.match(loose("หน้า"), match["which"]) is not None
    unit, day = match["unit"], letter_date.date
    if re.match(loose("ปีงบประมาณ"), unit):
        return LetterDate.from_be(fiscal_year(letter_date.earliest) + later, 9, 30)
    if re.match(loose("เดือน"), unit):
        month = letter_date.month + later
        return LetterDate(letter_date.year + month // 13, (month - 1) % 12 + 1, precision=Precision.MONTH)
    if re.match(loose("ปี"), unit):
        return LetterDate(letter_date.year + later, precision=Precision.YEAR)
    if day is None:
        return None
    if re.match(loose("สัปดาห์"), unit):
        return LetterDate.of(day + dt.timedelta(days=FRIDAY - day.weekday() + 7 * later))
    return LetterDate.of(day + dt.timedelta(days=int(not re.match(loose("นี้") + "$", match["which"]))))


def urgent(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    """What is asked for at once, without a day: ``โดยด่วน``; the first of a body."""
    for match in URGENT.finditer(flow.text):
        if not is_history(match.start(), history):
            yield Deadline(
                DeadlineKind.URGENT,
                match[0],
                sentence=joined(sentence_around(flow.text, match.start(), match.end())),
                confidence=0.8,
                evidence=flow.evidence(match.start(), match.end()),
            )
            return
