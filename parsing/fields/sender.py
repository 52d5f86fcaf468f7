"""Who sends a letter, and from where: the office and its address in the head, or what the foot tells."""

from __future__ import annotations

import re

from letters import Kind, Reading
from parsing import labels
from parsing.dates import find_dates
from parsing.fields.head import GAP, find_number, segments
from parsing.flow import Flow, Row
from parsing.loose import either
from parsing.numberline import own_number
from parsing.numbers import owners, provinces
from parsing.sections import Part
from parsing.sheet import Sheet
from parsing.tables import table

_OFFICE_WORD = re.compile("|".join(row["pattern"] for row in table("offices")))


def find_issuer(sheet: Sheet, kind: Kind) -> Reading[str]:
    """The sender's usual name: ศาลากลางจังหวัดกระบี่ → จังหวัดกระบี่, ที่ว่าการอำเภอเมือง… → อำเภอเมือง….

    Stamped letters name no office in the head; theirs follows from the number's owner letters and the office block.
    """
    flow = sheet.part(Part.HEAD)
    for index, row in enumerate(flow.rows):
        text = _office_text(row.text, kind)
        match = _OFFICE_WORD.search(text) if text else None
        if match and kind is Kind.MEMO:
            match = re.match("", text)  # all that stands behind ส่วนราชการ
        if match is None:
            continue
        name = _whole_name(text[match.start() :], flow, index)
        start = flow.start_of(index) + row.text.find(text[match.start() :])
        evidence = flow.evidence(start, start + len(text) - match.start())
        return Reading(canonical_office(name), name, 0.9 * row.line.confidence, (evidence,) if evidence else ())
    return _issuer_from_foot(sheet)


def _office_text(text: str, kind: Kind) -> str:
    """The part of a head row that can name the office: right of the number, after ส่วนราชการ or จาก."""
    numbered = own_number(text)
    text = text[numbered[1] :] if numbered else text
    if kind is Kind.MEMO:
        label = labels.MEMO_OFFICE.match(text)
        return GAP.split(re.split(r"โทร", text[label.end() :])[0].strip())[0] if label else ""
    radio = labels.RADIO_FROM.match(text)
    if kind is Kind.RADIO and radio is None:
        return ""
    return (text[radio.end() :] if radio else text).strip()


def _whole_name(name: str, flow: Flow, index: int) -> str:
    """The office name, joined with the next row where it goes on there: behind a hyphen, or with words that begin no
    address and no other office. Halls of provinces and districts stand on one row."""
    name = GAP.split(name.strip())[0]
    rest = GAP.split(flow.rows[index + 1].text.strip())[-1] if index + 1 < len(flow.rows) else ""
    if name.endswith(("-", "–")):
        return name.rstrip("-– ") + rest
    goes_on = re.fullmatch(r"[ก-๎ ]{8,60}", rest) and not (labels.ADDRESS.search(rest) or _OFFICE_WORD.match(rest))
    return name + rest if goes_on and not name.startswith(("ศาลากลาง", "ที่ว่าการ", "จังหวัด", "อำเภอ")) else name


def canonical_office(name: str) -> str:
    """An office by its usual name (``parsing/data/offices.tsv``): the building's word is dropped."""
    name = re.sub(r"\s+", " ", re.split(r"\s*(?:[\d๐-๙]+/|[\d๐-๙]{3,})", name.strip(" ,:"))[0])
    for row in table("offices"):
        if row["drop"] and name.startswith(row["drop"]):
            return row["put"] + name[len(row["drop"]) :].strip()
    return name


_ADDRESS_ROWS = 3
_ROAD = either("ถนน", "หมู่ที่", "หมู่", "ตำบล", "แขวง", "ซอย", "เลขที่")
_ADDRESS_WORD = rf"(?:{_ROAD}|ถ\.|ต\.|ม\.\s?\d|\d{{1,4}}(?:/\d{{1,4}})?\s)"
_TO_POSTCODE = re.compile(r"\d{5}(?!\d)")
_BEHIND = re.compile(rf"\s(?={_ADDRESS_WORD})")


def find_address(sheet: Sheet, issuer: Reading[str]) -> Reading[str]:
    """The sender's address: what stands below the office in the head (or behind it on its row), to the postcode."""
    flow = sheet.part(Part.HEAD)
    first = next((i for i, row in enumerate(flow.rows) if _holds(row, issuer)), None)
    if first is None:
        return Reading()
    found: list[tuple[int, int]] = []
    for index in range(first, min(len(flow.rows), first + 1 + _ADDRESS_ROWS)):
        text = flow.rows[index].folded
        start = _address_start(text, behind=_name_end(flow.rows[index], issuer) if index == first else None)
        if start is None:
            if found or (index > first + 1 and text.strip()):
                break
            continue
        postcode = _TO_POSTCODE.search(text, start)
        end = postcode.end() if postcode else len(text.rstrip())
        found.append((flow.start_of(index) + start, flow.start_of(index) + end))
        if postcode:
            break
    if not found:
        return Reading()
    evidence = flow.evidence(found[0][0], found[-1][1])
    printed = " ".join(flow.text[start:end].strip() for start, end in found)
    trust = flow.confidence(found[0][0], found[-1][1])
    return Reading(re.sub(r"\s+", " ", printed), printed, 0.9 * trust, (evidence,) if evidence else ())


def _holds(row: Row, issuer: Reading[str]) -> bool:
    place = next(iter(issuer.evidence), None)
    return place is not None and place.page == row.page and row.start <= place.start <= row.start + len(row.text)


def _name_end(row: Row, issuer: Reading[str]) -> int:
    """Where on its row the first word of the office's name ends."""
    begin = issuer.evidence[0].start - row.start
    blank = re.compile(r"\s").search(row.text, begin)
    return blank.start() if blank else len(row.text)


def _address_start(text: str, *, behind: int | None) -> int | None:
    """Where an address begins in a row of the head; on the office's own row ``behind`` its name."""
    if behind is not None:
        found = _BEHIND.search(text, behind)
        return found.end() if found else None
    if find_dates(text) or not text.strip():
        return None
    piece, start = segments(text)[-1] if len(GAP.split(text.strip())) > 1 else (text, len(text) - len(text.lstrip()))
    return start if labels.ADDRESS.search(piece) or re.match(_ADDRESS_WORD, piece.strip()) else None


def _issuer_from_foot(sheet: Sheet) -> Reading[str]:
    """Sender of a letter whose head names none: owner letters of its number, with the office block as evidence."""
    number = find_number(sheet, None).value
    code = (number.code or "").split(" ")[0] if number else ""
    block = sheet.part(Part.OFFICE)
    evidence = block.evidence(0, len(block.rows[0].text)) if block.rows else None
    name = next((province for province, letters in provinces().items() if letters == code), None)
    if number and name and (number.agency or "").startswith(("0023", "0037", "00")):
        return Reading(f"จังหวัด{name}", number.owner, 0.7, (evidence,) if evidence else ())
    if number and code == "มท" and (number.agency or "").startswith("08"):
        return Reading("กรมส่งเสริมการปกครองท้องถิ่น", number.owner, 0.7, (evidence,) if evidence else ())
    if block.rows:
        return Reading(
            canonical_office(block.rows[0].text), block.rows[0].text.strip(), 0.4, (evidence,) if evidence else ()
        )
    return Reading(owners()[code], code, 0.3) if code in owners() and number and number.agency else Reading()
