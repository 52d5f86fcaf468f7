"""What the letters of one packet know of one another: the knowledge that no single page has.

A covering letter cites the letter it encloses in type, while that letter's own number and day are often written by hand
(DOMAIN section 2): the citation is the better witness. A cited letter is never younger than the one that cites it. What
was due before the packet's newest letter was written binds nobody now. Every change is a repair with its reason; what
was read stays as a rival.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from letters import (
    DatedFact,
    DateRole,
    Deadline,
    DeadlineKind,
    Doubt,
    Letter,
    LetterDate,
    LetterNumber,
    Precision,
    Reading,
    Reference,
    Repair,
    Rival,
)
from parsing.fields.handwritten import sure_date
from parsing.numbers import mend_owner

TYPED = 0.85  # weight of a letter's own head against a typed citation of it, both at full confidence
REGULATION = 2526  # BE: the year of the Regulation on Correspondence
FARTHEST_DAYS = 730
WORTH_SAYING = 0.1  # less likely readings are kept, but do not call a person
DOUBTFUL = 0.75  # below this a person should look


def check_packet(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """The letters of a packet, in page order, mended by what they say of one another, with doubts named."""
    checked = list(letters)
    for index in range(len(checked) - 1, -1, -1):
        witness = _witness(checked[index], [*checked[:index], *checked[index + 1 :]], index)
        if witness:
            checked[index] = _mend_by(checked[index], *witness)
    checked = _same_deadline(checked)
    checked = _only_current(checked)
    return tuple(replace(letter, review=doubts(letter)) for letter in checked)


# --- citations as witnesses ------------------------------------------------------------------------------------------


def _witness(letter: Letter, others: Sequence[Letter], index: int) -> tuple[Reference, Letter] | None:
    """The citation in another letter of the packet that names this one: same owner, number or date nearly the same."""
    best: tuple[float, Reference, Letter] | None = None
    for place, other in enumerate(others):
        for reference in other.references:
            score = _agreement(letter, reference, adjoining=place == index - 1)
            if score >= 1.0 and (best is None or score > best[0]):
                best = (score, reference, other)
    return (best[1], best[2]) if best else None


def _agreement(letter: Letter, reference: Reference, *, adjoining: bool) -> float:
    """How well a citation fits a letter: owner, running number, date, and an enclosure standing right before it."""
    own, cited = letter.number.value, reference.number.value
    if own is None or cited is None or own.circular != cited.circular or not _same_owner(own, cited):
        return 0.0
    distance = Levenshtein.distance(own.serial or "", cited.serial or "")
    dated = _date_agreement(letter.date.value, reference.date.value)
    if distance == 0:
        return 1.5 + dated
    near = 0.5 if distance <= max(1, len(cited.serial or "") // 2) else 0.0
    enclosed = 0.4 if adjoining and reference.relation == "enclosure" else 0.0
    return near + dated + enclosed if dated > 0 else 0.0


def _same_owner(own: LetterNumber, cited: LetterNumber) -> bool:
    if own.agency is None or cited.agency is None:
        return own.code == cited.code
    return Levenshtein.distance(own.owner, cited.owner) <= 1


def _date_agreement(own: LetterDate | None, cited: LetterDate | None) -> float:
    if own is None or cited is None:
        return 0.3
    if own == cited:
        return 1.0
    if own.meets(cited):
        return 0.7
    return (
        0.4
        if (own.month, own.day) == (cited.month, cited.day) or (own.month, own.year) == (cited.month, cited.year)
        else 0.0
    )


def _mend_by(letter: Letter, citation: Reference, witness: Letter) -> Letter:
    reason = (
        f"หนังสือ {witness.number.value or 'ที่นำส่ง'} อ้างไว้ว่า {citation.number.printed} {citation.date.printed}".strip()
    )
    number = _vote(letter.number, mend_owner(citation.number, letter.issuer.value), reason)
    return replace(letter, number=number, date=_vote_date(letter.date, citation.date, witness.date.value, reason))


def _vote(own: Reading[LetterNumber], cited: Reading[LetterNumber], reason: str) -> Reading[LetterNumber]:
    """The number by the better witness; both agreeing raises the confidence."""
    if own.value is None or cited.value is None:
        return own
    if own.value.key(None) == cited.value.key(None):
        return replace(own, confidence=max(own.confidence, min(0.98, 0.5 + own.confidence / 2)), rivals=())
    if own.confidence * TYPED >= cited.confidence:
        return replace(own, rivals=(Rival(cited.value, 0.3, reason), *own.rivals))
    repair = Repair("typed citation", str(own.value), str(cited.value), reason, 0.7)
    rivals = (Rival(own.value, 0.3, "ตามที่อ่านได้จากหัวหนังสือ"), *own.rivals)
    return Reading(cited.value, own.printed, 0.7, (*own.evidence, *cited.evidence), (*own.repairs, repair), rivals)


def _vote_date(
    own: Reading[LetterDate], cited: Reading[LetterDate], witness_date: LetterDate | None, reason: str
) -> Reading[LetterDate]:
    """The date by the better witness: a typed citation fills an unknown day, and wins over a day still to come."""
    if cited.value is None or cited.value.precision is not Precision.DAY or own.value == cited.value:
        return own
    repair = Repair("typed citation", own.value.iso if own.value else "", cited.value.iso, reason, 0.7)
    if own.value is None or own.value.precision is not Precision.DAY:
        return Reading(cited.value, own.printed, 0.75, (*own.evidence, *cited.evidence), (*own.repairs, repair))
    rival = Rival(own.value, 0.3, "ตามที่อ่านได้จากหัวหนังสือ")
    too_late = witness_date is not None and own.value.earliest > witness_date.latest
    if too_late or own.confidence * TYPED < cited.confidence:
        if too_late:
            repair = replace(repair, reason=f"หนังสือที่ถูกอ้างต้องไม่ใหม่กว่าหนังสือที่อ้าง – {reason}")
        return Reading(
            cited.value,
            own.printed,
            0.7,
            (*own.evidence, *cited.evidence),
            (*own.repairs, repair),
            (rival, *own.rivals),
        )
    return replace(own, rivals=(Rival(cited.value, 0.3, reason), *own.rivals))


# --- deadlines across the packet -------------------------------------------------------------------------------------


def _same_deadline(letters: Sequence[Letter]) -> list[Letter]:
    """Where a letter's year was mended, its deadlines that fall on the covering letters' day and month are
    mended alike: the same digit was misread all over the page."""
    known = {
        deadline.date
        for letter in letters
        if not _year_mended(letter)
        for deadline in letter.deadlines
        if deadline.date
    }
    return [
        replace(letter, deadlines=tuple(_mend_year(deadline, letter, known) for deadline in letter.deadlines))
        if _year_mended(letter)
        else letter
        for letter in letters
    ]


def _year_mended(letter: Letter) -> int:
    """Years by which the letter's date was mended (read minus true); 0 if it was not."""
    repair = next((repair for repair in letter.date.repairs if repair.rule == "typed citation" and repair.before), None)
    return int(repair.before[:4]) - int(repair.after[:4]) if repair else 0


def _mend_year(deadline: Deadline, letter: Letter, known: set[LetterDate]) -> Deadline:
    date = deadline.date
    if date is None or date.day is None:
        return deadline
    try:
        mended = replace(date, year=date.year - _year_mended(letter))
    except ValueError:
        return deadline
    return replace(deadline, date=mended, confidence=0.55) if mended in known else deadline


def _only_current(letters: Sequence[Letter]) -> list[Letter]:
    """Deadlines that had passed when the packet's newest letter was written turn into history: the older letter is
    enclosed for information."""
    newest = max((date.earliest for letter in letters if (date := sure_date(letter.date))), default=None)
    if newest is None or len(letters) < 2:
        return list(letters)
    return [_without_past(letter, newest) for letter in letters]


def _without_past(letter: Letter, newest: dt.date) -> Letter:
    """The letter with the deadlines moved to its dated facts that were over when ``newest`` was written."""
    date = letter.date.value
    if date is None or date.latest >= newest:
        return letter
    gone = [
        item
        for item in letter.deadlines
        if item.date and item.kind is not DeadlineKind.EVENT and item.date.latest < newest
    ]
    facts = (
        DatedFact(item.date, DateRole.HISTORY, item.sentence or item.text, item.evidence) for item in gone if item.date
    )
    kept = tuple(item for item in letter.deadlines if item not in gone)
    return replace(letter, deadlines=kept, dated_facts=(*letter.dated_facts, *facts))


# --- doubts ----------------------------------------------------------------------------------------------------------

_THAI = {"number": "เลขที่หนังสือ", "date": "วันที่ของหนังสือ", "issuer": "ผู้ส่ง", "subject": "เรื่อง"}


def doubts(letter: Letter) -> tuple[Doubt, ...]:
    """The fields a person should look at, with plain reasons in Thai."""
    found = [*_reading_doubts("number", letter.number), *_reading_doubts("date", letter.date)]
    found += [*_reading_doubts("issuer", letter.issuer)]
    if letter.kind not in ("stamped", "radio"):
        found += _reading_doubts("subject", letter.subject)
    if letter.number.value and letter.number.value.serial is None:
        found.append(Doubt("number", "อ่านเลขลำดับไม่ได้"))
    if letter.date.value and letter.date.value.precision is Precision.UNKNOWN_DAY:
        found.append(Doubt("date", "อ่านวันที่ไม่ได้ ทราบแต่เดือนและปี"))
    for place, reference in enumerate(letter.references):
        found += [
            Doubt(f"references[{place}]", doubt.reason)
            for doubt in _reading_doubts("number", reference.number, optional=True)
        ]
        if (
            reference.number.value
            and reference.date.value
            and letter.date.value
            and reference.date.value.earliest > letter.date.value.latest
        ):
            found.append(Doubt(f"references[{place}]", "หนังสือที่อ้างถึงลงวันที่หลังหนังสือฉบับนี้"))
    found += _odd_times(letter)
    found += [
        Doubt(f"deadlines[{place}]", f"กำหนดเวลา “{item.text}” อ่านได้ไม่แน่ชัด")
        for place, item in enumerate(letter.deadlines)
        if item.confidence < DOUBTFUL - 0.15
    ]
    return tuple(dict.fromkeys(found))


def _odd_times(letter: Letter) -> list[Doubt]:
    """Times that no letter has: written before the Regulation of 2526 BE, or asking for something years away."""
    date = letter.date.value
    odd = []
    if date and date.be_year < REGULATION:
        odd.append(Doubt("date", f"วันที่ของหนังสือ {date.thai(short=True)} เก่ากว่าระเบียบงานสารบรรณ พ.ศ. {REGULATION}"))
    for place, deadline in enumerate(letter.deadlines):
        due = deadline.last_day
        if due and date and abs((due - date.latest).days) > FARTHEST_DAYS:
            odd.append(Doubt(f"deadlines[{place}]", f"กำหนดเวลา “{deadline.text}” ห่างจากวันที่ของหนังสือเกินสองปี"))
    return odd


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
) -> list[Doubt]:
    label = _THAI[name]
    if reading.value is None:
        return [] if optional else [Doubt(name, f"ไม่พบ{label}")]
    found = [Doubt(name, _told_repair(repair)) for repair in reading.repairs]
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
        found.append(Doubt(name, f"{label}อาจเป็น {others} ({rivals[0].reason})"))
    if not found and reading.confidence < DOUBTFUL - 0.15:
        found.append(Doubt(name, f"อ่าน{label}ได้ไม่แน่ชัด (ความมั่นใจ {reading.confidence:.0%})"))
    return found
