"""Who sends a letter, and from where: the office and its address in the head, or what the foot tells."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import islice

from rapidfuzz.distance import Levenshtein

from letters import Kind, Reading, Repair, Rival
from letters.text import arabic
from parsing import labels
from parsing.dates import find_dates
from parsing.fields.closing import find_signatory
from parsing.fields.head import GAP, find_number, segments
from parsing.flow import Flow, Row
from parsing.loose import MARKS, either, loose
from parsing.numberline import own_number
from parsing.owners import owners, provinces
from parsing.parts import Part
from parsing.sheet import Sheet
from parsing.tables import table

_OFFICE_WORD = re.compile("|".join(row["pattern"] for row in table("offices")))


def find_issuer(sheet: Sheet, kind: Kind) -> Reading[str]:
    """The sender's usual name: ศาลากลางจังหวัดกระบี่ → จังหวัดกระบี่, ที่ว่าการอำเภอเมือง… → อำเภอเมือง….

    The head names it, and the post of who signs tells it once more; where they differ, what the letter names more often
    stands and the other is a rival. A stamped letter names it at its end. Where nothing does, it follows from the
    number's owner letters and the office block.
    """
    if kind is Kind.STAMPED and (sealed := _sealed(sheet)):
        return _spelt(sealed)
    return _spelt(_confirmed(_from_head(sheet, kind), sheet, kind)) or _issuer_from_foot(sheet)


def _spelt(reading: Reading[str]) -> Reading[str]:
    """The sender with its name mended where it is no province's, and only one province's is like it."""
    value = reading.value or ""
    place = re.sub(r"\s", "", value.removeprefix("จังหวัด"))
    if not value.startswith("จังหวัด") or place in provinces():
        return reading
    read = _bare(place)
    near = [name for name in provinces() if Levenshtein.distance(read, _bare(name)) <= len(_bare(name)) // 4]
    if len(near) != 1:
        return replace(reading, confidence=reading.confidence * 0.8)
    repair = Repair("province table", value, f"จังหวัด{near[0]}", "ไม่มีจังหวัดชื่อนี้ ชื่อใกล้เคียงมีชื่อเดียว", 0.9)
    return replace(reading, value=repair.after, repairs=(*reading.repairs, repair))


def _from_head(sheet: Sheet, kind: Kind) -> Reading[str]:
    flow = sheet.part(Part.HEAD)
    numbered = ((index, row) for index, row in enumerate(flow.rows) if own_number(row.text))
    for index, row in (*islice(numbered, 1), *enumerate(flow.rows)):  # what stands above the number may be a stamp's
        text = _office_text(row.text, kind)
        match = _OFFICE_WORD.search(text) if text else None
        if match and kind is Kind.MEMO:
            match = re.match("", text)  # all that stands behind ส่วนราชการ
        if match is None:
            continue
        name = _whole_name(text[match.start() :], flow, index)
        start = flow.start_of(index) + row.text.find(text[match.start() :])
        evidence = flow.evidence(start, start + len(text) - match.start())
        value = _organisation(name, text, sheet) if kind is Kind.MEMO else canonical_office(name)
        return Reading(value, name, 0.9 * row.line.confidence, (evidence,) if evidence else ())
    return Reading()


def _bare(name: str) -> str:
    return re.sub(f"[{MARKS}]", "", name)


_LAO = re.compile(
    rf"(?P<short>{'|'.join(re.escape(row['short']) for row in table('short_offices'))})\s?(?P<place>[ก-์]+)"
    r"|(?:องค์การบริหารส่วน|เทศบาล)(?:ตำบล|จังหวัด|เมือง|นคร)\s?[ก-์]+"
)
_LONG = {row["short"]: row["whole"] for row in table("short_offices")}


# Whose parts follow behind a blank in a memo's heading: กรมบัญชีกลาง กองละเมิดและแพ่ง
_ABOVE = re.compile(
    r"((?:กรม|กระทรวง|สำนักงาน|มหาวิทยาลัย|โรงพยาบาล|โรงเรียน)[ก-๙]+)\s+(?:กอง|กลุ่ม|ฝ่าย|ส่วน|งาน|ศูนย์|สำนัก).*$"
)


def _organisation(name: str, row: str, sheet: Sheet) -> str:
    """Whose memo it is: the administration behind a division's name on its row (สำนักปลัด  องค์การบริหารส่วน…), else the
    one whose head it is addressed to, else the office or division named first."""
    lao = _LAO.search(row)
    if lao is None:
        head = _of_post(labels.SALUTATION.sub("", sheet.part(Part.ADDRESS).text))
        return head or canonical_office(_ABOVE.sub(r"\1", name))
    return _LONG[lao["short"]] + lao["place"] if lao["short"] else re.sub(r"\s", "", lao[0])


def _sealed(sheet: Sheet) -> Reading[str]:
    """The sender's name that ends a stamped letter, over its date (Regulation, form 3)."""
    flow = sheet.part(Part.CLOSING)
    for index, row in enumerate(flow.rows):
        name = row.text.strip()
        if name and not find_dates(row.text) and re.fullmatch(r"[ก-๙ .]{5,60}", name):
            start = flow.start_of(index)
            evidence = flow.evidence(start, start + len(row.text.rstrip()))
            return Reading(canonical_office(name), name, 0.9 * row.line.confidence, (evidence,) if evidence else ())
    return Reading()


_HALL = re.compile("ศาลากลาง|ที่ว่าการ|ที่ทำการ|สำนักงาน")  # heads the letter; other names may be of its address
ALIKE = 0.75  # likeness of two readings of one name
_POSTS = tuple((re.compile(loose(row["post"]) + r"\s?(?=[ก-๙])"), row["office"]) for row in table("heads_of_offices"))


def _of_signer(sheet: Sheet) -> Reading[str]:
    """The office whose head signs, or in whose name it is signed."""
    person = find_signatory(sheet)
    if person is None or person.evidence is None:
        return Reading()
    for post in (person.acting_for, person.position):
        if post and (office := _of_post(post)):
            return Reading(office, post, 0.8, (person.evidence,))
    return Reading()


def _of_post(words: str) -> str | None:
    """The office of the head whose post the words begin with: นายอำเภอกลาง → อำเภอกลาง."""
    for pattern, office in _POSTS:
        found = pattern.match(words)
        rest = re.split(r"\s", words[found.end() :])[0] if found else ""
        if found and (len(rest) > 1 or office == "เมืองพัทยา"):
            return office + rest
    return None


def _confirmed(head: Reading[str], sheet: Sheet, kind: Kind) -> Reading[str]:
    """The sender as the head names it, surer where who signs says the same, mended where the letter speaks for that."""
    signer: Reading[str] = Reading() if kind is Kind.MEMO else _of_signer(sheet)
    if not (head.value and signer.value):
        return head or signer
    if head.value == signer.value:
        return replace(head, confidence=min(0.98, head.confidence + 0.08))
    text = sheet.printed.text
    spoken = text.count(signer.value) > text.count(head.value)
    alike = Levenshtein.normalized_similarity(head.value, signer.value) >= ALIKE
    address = not _HALL.match(head.printed) and head.value.startswith(("จังหวัด", "อำเภอ"))
    if alike or address:
        if spoken or not alike:
            repair = Repair("signer's post", head.value, signer.value, f"ผู้ลงนามคือ{signer.printed}", 0.8)
            return replace(signer, repairs=(repair,), rivals=(Rival(head.value, 0.2, "ตามที่อ่านได้จากหัวหนังสือ"),))
        return replace(head, confidence=head.confidence * 0.8, rivals=(Rival(signer.value, 0.3, "ตามตำแหน่งผู้ลงนาม"),))
    return replace(head, confidence=head.confidence * 0.9)


_TITLE = re.compile(rf"^\s*{either(*labels.words('order'), *labels.words('announcement'))}\s*")


def _office_text(text: str, kind: Kind) -> str:
    """The part of a head row that can name the office: right of the number, after ส่วนราชการ or จาก."""
    numbered = own_number(text)
    text = text[numbered[1] :] if numbered else text
    if kind in (Kind.ORDER, Kind.ANNOUNCEMENT):
        text = _TITLE.sub("", text)
    if kind is Kind.MEMO:
        label = labels.MEMO_OFFICE.match(text)
        return re.split(r"โทร", text[label.end() :])[0].strip() if label else ""
    radio = labels.RADIO_FROM.match(text)
    if kind is Kind.RADIO and radio is None:
        return ""
    return (text[radio.end() :] if radio else text).strip()


_AREA = re.compile(r"\s*เขต\s?(?:พื้นที่\s?)?[\d๐-๙]{1,2}$")  # ends the name of an education or police area


def _whole_name(name: str, flow: Flow, index: int) -> str:
    """The office name, joined with the next row where it goes on there: behind a hyphen, or with words that begin no
    address and no other office. Halls of provinces and districts stand on one row."""
    name = GAP.split(name.strip())[0]
    rest = GAP.split(flow.rows[index + 1].text.strip())[-1] if index + 1 < len(flow.rows) else ""
    if name.endswith(("-", "–")):
        return name.rstrip("-– ") + rest
    province = rest.split(" ")[0]
    named = province.startswith("จังหวัด") and province.removeprefix("จังหวัด") in provinces()
    if named and name.startswith("สำนักงาน") and "จังหวัด" not in name:
        return f"{name} {province}" if name[-1].isdigit() else name + province
    words = _AREA.sub("", rest)
    goes_on = re.fullmatch(r"[ก-๎ ]{8,60}", words) and not (labels.ADDRESS.search(words) or _OFFICE_WORD.match(words))
    return name + rest if goes_on and not name.startswith(("ศาลากลาง", "ที่ว่าการ", "จังหวัด", "อำเภอ")) else name


def canonical_office(name: str) -> str:
    """An office by its usual name (``parsing/data/offices.tsv``): the building's word is dropped."""
    name = re.sub(r"\s+", " ", re.split(r"\s*(?:[\d๐-๙]+/|[\d๐-๙]{3,})", name.strip(" ,:"))[0])
    for building, put in _buildings():
        if found := building.match(name):
            return put + name[found.end() :].strip()
    return name


@cache
def _buildings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words of buildings, and what an office's usual name has instead."""
    return tuple((re.compile(loose(row["drop"])), row["put"]) for row in table("offices") if row["drop"])


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
        if start is None or (index == first + 1 and _ends_name(text[start:], issuer)):
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


def _ends_name(piece: str, issuer: Reading[str]) -> bool:
    """Whether a piece of a row is where the office's name goes on that the row above begins."""
    own = "".join(piece.split())
    return bool(own) and "".join(arabic(issuer.printed).split()).endswith(own)


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
