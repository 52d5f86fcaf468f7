"""Typed digits that the reader could take for others: what number or date would stand there instead stays a rival.

The reader gives a word of print its other readings (``letters.Word.rivals``), each with one digit changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from letters import Ink, LetterDate, LetterNumber, Reading, Rival
from parsing.dates import read_date
from parsing.flow import Flow
from parsing.numbers import find_numbers

REASON = "ตัวเลขพิมพ์อ่านได้อีกแบบ"


def number_in_print(reading: Reading[LetterNumber], flow: Flow, start: int, end: int) -> Reading[LetterNumber]:
    """The number at ``start:end`` of ``flow`` with what else its typed digits may say."""
    own, plain = reading.value, _number(flow.text[start:end])
    if own is None or plain is None:
        return reading
    found: dict[LetterNumber, float] = {}
    for text, probability in _otherwise(flow, start, end):
        other = _number(text)
        if other is not None and (other.code, other.circular) == (plain.code, plain.circular):
            agency = other.agency if other.agency != plain.agency else own.agency
            serial = other.serial if other.serial != plain.serial else own.serial
            found.setdefault(replace(own, agency=agency, serial=serial), probability)
    found.pop(own, None)
    return replace(reading, rivals=(*reading.rivals, *(Rival(*one, REASON) for one in found.items())))


def date_in_print(reading: Reading[LetterDate], flow: Flow, start: int, end: int) -> Reading[LetterDate]:
    """The date at ``start:end`` of ``flow`` with what else its typed digits may say."""
    if reading.value is None or read_date(flow.text[start:end]).value != reading.value:
        return reading
    others = ((read_date(text), probability) for text, probability in _otherwise(flow, start, end))
    rivals = tuple(
        Rival(other.value, probability, REASON)
        for other, probability in others
        if other.value and other.value.precision is reading.value.precision and not (other.repairs or other.rivals)
    )
    return replace(reading, rivals=(*reading.rivals, *(rival for rival in rivals if rival.value != reading.value)))


def _number(text: str) -> LetterNumber | None:
    return next((found.reading.value for found in find_numbers(text)), None)


def _otherwise(flow: Flow, start: int, end: int) -> Iterator[tuple[str, float]]:
    """The text of ``start:end`` with one word of print read otherwise, and how likely that is."""
    for index in range(flow.row_at(start), flow.row_at(max(start, end - 1)) + 1):
        after, row_end = flow.start_of(index), flow.start_of(index + 1)
        for word in flow.rows[index].line.words:
            at = flow.text.find(word.text, after, row_end)
            after = after if at < 0 else at + len(word.text)
            first, last = max(at, start), min(after, end)
            for rival in word.rivals if word.ink is Ink.PRINT and at >= 0 and first < last else ():
                if len(rival.text) == len(word.text):
                    changed = rival.text[first - at : last - at]
                    yield flow.text[start:first] + changed + flow.text[last:end], rival.probability
