"""What OCR does to the digits of a date, put right before dates are looked for: letters read for digits, digits torn
apart. Positions do not move, so that a date's place in the text stays true."""

from __future__ import annotations

import re

from letters import Repair

_LETTERS = {"o": "0", "O": "0", "l": "1", "I": "1", "|": "1"}
_LETTER_IN_NUMBER = re.compile(r"(?<=\d)[oOlI|](?=[\s\d]|$)|(?<![A-Za-z\d@./:|])[oOlI|](?=\d\b)")
_TORN_DAY = re.compile(r"(?:(?<=ที่)|(?<=ที)|(?<=ทิ))(\s{1,2})([0-3])(\s{1,2})(\d)(?=\s{0,2}[ก-ฮเแ])")
_TORN_YEAR = re.compile(
    r"(?<=[ก-๙.])[ \n](?:2 {1,2}5 {0,2}(\d) {0,2}(\d)|2 {0,2}5 {1,2}(\d) {0,2}(\d)|25(\d) {1,2}(\d))(?!\d)"
)


_LOST_DIGIT = re.compile(r"(?:(?<=คม)|(?<=ยน)|(?<=ธ์))(\s{1,2})2(\s{1,2})(\d\d)(?!\d)")  # the 5 of 2563 was not read


_NOISE = re.compile(r"\d\s{1,2}\d|[oOlI|]")  # what any of them needs


def whole_digits(folded: str) -> str:
    """The text (Arabic digits) with letters among digits read as digits and torn days and years put together; blanks
    are moved to the front of a torn number, so that the length stays."""
    if not _NOISE.search(folded):
        return folded
    text = _LETTER_IN_NUMBER.sub(lambda match: _LETTERS[match[0]], folded)
    text = _TORN_DAY.sub(lambda match: f"{match[1]}{match[3]}{match[2]}{match[4]}", text)
    text = _LOST_DIGIT.sub(lambda match: f"{match[1]}{match[2][1:]}25{match[3]}", text)
    return _TORN_YEAR.sub(_year, text)


def _year(match: re.Match[str]) -> str:
    digits = "".join(digit for digit in match.groups() if digit)
    return f"25{digits}".rjust(len(match[0]))


def digit_repairs(read: str, whole: str) -> list[Repair]:
    """What :func:`whole_digits` changed in a date, as repairs. ``read`` in Arabic digits."""
    if read == whole:
        return []
    letters = any(read.count(letter) > whole.count(letter) for letter in _LETTERS)
    rule, reason = ("letter for digit", "ตัวอักษรที่รูปคล้ายเลขอยู่ในวันที่") if letters else ("blank in date", "มีช่องว่างในเลขวันที่")
    return [Repair(rule, read.strip(), whole.strip(), reason, 0.85)]
