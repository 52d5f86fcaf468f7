"""Invented archives in which every link is known: department letters passed on by provinces, districts and LAOs.

Digits of numbers and days are misread at a given rate, each paper on its own: half of the time for what the reader is
measured to confuse, half for any digit. The reader knows its rate: a number's confidence is the share of such numbers
that come out right. Everything comes from a seed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from chain import Copy, CopyRef, MentionRef
from letters import Letter, LetterDate, LetterNumber, Precision, Reading, Reference, Relation
from letters.text import thai
from ocr import confusions

_DEPARTMENT = "กรมส่งเสริมการปกครองท้องถิ่น"
_GROUPS = ("0806.2", "0808.2", "0809.3", "0810.7", "0810.8", "0816.3", "0820.2", "0891.4")
_MATTERS = ("การสำรวจ", "การรายงาน", "การจัดทำแผน", "การตรวจสอบ", "การประชุม", "การเบิกจ่าย", "การฝึกอบรม", "การปรับปรุง")
_THINGS = ("ข้อมูลสนามกีฬา", "ขยะมูลฝอย", "แหล่งน้ำ", "ศูนย์เด็กเล็ก", "ผู้สูงอายุ", "ถนนท้องถิ่น", "ภาษีที่ดิน", "ไข้เลือดออก",
           "ทะเบียนทรัพย์สิน", "ครุภัณฑ์", "บุคลากร", "การท่องเที่ยว")
_LETTERS = "กขคจชตทนบปพมยรลศสอ"
_START = dt.date(2021, 1, 4)
_SERIALS_A_DAY = range(2, 24)  # an office's series counts up by so many a day
_BESIDE = 0.3  # how often a department letter is of the same group and day as the one before, its number close by
_MEMORY = 400  # department letters back that one may refer to


@dataclass(slots=True)
class World:
    """An archive and its truth: the letter of each copy, the letter each citation means, and the chain it is a step
    of. ``slips``: citations in which a clerk wrote the number wrong."""

    copies: list[Copy] = field(default_factory=list)
    letter: dict[CopyRef, str] = field(default_factory=dict)
    meant: dict[MentionRef, str] = field(default_factory=dict)
    chains: dict[MentionRef, str] = field(default_factory=dict)
    slips: set[MentionRef] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A letter as it truly is."""

    number: LetterNumber
    date: dt.date
    issuer: str
    subject: str
    cites: tuple[tuple[_Paper, Relation], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.number} {self.date}"


def world(chains: int, noise: float, seed: int = 1, here: float = 0.65, days: int = 700) -> World:
    """An archive of ``chains`` packets within so many ``days`` at a digit error rate; ``here``: share of older letters
    whose copy is here."""
    chance = random.Random(seed)
    found = World()
    for name, stack in _packets(chance, chains, seed, days):
        _file(found, chance, name, stack, noise)
    _take_out(found, chance, here)
    return found


def stream(chains: int, noise: float, seed: int, days: int, here: float = 0.65) -> Iterator[Copy]:
    """The same without the truth, packet by packet as they come, for archives that are too large to have at once."""
    chance = random.Random(seed)
    for name, stack in _packets(chance, chains, seed, days):
        made = World()
        _file(made, chance, name, stack, noise)
        yield from (copy for copy in made.copies if not made.letter[copy.ref].startswith("มท")
                    or random.Random(made.letter[copy.ref]).random() < here)


def _packets(chance: random.Random, chains: int, seed: int, days: int) -> Iterator[tuple[str, list[_Paper]]]:
    """Each packet's name and papers, newest first."""
    offices = [_office(chance, place) for place in range(min(76, 4 + chains // 20))]
    tops = list[_Paper]()
    counters: dict[tuple[str, str, int], int] = {}
    for packet in range(chains):
        day = _START + dt.timedelta(days=packet * days // chains)
        if not tops or chance.random() < 0.4:
            tops.append(_top(chance, day, tops, counters))
        stack = _stack(chance, tops[-1 - int(chance.random() * min(len(tops), 3))], day, offices, counters)
        yield f"p{seed}-{packet}", stack


def _office(chance: random.Random, place: int) -> tuple[str, str]:
    code = f"{_LETTERS[place % len(_LETTERS)]}{_LETTERS[place // len(_LETTERS) * 5 % len(_LETTERS)]}"
    return code, "จังหวัด" + "".join(chance.choice(_LETTERS) for _ in range(6))


def _number(counters: dict[tuple[str, str, int], int], code: str, agency: str, day: dt.date,
            chance: random.Random) -> LetterNumber:
    """The next circular of a series: its counter runs on between the letters that are seen."""
    seen = counters.get((code, agency, day.year), 0)
    a_day = random.Random(f"{code} {agency}").choice(_SERIALS_A_DAY)
    counted = max(seen + chance.randint(1, 3), day.timetuple().tm_yday * a_day + chance.randint(0, 4))
    counters[code, agency, day.year] = counted
    return LetterNumber(code, agency, True, str(counted))


def _top(chance: random.Random, day: dt.date, tops: list[_Paper], counters: dict[tuple[str, str, int], int]) -> _Paper:
    group = chance.choice(_GROUPS)
    if tops and chance.random() < _BESIDE:
        day, group = tops[-1].date, tops[-1].number.agency or group
    older = [top for top in tops[-_MEMORY:] if top.date < day]
    cited = chance.sample(older, min(len(older), chance.choice((0, 1, 1, 2))))
    subject = cited[0].subject if cited and chance.random() < 0.4 else (
        f"{chance.choice(_MATTERS)}{chance.choice(_THINGS)}ครั้งที่ {chance.randint(1, 900)}")
    return _Paper(_number(counters, "มท", group, day, chance), day, _DEPARTMENT, subject,
                  tuple((one, Relation.REFERENCE) for one in cited))


def _stack(chance: random.Random, top: _Paper, day: dt.date, offices: list[tuple[str, str]],
           counters: dict[tuple[str, str, int], int]) -> list[_Paper]:
    """A packet, newest letter first: LAO's note, district's and province's covering letters, the department's."""
    code, province = chance.choice(offices)
    district = f"{10 + chance.randint(0, 9)}"
    senders = [("0023.3", province), (f"0023.{district}", f"อำเภอ{province[7:]}{district}")]
    if chance.random() < 0.3:
        senders.append((f"7{chance.randint(1000, 9999)}", f"องค์การบริหารส่วนตำบล{province[7:11]}"))
    stack, when = [top], max(day, top.date)
    for agency, issuer in senders[: chance.choice((1, 2, 2, 3))]:
        when += dt.timedelta(days=chance.randint(1, 6))
        cites = [(stack[0], Relation.ENCLOSURE)]
        if chance.random() < 0.3 and stack[0] is not top:
            cites.append((top, Relation.BODY))
        stack.insert(0, _Paper(_number(counters, code, agency, when, chance), when, issuer, top.subject, tuple(cites)))
    return stack


def _file(found: World, chance: random.Random, name: str, papers: list[_Paper], noise: float) -> None:
    packet = hashlib.sha256(name.encode()).hexdigest()
    for place, paper in enumerate(papers):
        ref = CopyRef(packet, place)
        found.letter[ref] = paper.name
        references = []
        for number, (cited, relation) in enumerate(paper.cites):
            references.append(_cite(cited, relation, chance, noise))
            found.meant[MentionRef(ref, number)] = cited.name
            if relation is Relation.ENCLOSURE:
                found.chains[MentionRef(ref, number)] = name
        found.copies.append(Copy(ref, name, _print(paper, tuple(references), chance, noise)))


def _take_out(found: World, chance: random.Random, here: float) -> None:
    """Takes the copies of some department letters out again, so that what is cited is not always here."""
    own = sorted({name for name in found.letter.values() if name.startswith("มท")})
    gone = {name for name in own if chance.random() > here}
    found.copies = [copy for copy in found.copies if found.letter[copy.ref] not in gone]
    kept = {copy.ref for copy in found.copies}
    found.letter = {ref: name for ref, name in found.letter.items() if ref in kept}
    found.meant = {ref: name for ref, name in found.meant.items() if ref.copy in kept}
    found.chains = {ref: name for ref, name in found.chains.items() if ref.copy in kept}


def _print(paper: _Paper, references: tuple[Reference, ...], chance: random.Random, noise: float) -> Letter:
    return Letter(
        pages=(1,), number=_misread(paper.number, chance, noise),
        date=_day(paper.date, chance, noise),
        issuer=Reading(paper.issuer, "", 0.9), subject=Reading(paper.subject, "", 0.9), references=references,
        text=_text(paper))


def _text(paper: _Paper) -> str:
    """What the letter says, the same in all its copies."""
    words = random.Random(paper.name)
    return " ".join([paper.subject, *(words.choice((*_MATTERS, *_THINGS)) for _ in range(12))])


def _cite(paper: _Paper, relation: Relation, chance: random.Random, noise: float) -> Reference:
    return Reference(relation, _misread(paper.number, chance, noise), _day(paper.date, chance, noise),
                     issuer=paper.issuer)


def _misread(number: LetterNumber, chance: random.Random, noise: float) -> Reading[LetterNumber]:
    agency, serial = (_digits(text or "", chance, noise) for text in (number.agency, number.serial))
    sure = 0.99 * (1 - noise) ** sum(sign.isdigit() for sign in str(number))
    return Reading(LetterNumber(number.code, agency, number.circular, serial), "", sure)


def _day(date: dt.date, chance: random.Random, noise: float) -> Reading[LetterDate]:
    read = _digits(str(date.day), chance, noise)
    try:
        return Reading(LetterDate(date.year, date.month, int(read)), "", 0.99 * (1 - noise) ** len(read))
    except ValueError:
        return Reading(LetterDate(date.year, date.month, None, Precision.UNKNOWN_DAY), "", 0.5)


def _digits(text: str, chance: random.Random, noise: float) -> str:
    return "".join(_digit(sign, chance) if sign.isdigit() and chance.random() < noise else sign for sign in text)


def _digit(sign: str, chance: random.Random) -> str:
    others = [digit for digit in "0123456789" if digit != sign]
    return chance.choices(others, _confused(sign))[0] if chance.random() < 0.5 else chance.choice(others)


@cache
def _confused(sign: str) -> list[float]:
    table = confusions.load()
    return [table.likelihood(other, sign) + table.likelihood(thai(other), thai(sign))
            for other in "0123456789" if other != sign]
