"""Citations as witnesses: a letter typed in full elsewhere in the packet tells its number and day.

Which of two readings was printed is weighed by Bayes: how sure each was read, and how often the reader takes the one
for the other (``ocr.confusions``). A citation printed wrong stays as printed, and never changes a head read surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from letters import Letter, LetterDate, LetterNumber, Precision, Reading, Reference, Repair, Rival
from ocr.confusions import ConfusionTable
from parsing.confusion import as_printed, measured, misread
from parsing.owners import mend_owner

TYPED = 0.85  # how much less a letter's own head counts than a typed citation of it, both read alike
SURELY = 0.95  # a head read so, with nothing mended or open in it, is not mended by a citation
FAIRLY = 0.5  # a head read so is not mended where two digits are swapped
MARK_LOST = 0.3  # how much less a citation fits whose mark of circulars the head lacks
MOST = 0.9  # no mend is surer, so that a person is told of each
READ = "ตามที่อ่านได้จากหัวหนังสือ"


def call_witnesses(letters: Sequence[Letter], reader: str = "") -> list[Letter]:
    """The letters, each mended by the citation of it in another letter of the packet that fits best."""
    checked, table = list(letters), measured(reader)
    for index in range(len(checked) - 1, -1, -1):
        witness = _witness(checked[index], [*checked[:index], *checked[index + 1 :]], index)
        if witness:
            checked[index] = _mend_by(checked[index], *witness, table)
    return checked


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
    if own is None or cited is None or not _same_owner(own, cited):
        return 0.0
    distance = Levenshtein.distance(own.serial or "", cited.serial or "")
    dated = _date_agreement(letter.date.value, reference.date.value)
    if own.circular != cited.circular:  # the mark ว is written with the number, and lost with it
        dated = dated - MARK_LOST if dated == 1.0 else 0.0
        if not dated:
            return 0.0
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


def _mend_by(letter: Letter, citation: Reference, witness: Letter, table: ConfusionTable | None) -> Letter:
    reason = (
        f"หนังสือ {witness.number.value or 'ที่นำส่ง'} อ้างไว้ว่า {citation.number.printed} {citation.date.printed}".strip()
    )
    number = _vote(letter.number, mend_owner(citation.number, letter.issuer.value), reason, table)
    date = _vote_date(letter.date, citation.date, witness.date.value, reason, table)
    return replace(letter, number=number, date=date)


def _cited_chance(own: tuple[float, str], cited: tuple[float, str], table: ConfusionTable | None) -> float:
    """P(the citation's value was printed) for two values that differ, each given as (confidence, value in the digits of
    its print): either the head was misread for it or the citation for the head."""
    own_sure, cited_sure = (min(0.99, max(0.01, sure)) for sure in (own[0], cited[0]))
    head = TYPED * own_sure * (1 - cited_sure) * misread(cited[1], as_printed(own[1], cited[1]), table)
    other = cited_sure * (1 - own_sure) * misread(own[1], as_printed(cited[1], own[1]), table)
    return other / (head + other)


def _vote(
    own: Reading[LetterNumber], cited: Reading[LetterNumber], reason: str, table: ConfusionTable | None
) -> Reading[LetterNumber]:
    """The number by the better witness; both agreeing raises the confidence."""
    if own.value is None or cited.value is None:
        return own
    if own.value.key(None) == cited.value.key(None):
        return replace(own, confidence=max(own.confidence, min(0.98, 0.5 + own.confidence / 2)), rivals=())
    if _stands(own, own.value, cited.value):
        return replace(own, rivals=(Rival(cited.value, 0.2, reason), *own.rivals))
    chance = _cited_chance((own.confidence, _digits(own)), (cited.confidence, _digits(cited)), table)
    if chance < 0.5:
        return replace(own, rivals=(Rival(cited.value, chance, reason), *own.rivals))
    sure = min(MOST, chance)
    repair = Repair("typed citation", str(own.value), str(cited.value), _weighed(reason, table), sure)
    rivals = (Rival(own.value, 1 - sure, READ), *own.rivals)
    return Reading(cited.value, own.printed, sure, (*own.evidence, *cited.evidence), (*own.repairs, repair), rivals)


def _stands(own: Reading[LetterNumber], head: LetterNumber, cited: LetterNumber) -> bool:
    """Whether a head is not mended by a citation that says otherwise: it was read surely, with nothing in it mended or
    open; or they differ in the owner code alone, which is typed in both; or the two have two digits swapped, which
    clerks do and readers do not (DOMAIN section 4)."""
    plain = own.confidence >= SURELY and not own.repairs and not own.rivals
    typed = head.serial == cited.serial and head.code == cited.code and not own.repairs
    return (
        plain
        or typed
        or (own.confidence >= FAIRLY and head.owner == cited.owner and _swapped(head.serial, cited.serial))
    )


def _swapped(one: str | None, other: str | None) -> bool:
    """Whether two running numbers differ by two neighbouring digits that changed places."""
    if one is None or other is None or len(one) != len(other) or one == other:
        return False
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    first = apart[0]
    return apart == [first, first + 1] and one[first : first + 2] == other[first : first + 2][::-1]


def _digits(reading: Reading[LetterNumber]) -> str:
    """A number's owner code and running number, in the digits of its print."""
    number = reading.value
    plain = f"{number.agency or ''}/{number.serial or ''}" if number else ""
    return as_printed(plain, reading.printed)


def _weighed(reason: str, table: ConfusionTable | None) -> str:
    """The reason with the measurement that weighed it."""
    return f"{reason} (ชั่งด้วยสถิติการอ่านของ {table.version})" if table else reason


def _vote_date(
    own: Reading[LetterDate],
    cited: Reading[LetterDate],
    witness_date: LetterDate | None,
    reason: str,
    table: ConfusionTable | None,
) -> Reading[LetterDate]:
    """The date by the better witness: a typed citation fills an unknown day, and wins over a day still to come."""
    if cited.value is None or cited.value.precision is not Precision.DAY:
        return own
    if own.value == cited.value:
        return replace(own, confidence=max(own.confidence, min(0.98, 0.5 + own.confidence / 2)))
    repair = Repair("typed citation", own.value.iso if own.value else "", cited.value.iso, reason, 0.75)
    evidence, repairs = (*own.evidence, *cited.evidence), own.repairs
    if own.value is None or own.value.precision is not Precision.DAY:
        return Reading(cited.value, own.printed, 0.75, evidence, (*repairs, repair))
    too_late = witness_date is not None and own.value.earliest > witness_date.latest
    chance = _cited_chance((own.confidence, own.printed), (cited.confidence, cited.printed), table)
    if not too_late and chance < 0.5:
        return replace(own, rivals=(Rival(cited.value, chance, reason), *own.rivals))
    sure = 0.75 if too_late else min(MOST, chance)
    why = f"หนังสือที่ถูกอ้างต้องไม่ใหม่กว่าหนังสือที่อ้าง – {reason}" if too_late else _weighed(reason, table)
    repair = replace(repair, reason=why, confidence=sure)
    rivals = (Rival(own.value, 1 - sure, READ), *own.rivals)
    return Reading(cited.value, own.printed, sure, evidence, (*repairs, repair), rivals)
