"""The review list: fields a person should look at, with plain reasons in Thai, the most doubtful first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from letters import (
    DatedFact,
    DateRole,
    Deadline,
    Doubt,
    Kind,
    Letter,
    LetterDate,
    LetterNumber,
    Precision,
    Reading,
    Repair,
    Rival,
)

REGULATION = 2526  # BE: the year of the Regulation on Correspondence
FARTHEST_DAYS = 730
FAR_AHEAD = 2600  # BE: later than any letter that is about now; a misread year, as the program has no clock here
WORTH_SAYING = 0.1  # less likely readings are kept, but do not call a person
UNSURE = 0.6  # below this a person should look
SURE_REPAIR = 0.95  # a mend as sure as this is kept with the reading, but calls nobody

_THAI = {"number": "เลขที่หนังสือ", "date": "วันที่ของหนังสือ", "issuer": "ผู้ส่ง", "subject": "เรื่อง"}


Weighed = tuple[float, Doubt]  # how sure the field is all the same (0: nobody knows), and what to say


def doubts(letter: Letter) -> tuple[Doubt, ...]:
    """The fields a person should look at, with plain reasons in Thai, the most doubtful first."""
    found = [*_reading_doubts("number", letter.number), *_reading_doubts("date", letter.date)]
    found += [*_reading_doubts("issuer", letter.issuer)]
    if letter.kind not in ("stamped", "radio"):
        found += _reading_doubts("subject", letter.subject)
    if letter.number.value and letter.number.value.serial is None:
        found.append((0.0, Doubt("number", "อ่านเลขลำดับไม่ได้")))
    if letter.date.value and letter.date.value.precision is Precision.UNKNOWN_DAY:
        found.append((0.0, Doubt("date", "อ่านวันที่ไม่ได้ ทราบแต่เดือนและปี")))
    if letter.date.value and letter.date.value.precision is Precision.MONTH:
        # It may never have been filled in, or a hand wrote it where nothing was seen.
        found.append((0.2, Doubt("date", "ไม่พบวัน พบแต่เดือนและปี")))
    found += [*_reference_doubts(letter), *_odd_times(letter), *_deadline_doubts(letter), *_people_doubts(letter)]
    return tuple(dict.fromkeys(doubt for _, doubt in sorted(found, key=lambda item: item[0])))


def _reference_doubts(letter: Letter) -> list[Weighed]:
    found: list[Weighed] = []
    for place, reference in enumerate(letter.references):
        name = f"references[{place}]"
        for sure, doubt in _reading_doubts("number", reference.number, optional=True):
            found.append((sure, Doubt(name, doubt.reason)))
        cited, own = reference.date.value, letter.date.value
        if cited and cited.be_year < REGULATION:
            reason = f"หนังสือที่อ้างถึงลงวันที่ {cited.thai(short=True)} เก่ากว่าระเบียบงานสารบรรณ พ.ศ. {REGULATION}"
            found.append((0.3, Doubt(name, reason)))
        if reference.number.value and cited and own and cited.earliest > own.latest:
            found.append((0.4, Doubt(name, "หนังสือที่อ้างถึงลงวันที่หลังหนังสือฉบับนี้")))
    return found


def _people_doubts(letter: Letter) -> list[Weighed]:
    """To whom a letter goes and who signed it, where that is missing or read with doubt."""
    found: list[Weighed] = []
    if letter.kind in (Kind.EXTERNAL, Kind.STAMPED, Kind.RADIO) and not letter.recipients:
        found.append((0.0, Doubt("recipients", "ไม่พบผู้รับหนังสือ")))
    unsure = [item for item in letter.recipients if item.confidence < UNSURE]
    if unsure:
        names = " ".join(f"“{item.name}”" for item in unsure[:3])
        sure = min(item.confidence for item in unsure)
        found.append((sure, Doubt("recipients", f"อ่านผู้รับหนังสือได้ไม่แน่ชัด {names}")))
    signed = letter.signatory
    if letter.kind in (Kind.EXTERNAL, Kind.MEMO) and signed is None:
        found.append((0.2, Doubt("signatory", "ไม่พบชื่อผู้ลงนาม")))
    if signed and signed.confidence < UNSURE:
        reason = f"อ่านชื่อผู้ลงนามได้ไม่แน่ชัด “{signed.name}”"
        found.append((signed.confidence, Doubt("signatory", reason)))
    return found


def _deadline_doubts(letter: Letter) -> list[Weighed]:
    """Deadlines read with doubt, and those that were over before the letter was passed on."""
    unsure = [
        (item.confidence, Doubt(f"deadlines[{place}]", f"กำหนดเวลา “{item.text}” อ่านได้ไม่แน่ชัด"))
        for place, item in enumerate(letter.deadlines)
        if item.confidence < UNSURE and not _likely(item.rivals)
    ]
    for place, item in enumerate(letter.deadlines):
        if likely := _likely(item.rivals):
            unsure.append((1 - likely[0].confidence, _other_day(place, item, likely)))
    for place, item in enumerate(letter.deadlines):
        if item.why:
            reason = f"กำหนดเวลา “{item.text}” โปรดตรวจสอบ: {item.why}"
            unsure.append((0.45, Doubt(f"deadlines[{place}]", reason)))
    return unsure + [(0.5, told) for fact in letter.dated_facts if (told := _told(fact))]


def _likely(rivals: Sequence[Rival[LetterDate]]) -> list[Rival[LetterDate]]:
    return sorted((rival for rival in rivals if rival.confidence >= WORTH_SAYING), key=lambda rival: -rival.confidence)


def _other_day(place: int, item: Deadline, rivals: Sequence[Rival[LetterDate]]) -> Doubt:
    thai = " หรือ ".join(rival.value.thai(short=True) for rival in rivals[:3])
    return Doubt(f"deadlines[{place}]", f"กำหนดเวลา “{item.text}” อาจเป็น {thai} ({rivals[0].reason})")


def _told(fact: DatedFact) -> Doubt | None:
    """What a person should look at of a date that is no deadline: one that may be one, one that other letters tell in
    another year, and a deadline that was over when the letter was passed on."""
    day = fact.date.thai(short=True)
    if fact.role is DateRole.MAYBE:
        reason = f"{day} อาจเป็นกำหนดเวลา โปรดตรวจสอบ: {fact.why}"
        return Doubt("deadlines", reason)
    if fact.role is DateRole.HISTORY and fact.why:
        return Doubt("dated_facts", f"{day}: {fact.why}")
    return _passed(fact) if fact.role is DateRole.PASSED else None


def _passed(fact: DatedFact) -> Doubt:
    return Doubt(
        "deadlines",
        f"กำหนดเวลา {fact.date.thai(short=True)} พ้นไปก่อนที่หนังสือจะถูกส่งต่อ โปรดตรวจสอบว่ายังต้องดำเนินการหรือไม่",
    )


def _odd_times(letter: Letter) -> list[Weighed]:
    """Times that no letter has: written before the Regulation of 2526 BE, asking for something years away, or received
    before it was written."""
    date = letter.date.value
    odd: list[Weighed] = []
    if date and date.be_year < REGULATION:
        reason = f"วันที่ของหนังสือ {date.thai(short=True)} เก่ากว่าระเบียบงานสารบรรณ พ.ศ. {REGULATION}"
        odd.append((0.1, Doubt("date", reason)))
    if date and date.be_year > FAR_AHEAD:
        reason = f"วันที่ของหนังสือ {date.thai(short=True)} อยู่ไกลในอนาคตเกินไป"
        odd.append((0.1, Doubt("date", reason)))
    for place, stamp in enumerate(letter.received_stamps):
        odd += [(0.4, replace(doubt, field=f"received_stamps[{place}]")) for doubt in stamp.doubts]
    odd += [(0.4, doubt) for doubt in received_early(letter)]
    for place, deadline in enumerate(letter.deadlines):
        due = deadline.last_day
        if due and date and abs((due - date.latest).days) > FARTHEST_DAYS:
            reason = f"กำหนดเวลา “{deadline.text}” ห่างจากวันที่ของหนังสือเกินสองปี"
            odd.append((0.3, Doubt(f"deadlines[{place}]", reason)))
    return odd


def received_early(letter: Letter) -> list[Doubt]:
    """Doubts about a letter's date by stamps of offices that would have received it before it was written."""
    date = letter.date.value
    days = [stamp.date for stamp in letter.received_stamps if date and stamp.date and stamp.date.latest < date.earliest]
    return [Doubt("date", f"ตราประทับรับลงวันที่ {day.thai(short=True)} ก่อนวันที่ของหนังสือ") for day in days]


def _told_repair(repair: Repair) -> str:
    """A repair in words; where nothing stood before, it was filled in."""
    before = f"แก้จาก “{_thai_day(repair.before)}” เป็น" if repair.before else "เติม"
    return f"{before} “{_thai_day(repair.after)}”: {repair.reason}"


def _thai_day(text: str) -> str:
    """An ISO day inside a repair as a clerk reads it; other texts as they are."""
    if not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", text):
        return text
    year, month, *day = map(int, text.split("-"))
    precision = Precision.DAY if day else Precision.UNKNOWN_DAY
    return LetterDate(year, month, day[0] if day else None, precision).thai(short=True)


def _words(value: LetterNumber | LetterDate | str) -> str:
    """A value as a clerk reads it: dates in the Buddhist Era."""
    return value.thai(short=True) if isinstance(value, LetterDate) else str(value)


def _reading_doubts(
    name: str, reading: Reading[LetterNumber] | Reading[LetterDate] | Reading[str], *, optional: bool = False
) -> list[Weighed]:
    label = _THAI[name]
    if reading.value is None:
        return [] if optional else [(0.0, Doubt(name, f"ไม่พบ{label}"))]
    mends = [repair for repair in reading.repairs if repair.confidence < SURE_REPAIR]
    found: list[Weighed] = [(mend.confidence, Doubt(name, _told_repair(mend))) for mend in mends]
    told = {repair.before for repair in reading.repairs}
    rivals = [
        rival
        for rival in reading.rivals
        if str(rival.value) not in told
        and not rival.reason.startswith("ตามที่อ่านได้")
        and rival.confidence >= WORTH_SAYING
    ]
    if rivals:
        others = " หรือ ".join(_words(rival.value) for rival in rivals[:3])
        found.append((1 - rivals[0].confidence, Doubt(name, f"{label}อาจเป็น {others} ({rivals[0].reason})")))
    if not found and reading.confidence < UNSURE:
        reason = f"อ่าน{label}ได้ไม่แน่ชัด (ความมั่นใจ {reading.confidence:.0%})"
        found.append((reading.confidence, Doubt(name, reason)))
    return found
