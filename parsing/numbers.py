"""Letter numbers in running text, with the repairs that OCR and clerks make necessary.

A repair is made only by knowledge that can be named (the table of owner letters, the office that sends, the shapes OCR
confuses) and is recorded; what else the print may have been is kept as a rival.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from letters import LetterNumber, Reading, Repair, Rival
from letters.number import tidy_letters
from letters.text import arabic
from parsing.loose import MARKS, THI, loose
from parsing.owners import CENTRAL_CODE, CERTAIN, is_short, mend_owner, owners, provinces

_EDGE = rf"(?:(?<![ก-ฮ.{MARKS}])|(?<=ที่))(?!พ\s?\.\s?ศ|ค\s?\.\s?ศ)"
_CODE = rf"{_EDGE}(?P<code>[ก-ฮ]{{1,4}}(?:\s?\.\s?[ก-ฮ]{{1,2}})?\.?(?:\s{{0,3}}\(\s?[ก-ฮ.]{{2,8}}\s?\))?)"
# The police and others put the letters of the province in brackets behind the code: ตช 0019(อด)/299, ตช 0018(นม).3/12;
# universities a number: อว 0605.7(3)/1129.
_OF_PROVINCE = r"(?:\s?\.?\(\s?(?:[ก-ฮ]{1,3}|\d{1,2})\s?\)(?:\s?\.\s?\d{1,2}(?!\d)){0,2})?"
# A full stop in a poor scan is read as another small sign (0014:3), or with a stroke of dirt behind it (0023.-10).
_DOT = r"(?:\s?\.\s?|[,:;](?=\d)|\.-(?=\d))"
_AGENCY = rf"(?P<agency>(?:\d{{2,5}}|\d(?=\.\d))(?:{_DOT}\d{{1,4}}(?!\d)){{0,3}}{_OF_PROVINCE})"
# Right before the slash OCR may have torn digits apart (9270 1) or lost the dot before a part (0037 6).
_BEHIND = r"(?=\s?(?:[/|\\]|ว))"
_TORN = (
    rf"(?P<torn>\d(?: ?\d){{3,4}}(?:\s?\.\s?\d(?: ?\d){{0,3}}(?!\d)|\s\d{{1,2}}{_BEHIND}){{0,3}}){_BEHIND}"
)
_OWNER_CODE = rf"(?:{_TORN}|{_AGENCY})"
# Secret letters are counted apart: มท 0307.2/ว 12(ล).
_APART = r"(?:\s?\(\s?ล[ก-ฮ]?\s?\))?"
# Blanks tear a running number only where the date follows it, so that nothing else can be meant.
_SERIAL = (
    r"(?P<serial>(?:[ปงสค]\s?)?\d{1,6}(?:\.\d{1,3}(?!\d)|(?:\.?\s{1,2}\d{1,4}){1,3}(?=\s*(?:ลง|ลว)))?"
    rf"{_APART})"
)
_MARK = r"(?P<mark>[วจ](?:\s?\n\s{1,12}|\s{0,3}\.?\s{0,3}))?"
_FULL = re.compile(
    rf"{_CODE}[\s.]*{_OWNER_CODE}\s?(?:[/|\\]\s*{_MARK}|\s{{0,3}}(?P<loosemark>ว)\s?\.?\s{{0,3}}){_SERIAL}"
)
_NO_LETTERS = re.compile(rf"{THI}\s*{_AGENCY}\s?/\s{{0,3}}{_MARK}{_SERIAL}")
_OF_ORDER = re.compile(rf"{THI}\s*[1-9]\d{{0,4}}\s?/\s*25\d\d")
_CIRCULAR_ONLY = re.compile(rf"(?:{THI}\s*|หนังสือ(?:เวียน)?\s?|ตาม\s?|\(\s?)ว\s?\.?\s{{0,3}}{_SERIAL}(?![\d/])")
# A circular by its nickname behind its sender: หนังสือกระทรวงมหาดไทย ด่วนมาก ว 1290 ลงวันที่ …
_NICKNAME = re.compile(rf"(?<=[ \t])ว\s?\.?\s{{0,3}}{_SERIAL}(?=\s*{loose('ลงวันที่', spaced=True)})")
_OF_A_LETTER = re.compile(rf"{loose('หนังสือ')}[^\d]{{3,90}}$")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A letter number in a text: characters ``start:end`` and what it reads as."""

    start: int
    end: int
    reading: Reading[LetterNumber]


_PATTERNS = (_FULL, _NO_LETTERS, _CIRCULAR_ONLY, _NICKNAME)
_DIGIT = re.compile("[0-9]")


def find_numbers(text: str, *, sender: str | None = None) -> list[FoundNumber]:
    """All letter numbers in a text in order. ``sender`` helps to mend the owner letters of the ones it sent."""
    folded = arabic(text)
    found: list[FoundNumber] = []
    taken: set[int] = set()  # characters
    for pattern in _PATTERNS if _DIGIT.search(folded) else ():
        for match in pattern.finditer(folded):
            if pattern is _NICKNAME and not _OF_A_LETTER.search(folded, max(0, match.start() - 100), match.start()):
                continue
            if _is_number(match, told=_told(match, folded)) and taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                found.append(FoundNumber(match.start(), match.end(), _read(match, text, sender)))
    return sorted(found, key=lambda item: item.start)


_LABELLED = re.compile(rf"{THI}\s*$")
_DATED = re.compile(rf"\s*(?:{loose('ลงวันที่')}|ลว)")


def _told(match: re.Match[str], text: str) -> bool:
    """Whether the words around say that it is a letter's number: ที่ … ลงวันที่."""
    return bool(_LABELLED.search(text, max(0, match.start() - 8), match.start()) and _DATED.match(text, match.end()))


def _is_number(match: re.Match[str], *, told: bool) -> bool:
    """Codes of fewer than four digits (funds and universities have them) need known owner letters, or to be ``told`` as
    a letter's number: ``ซ. 12/3`` is an address. A running number over a year (คำสั่ง … ที่ 1204/2562) is an order's."""
    parts = match.groupdict()
    if match.re is _NO_LETTERS and _OF_ORDER.fullmatch(match[0]):
        return False
    if not is_short(re.sub(r"\s", "", parts.get("torn") or parts.get("agency") or "")):
        return True
    letters = tidy_letters(parts.get("code") or "").split(" ")[0]
    return "/" in match[0] and (letters in owners() or (told and len(letters) > 1))


def _read(match: re.Match[str], text: str, sender: str | None) -> Reading[LetterNumber]:
    parts = match.groupdict()
    mark = (parts.get("mark") or parts.get("loosemark") or "").strip(" .")
    circular = bool(mark) or match.re in (_CIRCULAR_ONLY, _NICKNAME)
    agency, repairs = _owner_code(parts)
    serial, torn = _whole_serial(match["serial"])
    number = LetterNumber(tidy_letters(parts.get("code") or "") or None, agency, circular, serial)
    printed = text[match.start() : match.end()].strip()
    repairs = (*repairs, *torn, *_mark_repair(mark), *_slash_repair(match[0], parts.get("loosemark")))
    rivals = _swallowed(number, printed)
    return mend_owner(Reading(number, printed, _sureness(repairs) - 0.35 * bool(rivals), (), repairs, rivals), sender)


def _swallowed(number: LetterNumber, printed: str) -> tuple[Rival[LetterNumber], ...]:
    """``๓/`` is read as ``๗``: a number whose slash is lost behind a ๗ may have had ๓ there."""
    if not re.search(r"๗\s?ว", printed) or not (number.agency or "").endswith("7"):
        return ()
    other = replace(number, agency=f"{(number.agency or '')[:-1]}3")
    return (Rival(other, 0.45, "เครื่องหมาย / หายไป เลข ๓ กับ / รวมกันอ่านเป็น ๗ ได้"),)


def _sureness(repairs: tuple[Repair, ...]) -> float:
    """How sure a number is after its repairs; what is as good as certain takes nothing away."""
    return 0.95 - 0.1 * sum(repair.confidence <= CERTAIN for repair in repairs)


def _slash_repair(found: str, behind: str | None) -> tuple[Repair, ...]:
    """The slash before the running number, lost or read as another upright stroke; ``behind``: what stands where it
    should (the mark ว, or the number itself)."""
    sign = re.search(r"[/|\\]", found)
    if sign is None and behind:
        return (Repair("lost slash", behind, f"/{behind}", "เลขลำดับมีเครื่องหมาย / นำเสมอ", 0.9),)
    return (Repair("slash", sign[0], "/", "รูปคล้ายเครื่องหมาย /", 0.97),) if sign and sign[0] != "/" else ()


def _whole_serial(printed: str) -> tuple[str, tuple[Repair, ...]]:
    """A running number whose digits a blank may have torn apart; the mark of secret letters stands at its end."""
    plain = re.sub(r"\s+", " ", re.sub(r"\s*\(\s*(ล[ก-ฮ]?)\s*\)", r"(\1)", printed))
    whole = re.sub(r"(?<=[\d.])\s+(?=\d)", "", plain)
    if whole == plain:
        return plain, ()
    return whole, (Repair("blank in number", printed, whole, "มีช่องว่างในเลขลำดับ", 0.7),)


def _mark_repair(mark: str) -> tuple[Repair, ...]:
    return (Repair("circular mark", "จ", "ว", "หน้าเลขลำดับมีได้แต่ ว", 0.95),) if mark == "จ" else ()


def _owner_code(parts: dict[str, str | None]) -> tuple[str | None, tuple[Repair, ...]]:
    """Owner code as read: blanks out, and a dot put back where a code of four digits (they begin with 0) has more."""
    printed = parts.get("torn") or parts.get("agency")
    if not printed:
        return None, ()
    read = re.sub(r"\s", "", printed)
    code = re.sub(r"[,:;]|\.-", ".", read)
    dots = () if code == read else (Repair("dot", read, code, "คั่นรหัสด้วยจุดเท่านั้น", 0.9),)
    first, dot, rest = code.partition(".")
    letters = tidy_letters(parts.get("code") or "")
    of_province = letters in provinces().values()
    if len(first) == CENTRAL_CODE - 1 and first[0] == "0" and of_province:
        whole = f"0{code}"
        reason = "รหัสของส่วนราชการในจังหวัดมีสี่ตัว ขึ้นต้นด้วย 00"
        return whole, (*dots, Repair("lost digit", printed, whole, reason, 0.75))
    grown = not dot and (of_province or letters == "มท")  # others have codes of five digits: ศธ 04009
    if first.startswith("0") and len(first) > CENTRAL_CODE and (grown or re.search(r"\d\s\d", printed)):
        whole = f"{first[:CENTRAL_CODE]}.{first[CENTRAL_CODE:]}{dot}{rest}"
        return whole, (*dots, Repair("lost dot", printed, whole, "รหัสที่ขึ้นต้นด้วย 0 มีสี่ตัว ก่อนจุด", 0.85))
    return code, dots


def head_number(line: str) -> Iterator[tuple[int, int, Reading[LetterNumber]]]:
    """Number of a letter's own ``ที่`` line, however damaged: yields ``(start, end, reading)`` at most once.

    The running number is often written by hand: blanks and stray signs inside it lower the confidence and leave rivals;
    a running number that is missing or unreadable leaves ``serial`` empty.
    """
    folded = arabic(line)
    match = _HEAD.match(folded)
    if match is None:
        return
    raw = (match["tail"] or "").strip()
    serial, repairs, rivals = _damaged_serial(raw)
    if serial and match["secret"]:
        serial += re.sub(r"\s", "", match["secret"])
    mark = (match["mark"] or match["bare"] or match["early"] or "").strip(" .")
    agency, torn = _owner_code(match.groupdict())
    behind = max(match.end("agency"), match.end("torn")) - match.start("body")
    lost = match["body"][behind:] if agency and serial else ""
    repairs = (*torn, *repairs, *_mark_repair(mark), *_slash_repair(match["body"], lost.strip()))
    code = tidy_letters(re.sub(f"[{MARKS}]", "", match["code"] or ""))
    number = LetterNumber(code or None, agency, bool(mark), serial)
    if number.code == "ว" and serial is None and agency and agency.isdigit():
        number = LetterNumber(None, None, True, agency)  # a circular by its running number alone
    elif not ((agency or (number.code and serial and "/" in match["body"])) and _is_number(match, told=bool(mark))):
        return
    other = _swallowed(number, line[match.start("body") : match.end()]) + tuple(
        Rival(LetterNumber(number.code, number.agency, number.circular, value), 0.2, why) for value, why in rivals
    )
    confidence = _sureness(repairs) - (0.0 if number.serial else 0.65) - (0.45 if other else 0.0)
    printed = line[match.start("body") : match.end()].strip()
    yield match.start("body"), match.end(), Reading(number, printed, max(confidence, 0.1), (), repairs, other)


# A poor scan tears letters apart (น ว) or hangs dirt on them (ฉชุ).
_HEAD_CODE = (
    rf"(?P<code>(?:[ก-ฮ]\s[ก-ฮ]|[ก-ฮ]{{2}}[{MARKS}])(?=\s{{0,2}}\d)"
    r"|[ก-ฮ]{1,4}(?:\s?\.\s?[ก-ฮ]{1,2})?\.?(?:\s{0,3}\(\s?[ก-ฮ.]{2,8}\s?\))?)"
)
_HEAD_MARK = (
    r"(?:(?:\s*|\s?(?P<early>ว)\s{1,2})[/|\\]\s*"
    r"(?P<mark>[วจ](?:\s{4,60}(?=\d{1,6}\s*$)|\s{0,3}\.?\s{0,3}))?"
    r"|(?:\s+|(?<=\d))(?P<bare>ว)(?=\W*\d)\s{0,3}\.?\s{0,3}|\s*)"
)
_HEAD_SERIAL = (
    r"(?P<tail>(?:[ปงสค]\s?)?\d(?:[\d.)|\]\[]|\((?!\s?ล)|\s[|\]\[](?=\s|$)|[ก-ฮA-Za-z][ก-ฮA-Za-z(]?(?=\d))*"
    rf"(?:\s\d{{1,4}}(?!\d*\s*(?:ถ|ห|ม|ซ))){{0,4}})(?P<secret>{_APART})"
)
_HEAD_URGENCY = rf"(?:{loose('ด่วน')}(?:{loose('ที่สุด')}|{loose('มาก')})?\s*|{loose('วิทยุ')}(?:{loose('สื่อสาร')})?\s*)?"
_HEAD = re.compile(
    rf"^\s*{_HEAD_URGENCY}(?:{THI})[\s.]*"
    rf"(?P<body>(?:{_HEAD_CODE}[ \t.]*)?(?:{_OWNER_CODE})?{_HEAD_MARK}(?:{_HEAD_SERIAL})?)"
)


def _damaged_serial(raw: str) -> tuple[str | None, tuple[Repair, ...], tuple[tuple[str, str], ...]]:
    """Running number out of a damaged print: (serial, repairs, rivals with reasons)."""
    if not raw:
        return None, (), ()
    clean = raw.rstrip(".)(|][")
    digits = re.sub(r"[^\d]", "", clean)
    if re.search(r"\d[^\d]*[ก-ฮA-Za-z]", clean) or not digits.strip("0"):
        return None, (), ()  # a letter stands where a digit was; no letter has the number nought
    if re.fullmatch(r"(?:[ปงสค]\s?)?\d+(?:\.\d{1,3})?", clean):
        return re.sub(r"\s+", " ", clean), (), ()
    if re.search(r"[)(|\]\[]", clean):
        filled = re.sub(r"[^\d]", "", re.sub(r"[)(|\]\[]", "1", clean))
        repair = Repair("stray sign", clean, digits, "มีเครื่องหมายแทรกในเลขลำดับ", 0.4)
        return digits, (repair,), ((filled, "เครื่องหมายที่แทรกอาจเป็นเลข 1"), (clean.split(")")[0], "เลขก่อนเครื่องหมายที่แทรก"))
    return (
        digits,
        (Repair("blank in number", clean, digits, "มีช่องว่างในเลขลำดับ", 0.5),),
        ((clean.split()[0], "เลขก่อนช่องว่าง"),),
    )
