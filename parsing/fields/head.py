"""The head of a letter: kind, number, date, urgency, secrecy, and what calls it a copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from letters import Kind, LetterDate, LetterNumber, Precision, Reading, Repair
from letters.date import MONTHS
from letters.text import arabic
from parsing import labels
from parsing.dates import MONTH, FoundDate, find_dates, read_date
from parsing.fields.handwritten import day_by_hand, number_by_hand
from parsing.fields.typed import date_in_print, number_in_print
from parsing.flow import Flow
from parsing.loose import THI, either, loose
from parsing.numberline import own_number
from parsing.numbers import head_number
from parsing.owners import mend_by_address, mend_owner
from parsing.parts import Part
from parsing.sheet import Sheet

GAP = re.compile(r"\s{2,}")
_HALF = re.compile(rf"^\s*{THI}\s*[ก-ฮ]{{1,3}}\.?\s*(?:\d{{4,5}}(?:\.\d{{1,4}}){{0,3}}\s?/\s*)?$")
_CITES = re.compile(f"{either('หนังสือ', 'ลงวันที่', 'อ้างถึง', 'สิ่งที่ส่งมาด้วย')}|{labels.STAMP.pattern}")


_FORMS = (
    (Kind.MEMO, (labels.MEMO.match, labels.MEMO_OFFICE.match), 14),
    (Kind.RADIO, (labels.RADIO.search,), 14),  # not where the letter cites one
    (Kind.ORDER, (labels.ORDER.match, labels.ORDER_NUMBER.match), 4),
    (Kind.ANNOUNCEMENT, (labels.ANNOUNCEMENT.match,), 4),
)


SHORTEST = 6  # characters of a row that tells the form; shorter ones above it are strays


def find_form(sheet: Sheet) -> Reading[Kind]:
    """The type of letter, by its form heading among the first rows, else by how it addresses."""
    flow = sheet.where(lambda _, part: part not in (Part.BODY, Part.SUBJECT, Part.REFERENCE, Part.ENCLOSURE))
    worded = [(index, row) for index, row in enumerate(flow.rows) if len(row.text.strip()) >= SHORTEST]
    for kind, patterns, rows in _FORMS:
        for index, row in worded[:rows]:
            if found := next((match for pattern in patterns if (match := pattern(row.folded))), None):
                first = flow.start_of(index)
                return _formed(kind, flow, first + found.start(), first + found.end(), 0.97)
    addressed = sheet.part(Part.ADDRESS)
    if label := labels.TO.match(addressed.text):
        return _formed(Kind.STAMPED, addressed, 0, label.end(), 0.95)
    salutation = labels.SALUTATION.match(addressed.text)
    closed = any(labels.CLOSING.match(row.text) for row in sheet.rows)
    return _formed(Kind.EXTERNAL, addressed, 0, salutation.end() if salutation else 0, 0.95 if closed else 0.8)


def _formed(kind: Kind, flow: Flow, start: int, end: int, sure: float) -> Reading[Kind]:
    evidence = flow.evidence(start, end) if end else None
    return Reading(kind, flow.text[start:end].strip(), sure, (evidence,) if evidence else ())


def find_number(sheet: Sheet, issuer: str | None) -> Reading[LetterNumber]:
    """The letter's own number from its ``ที่`` line; an order's (``ที่ 12/2566``) is its running number."""
    flow = sheet.where(lambda _, part: part in (Part.HEAD, Part.STAMP, Part.SUBJECT))
    whole_head = arabic(sheet.part(Part.HEAD).text)
    for index, row in enumerate(flow.rows):
        order = labels.ORDER_NUMBER.match(row.folded)
        found = (
            None if order and not order["serial"].startswith("0") else _over_two(flow, index) or own_number(row.text)
        )
        if found:
            start, end, reading = found
            mended = mend_owner(reading, issuer, sheet.printed.text)
            return _located(mend_by_address(mended, whole_head), flow, index, start, end)
        if order:
            value = LetterNumber(None, None, False, order["serial"])
            return _located(
                Reading(value, row.text.strip(), 0.9), flow, index, order.start("serial"), order.end("year")
            )
    beside = next(_beside(flow), None)
    if beside:
        index, start, end, reading = beside
        mended = mend_owner(reading, issuer, sheet.printed.text)
        return _located(mend_by_address(mended, whole_head), flow, index, start, end)
    return Reading()


def _over_two(flow: Flow, index: int) -> tuple[int, int, Reading[LetterNumber]] | None:
    """A number that goes on in the row below: its owner letters alone, or all but its running number, end the first."""
    row = flow.rows[index].text
    if index + 1 == len(flow.rows) or not _HALF.match(flow.rows[index].folded):
        return None
    below = flow.rows[index + 1].text
    gap = GAP.search(below.rstrip(), len(below) - len(below.lstrip()))
    more = below[: gap.start()] if gap else below
    if "/" in row and not more.lstrip().startswith("ว"):
        return None  # a stray number, as of a stamp, may stand below a number left open
    found = next(head_number(f"{row} {more}"), None)
    return found if found and found[2].value and found[2].value.serial and found[1] > len(row) else None


def _beside(flow: Flow) -> Iterator[tuple[int, int, int, Reading[LetterNumber]]]:
    """Whole numbers right of other words of the head: (row, start, end, reading). Not one that the row cites."""
    for index, row in enumerate(flow.rows):
        if _CITES.search(row.text):
            continue
        for segment, offset in segments(row.text)[1:]:
            for start, end, reading in head_number(segment):
                if reading.value and reading.value.agency and reading.value.serial:
                    yield index, offset + start, offset + end, reading


def _located(reading: Reading[LetterNumber], flow: Flow, row: int, start: int, end: int) -> Reading[LetterNumber]:
    first = flow.start_of(row)
    evidence = flow.evidence(first + start, first + end)
    trust = flow.confidence(first + start, first + end)
    located = replace(reading, evidence=(evidence,) if evidence else (), confidence=reading.confidence * trust)
    typed = number_in_print(located, flow, first + start, first + end)
    return number_by_hand(typed, flow.rows[row].line)


_GIVEN = re.compile(rf"{either('สั่ง', 'ประกาศ', 'ให้ไว้', spaced=True)}\s*ณ\s*{loose('วันที่', spaced=True)}\s*")
_THEN_NUMBER = re.compile(rf"\s{{2,}}{THI}\s*[ก-ฮ]{{1,3}}\.?\s*\d{{4}}")  # of memos that name the day first
_DAY_ALONE = re.compile(r"\s*\d{1,2}\s*$")
_MONTH_BELOW = re.compile(rf"\s*{MONTH}\s*(?:พ\s?\.\s?ศ\s?\.\s*)?25\d\d\s*$")
_YEAR_BELOW = re.compile(r"\s*(?:พ\s?\.\s?ศ\s?\.\s*)?25\d\d\s*$")
_NO_YEAR = re.compile(rf"\s*(?:{loose('วันที่')}\s*)?\d{{1,2}}\s+{MONTH}\s*$")
_DAY_WORD = re.compile(rf"(?<=\s){loose('วันที่')}\s")
_DAY_LABEL = re.compile(
    rf"(?:{loose('สั่ง ณ')}|{loose('ประกาศ ณ')}|ลง)?\s*{either('วันที่', 'วันเดือนปี', spaced=True)}?\s*[:：]?\s*[.…]*\s*[-–]*"
)
_DATE_LINE = re.compile(
    rf"^\s*(?:(?:วันที่)\s*)?(?P<day>.{{0,12}}?)\s*(?P<month>{MONTH})\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)\s*$"
)


def find_date(sheet: Sheet, kind: Kind) -> Reading[LetterDate]:
    """The letter's own date: the line of its own between number and subject, never a stamp's.

    A day that is blank, handwritten beyond reading or damaged leaves the day unknown.
    """
    if kind in (Kind.ORDER, Kind.ANNOUNCEMENT) and (given := _given_on(sheet)):
        return given
    candidates = list(_date_lines(sheet.part(Part.HEAD), stamped=False))
    if not candidates and kind in (Kind.MEMO, Kind.RADIO, Kind.ORDER, Kind.ANNOUNCEMENT, Kind.STAMPED):
        candidates = list(
            _date_lines(sheet.where(lambda _, part: part not in (Part.NOTE, Part.STAMP, Part.BODY)), stamped=True)
        )
    if not candidates:
        candidates = list(_date_lines(sheet.part(Part.SUBJECT), stamped=False, aside=True))
    plain = [reading for labelled, reading in candidates if not labelled]
    chosen = (plain or [reading for _, reading in candidates])[-1:]
    return chosen[0] if chosen else Reading()


def _given_on(sheet: Sheet) -> Reading[LetterDate]:
    """The date at the foot of an order or announcement: ``สั่ง ณ วันที่ …`` (Regulation, forms 4 to 7)."""
    flow = sheet.printed
    for label in _GIVEN.finditer(flow.text):
        found = next(iter(find_dates(flow.text[label.end() : label.end() + 60])), None)
        if found and found.start <= 3:
            start, end = label.end() + found.start, label.end() + found.end
            evidence = flow.evidence(start, end)
            trust = flow.confidence(start, end)
            given = replace(
                found.reading, evidence=(evidence,) if evidence else (), confidence=found.reading.confidence * trust
            )
            return day_by_hand(given, flow.rows[flow.row_at(start)].line)
    return Reading()


def _date_lines(flow: Flow, *, stamped: bool, aside: bool = False) -> list[tuple[bool, Reading[LetterDate]]]:
    """Rows (or right ends of rows; ``aside``: only those) that are a date: (begins with วันที่, reading)."""
    found = []
    for index, row in enumerate(flow.rows):
        numbered = _THEN_NUMBER.search(row.folded)
        first = row.text[: numbered.start()] if numbered else ""
        text = first if find_dates(first) else _with_row_below(flow, index)
        for segment, offset in segments(text)[int(aside) :]:
            reading = _line_date(segment.replace("\n", " "))
            if reading is None:
                continue
            start = flow.start_of(index) + offset
            evidence = flow.evidence(start, start + len(segment))
            trust = flow.confidence(start, start + len(segment))
            labelled = bool(re.match(r"\s*วัน\s?ท", segment)) and not stamped
            located = replace(reading, evidence=(evidence,) if evidence else (), confidence=reading.confidence * trust)
            typed = date_in_print(located, flow, start, start + len(segment))
            found.append((labelled, day_by_hand(typed, row.line)))
            break
    return found


def _with_row_below(flow: Flow, index: int) -> str:
    """A row's text, with the row below where that goes on with the date which the row begins; nothing of that row."""
    if index and _is_torn(flow, index - 1):
        return ""
    row = flow.rows[index]
    return f"{row.text}\n{flow.rows[index + 1].text}" if _is_torn(flow, index) else row.text


def _is_torn(flow: Flow, index: int) -> bool:
    """Whether a date goes on in the row below: with its year, or in bare text (on a page a lone figure may be anything)
    with month and year."""
    if index + 1 == len(flow.rows):
        return False
    row, below = flow.rows[index], flow.rows[index + 1].folded
    day = row.line.box is None and _DAY_ALONE.match(row.folded) and _MONTH_BELOW.match(below)
    return bool(day or (_NO_YEAR.match(row.folded) and _YEAR_BELOW.match(below)))


def segments(text: str) -> list[tuple[str, int]]:
    """A row from each of its wide gaps on, longest first: the date may stand right of the number or the office."""
    starts = [
        0,
        *(gap.end() for gap in GAP.finditer(text.rstrip())),
        *(day.start() for day in _DAY_WORD.finditer(text)),
    ]
    return [(text[start:].rstrip(), start) for start in sorted(set(starts)) if text[start:].strip()]


def _line_date(segment: str) -> Reading[LetterDate] | None:
    folded = arabic(segment)
    line = _DATE_LINE.match(folded)
    whole = find_dates(segment)
    if len(whole) == 1 and _only_date(segment, whole[0]):
        found = whole[0].reading
        if found.value and found.value.precision is Precision.MONTH:
            unknown = LetterDate(found.value.year, found.value.month, precision=Precision.UNKNOWN_DAY)
            return Reading(unknown, found.printed, 0.5)
        return found
    if line is None:
        return None
    month = read_date(f"1 {line['month']} {line['year']}").value
    return _torn_day(line["day"], month, segment.strip()) if month else None


def _only_date(segment: str, found: FoundDate) -> bool:
    """Whether a piece of a row is a date and nothing else but ``วันที่`` before it and a stray sign behind it."""
    before, after = segment[: found.start].strip(), segment[found.end :].strip()
    return len(after) <= 3 and bool(_DAY_LABEL.fullmatch(before))


def _torn_day(before: str, month: LetterDate, printed: str) -> Reading[LetterDate]:
    """The date of a line whose day stands apart or is damaged: digits torn by blanks are put together, anything else
    leaves the day unknown."""
    unknown = LetterDate(month.year, month.month, precision=Precision.UNKNOWN_DAY)
    digits = re.sub(r"[\s.,]|ว\W*น\W*(?:ท\W*)?", "", before)
    whole = read_date(f"{digits} {MONTHS[(month.month or 1) - 1]} {month.be_year}").value if digits.isdigit() else None
    if whole is None or whole.date is None or len(digits) > 2:
        return Reading(unknown, printed, 0.4)
    repair = Repair("blank in day", before.strip(), digits, "มีช่องว่างในวันที่", 0.6)
    return Reading(whole, printed, 0.6, (), (repair,))


def find_urgency(sheet: Sheet) -> Reading[str]:
    """Urgency of the letter itself: a mark in its head, never the one of a letter it cites."""
    return _mark(sheet, labels.URGENCY_MARK, labels.URGENCY)


def find_secrecy(sheet: Sheet) -> Reading[str]:
    """Secrecy class from the head."""
    return _mark(sheet, labels.SECRECY_MARK, labels.SECRECY)


def _mark(sheet: Sheet, pattern: re.Pattern[str], words: tuple[str, ...]) -> Reading[str]:
    flow = sheet.where(lambda row, part: part in (Part.HEAD, Part.STAMP) and len(row.text.split()) < 9)
    for index, row in enumerate(flow.rows):
        match = pattern.search(row.text)
        if match:
            mark = match[match.lastgroup or "mark"]
            start = flow.start_of(index) + match.start(match.lastgroup or "mark")
            evidence = flow.evidence(start, start + len(mark))
            trust = flow.confidence(start, start + len(mark))
            return Reading(
                labels.word_of(mark, words),
                mark.strip(),
                0.95 * trust,
                (evidence,) if evidence else (),
            )
    return Reading()


def find_copy_mark(sheet: Sheet) -> Reading[str]:
    """What calls the paper a copy: คู่ฉบับ or สำเนาคู่ฉบับ on a row of its own, a certified copy's สำเนาถูกต้อง."""
    flow = Flow(sheet.rows)
    for index, row in enumerate(flow.rows):
        match = labels.COPY_MARK.match(row.text)
        if match:
            start, end = flow.start_of(index), flow.start_of(index) + len(row.text.rstrip())
            evidence = flow.evidence(start, end)
            word = labels.word_of(match["word"], labels.COPY_WORDS)
            return Reading(word, row.text.strip(), 0.9 * flow.confidence(start, end), (evidence,) if evidence else ())
    return Reading()
