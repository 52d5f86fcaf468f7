"""Owner letters and codes: whose they are, and how a misread one is mended by what can be named.

A mend is made only where the tables, the office that sends, or its address leave one answer; it is recorded, and what
else the print may have been is kept as a rival.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from letters import LetterNumber, Reading, Repair, Rival
from ocr.confusions import load
from parsing.confusion import weigh
from parsing.tables import table

# Letters whose shapes OCR takes for one another (DOMAIN section 3: ขย is no province, so ชย).
_SHAPES = ("ขชซ", "ดคต", "บปษ", "ถภ", "ผฝพฟ", "มน", "อฮ", "ลส", "รธ", "ทห", "กภถ", "ยบ", "วจ", "ตค", "มบ")

CERTAIN = 0.96  # a mend surer than this needs no lower confidence
CENTRAL_CODE = 4  # digits of an owner code that begins with 0: ministries, departments, provincial offices


@cache
def owners() -> dict[str, str]:
    """Owner letters → owner: provinces and ministries (``parsing/data/owner_letters.tsv``)."""
    return {row["letters"]: row["owner"] for row in table("owner_letters")}


@cache
def provinces() -> dict[str, str]:
    """Province name → its owner letters."""
    return {row["owner"]: row["letters"] for row in table("owner_letters") if row["kind"] == "province"}


def mend_owner(reading: Reading[LetterNumber], sender: str | None, context: str = "") -> Reading[LetterNumber]:
    """The reading with owner letters and code mended where the tables and the sender leave one answer.

    ``context``: the letter's text, whose provinces tell which look-alike is meant where the sender's name does not.
    """
    number = reading.value
    if number is None:
        return reading
    return _mend_code(_mend_letters(reading, sender, context), sender)


_POSTCODE = re.compile(r"(?<![ก-๙])(?P<code>[ก-ฮ]{2})\s{0,3}(?P<postcode>\d{5})(?![\d.]|\s?/)")


def mend_by_address(reading: Reading[LetterNumber], head: str) -> Reading[LetterNumber]:
    """The number of an office in a province with the owner letters of the sender's address (``กบ 81000``), where the
    ones read are another province's and but one sign away. ``head``: the rows of the head, Arabic digits."""
    number, place = reading.value, _POSTCODE.search(head)
    if number is None or place is None or not number.code or place["code"] not in provinces().values():
        return reading
    of_province = number.code in provinces().values() and bool(re.match(r"00|01|[5-9]\d{4}", number.agency or ""))
    if not of_province or not _one_apart(number.code, place["code"]):
        return reading
    reason = f"ที่อยู่ผู้ส่งใช้อักษรย่อ {place['code']} {place['postcode']}"
    return _replaced(reading, "owner letters", number.code, place["code"], reason, 0.85)


def _mend_letters(reading: Reading[LetterNumber], sender: str | None, context: str) -> Reading[LetterNumber]:
    number = reading.value
    if number is None or number.code is None:
        return reading
    expected = sender_letters(sender)
    if number.code.split(" ")[0] in owners() and not _of_no_province(number, sender, expected):
        return reading
    lookalikes = _lookalikes(number.code)
    if expected and (expected in lookalikes or _one_apart(number.code, expected)):
        return _replaced(reading, "owner letters", number.code, expected, f"ผู้ส่งคือ{sender}", 0.9)
    # Central offices and those with short codes have no province's letters; the table need not know every one of them.
    if _central(sender) or is_short(number.agency):
        lookalikes = {code: share for code, share in lookalikes.items() if code not in provinces().values()}
        if not lookalikes:
            return reading
    shorter = {code for code in _without_one(number.code) if code in owners()}
    spoken = [code for code in shorter if re.search(rf"(?<![ก-ฮ]){code}\s?[\d๐-๙]", context)]
    if len(shorter) == 1 or len(spoken) == 1:
        only = spoken[0] if spoken else next(iter(shorter))
        reason = f"{number.code} ไม่มีในตารางอักษรย่อ มีอักษรเกินหนึ่งตัวจาก {only} ({owners()[only]})"
        return _replaced(reading, "owner letters", number.code, only, reason, 0.85)
    if len(lookalikes) == 1:
        only = next(iter(lookalikes))
        reason = f"{number.code} ไม่มีในตารางอักษรย่อ รูปใกล้เคียงมีแต่ {only} ({owners()[only]})"
        return _replaced(reading, "owner letters", number.code, only, reason, 0.85)
    named = [code for code in lookalikes if f"จังหวัด{owners()[code]}" in context]
    if len(named) == 1:
        return _replaced(reading, "owner letters", number.code, named[0], f"ในหนังสือมีชื่อจังหวัด{owners()[named[0]]}", 0.85)
    ranked = sorted(lookalikes, key=lambda code: -lookalikes[code])[:5]
    rivals = tuple(Rival(_with(number, code=code), lookalikes[code], f"{code} คือ{owners()[code]}") for code in ranked)
    return replace(reading, confidence=min(reading.confidence, 0.5), rivals=(*reading.rivals, *rivals))


def _of_no_province(number: LetterNumber, sender: str | None, expected: str | None) -> bool:
    """Whether owner letters that stand in the table are no province's, though a province or district sends and the code
    is of one: ปช (ป.ป.ช.) for ปข."""
    if expected is None or not (sender or "").startswith(("จังหวัด", "อำเภอ")) or number.code in provinces().values():
        return False
    return (number.agency or "").startswith("00") and _alike(number.code or "", expected)


_CENTRAL = re.compile(r"(?:กรม|กระทรวง|ทบวง|สำนัก|มหาวิทยาลัย|สถาบัน|ธนาคาร|การ(?:ไฟฟ้า|ประปา|เคหะ|รถไฟ|ทาง))")
_LOCAL = re.compile(r"จังหวัด|อำเภอ|ตำบล|เทศบาล|เขต|สาขา|ภาค|ศาลากลาง")


def _central(sender: str | None) -> bool:
    """Whether the name is that of an office of the whole country: no province, no district, no branch."""
    return bool(sender and _CENTRAL.match(sender) and not _LOCAL.search(sender))


def _without_one(read: str) -> Iterator[str]:
    """Owner letters of three signs with each one left out."""
    if len(read) == len("นภก"):
        yield from (read[:at] + read[at + 1 :] for at in range(len(read)))


def _lookalikes(read: str) -> dict[str, float]:
    """Owner letters that may have been printed where ``read`` was read: those of like shapes, and each one's share by
    the measured confusions of the reader (what it never confuses gets little)."""
    return weigh(read, (code for code in owners() if _alike(read, code)), load())


def _mend_code(reading: Reading[LetterNumber], sender: str | None) -> Reading[LetterNumber]:
    """Owner code against the sender: codes of the DLA run 08xx (``parsing/data/owner_codes.tsv``)."""
    number = reading.value
    if number is None or not sender or not number.agency or not number.code:
        return reading
    for rule in table("owner_codes"):
        if rule["sender"] in sender and rule["letters"] == number.code and number.agency.startswith(rule["misread"]):
            mended = rule["prefix"] + number.agency[len(rule["misread"]) :]
            return _replaced(
                reading, "owner code", number.agency, mended, f"รหัสของ{rule['sender']}ขึ้นต้นด้วย {rule['prefix']}", 0.85
            )
    return reading


def sender_letters(sender: str | None) -> str | None:
    """Owner letters that a sender's name tells: จังหวัดชัยภูมิ → ชย; ``None`` where it tells none."""
    if not sender:
        return None
    if "กรมส่งเสริมการปกครอง" in sender or "กระทรวงมหาดไทย" in sender:
        return "มท"
    return next((letters for name, letters in provinces().items() if name in sender), None)


def _replaced(
    reading: Reading[LetterNumber], rule: str, before: str, after: str, reason: str, confidence: float
) -> Reading[LetterNumber]:
    number = reading.value
    if number is None:
        return reading
    changed = _with(number, code=after) if rule == "owner letters" else _with(number, agency=after)
    return Reading(
        changed,
        reading.printed,
        min(reading.confidence, confidence),
        reading.evidence,
        (*reading.repairs, Repair(rule, before, after, reason, confidence)),
        (*reading.rivals, Rival(number, 1 - confidence, "ตามที่อ่านได้")),
    )


def _with(number: LetterNumber, *, code: str | None = None, agency: str | None = None) -> LetterNumber:
    return LetterNumber(code or number.code, agency or number.agency, number.circular, number.serial)


def _alike(read: str, known: str) -> bool:
    return len(read) == len(known) and all(
        a == b or any(a in shape and b in shape for shape in _SHAPES) for a, b in zip(read, known, strict=True)
    )


def _one_apart(read: str, known: str) -> bool:
    return len(read) == len(known) and sum(a != b for a, b in zip(read, known, strict=True)) == 1


def is_short(agency: str | None) -> bool:
    """Whether an owner code has fewer digits before its dot than those of ministries and provinces."""
    return bool(agency) and len((agency or "").split(".")[0]) < CENTRAL_CODE
