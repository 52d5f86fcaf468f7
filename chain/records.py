"""What linking needs of each paper, without the paper: heads (copies of letters) and mentions (their citations).

A packet is read on its own, so that its records change only when it is read anew. They are kept beside the letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from chain import vote
from chain.channel import READABLE, log_read, noise
from chain.facts import Facts, body, normal, of_citation, of_head, serial_of, to_the_day
from chain.model import Copy, CopyRef, LinkRelation, MentionRef
from chain.prior import Prior
from chain.relation import Told, told_of
from chain.score import weigh
from letters import Evidence, Kind, Letter, LetterDate, LetterNumber, Reading

T = TypeVar("T")
UNSURE = 0.6
"""The confidence below which a reading goes to a person, and proves nothing against another."""
_HINTED = 2.0  # log odds from which a covering letter's words are another reading of an enclosed letter's head
_OF_OTHER_NUMBERS = (Kind.ORDER, Kind.ANNOUNCEMENT)


@dataclass(frozen=True, slots=True)
class Head:
    """A copy as it is compared and counted. ``facts.numbers`` holds its own reading and those of the covering letters
    in its packet, ``own`` its own alone; the readings are the letter's, without evidence."""

    ref: CopyRef
    facts: Facts
    own: Facts
    body: str
    recipients: str
    kind: Kind
    number: Reading[LetterNumber]
    date: Reading[LetterDate]
    issuer: Reading[str]
    subject: Reading[str]

    @property
    def dated(self) -> bool:
        """Whether its date is surely read, or told by a covering letter."""
        return self.facts.date is not None and (self.date.confidence >= UNSURE or self.facts.date != self.own.date)


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation to be resolved. ``citing`` is the citing copy's date if surely read, ``about`` its title in normal
    form, ``behind`` the letters behind it in its packet, nearest first. ``sure`` is the confidence of the number's
    reading; ``issuer`` and ``title`` as printed."""

    ref: MentionRef
    cited: Facts
    relation: LinkRelation
    told: str
    citing: LetterDate | None
    about: str
    sure: float
    issuer: str | None
    title: str | None
    evidence: Evidence | None
    behind: tuple[CopyRef, ...] = ()


def by_packet(copies: Iterable[Copy]) -> dict[str, list[Copy]]:
    """The copies of each packet in page order, packets sorted; a copy given twice counts once."""
    packets: dict[str, list[Copy]] = defaultdict(list)
    for copy in sorted({copy.ref: copy for copy in copies}.values(), key=lambda copy: copy.ref):
        packets[copy.ref.packet].append(copy)
    return packets


def read_packet(copies: Sequence[Copy]) -> tuple[list[Head], list[Mention]]:
    """The records of one packet; ``copies`` in page order."""
    own = [of_head(copy.letter) for copy in copies]
    told = {copy.ref: told_of(copy.letter) for copy in copies}
    cited = {copy.ref: [of_citation(reference) for reference in copy.letter.references] for copy in copies}
    hints = _hints(copies, own, told, cited)
    heads = [_head(copy, facts, hints[copy.ref]) for copy, facts in zip(copies, own, strict=True)]
    return heads, list(_mentions(copies, heads, told, cited))


def _head(copy: Copy, own: Facts, hints: Sequence[Facts]) -> Head:
    readings, letter = [own, *hints], copy.letter
    numbers = tuple(dict.fromkeys(number for facts in readings for number in facts.numbers))
    date = vote.elect_date(vote.on_date(facts.date, 1.0 if facts is own else 0.5) for facts in readings)
    recipients = normal(" ".join(one.name for one in letter.recipients))
    facts = replace(own, numbers=numbers, date=date, cover_noise=max((hint.noise for hint in hints), default=0))
    return Head(copy.ref, facts, own, body(letter), recipients, letter.kind,
                _bare(letter.number), _bare(letter.date), _bare(letter.issuer), _bare(letter.subject))


def _bare(reading: Reading[T]) -> Reading[T]:
    return Reading(reading.value, reading.printed, reading.confidence, rivals=reading.rivals)


def _hints(copies: Sequence[Copy], own: Sequence[Facts], told: Mapping[CopyRef, Sequence[Told]],
           said: Mapping[CopyRef, Sequence[Facts]]) -> Mapping[CopyRef, list[Facts]]:
    """What covering letters say about the letters enclosed behind them in the same packet."""
    hints: dict[CopyRef, list[Facts]] = defaultdict(list)
    for place, copy in enumerate(copies):
        for cited, one in zip(said[copy.ref], told[copy.ref], strict=True):
            if one.relation is not LinkRelation.FORWARDS:
                continue
            prior = Prior(enclosed=True, behind=len(own) - place - 1)
            fits = [(-weigh(cited, facts, own[place].date, distance=distance, prior=prior).log_odds, distance)
                    for distance, facts in enumerate(own[place + 1 :], start=1)
                    if _may_be(cited, copies[place + distance].letter)]
            cost, distance = min(fits, default=(-_HINTED + 1, 0))
            if cost <= -_HINTED:
                hints[copies[place + distance].ref].append(cited)
    return hints


def _may_be(cited: Facts, letter: Letter) -> bool:
    """Whether a citation may mean a letter of its kind: a letter's number means no order or announcement, which have
    none of that form."""
    return not (cited.number and cited.number.agency and letter.kind in _OF_OTHER_NUMBERS)


def _mentions(copies: Sequence[Copy], heads: Sequence[Head], told: Mapping[CopyRef, Sequence[Told]],
              said: Mapping[CopyRef, Sequence[Facts]]) -> Iterator[Mention]:
    packet = [facts for some in said.values() for facts in some]
    for place, (copy, head) in enumerate(zip(copies, heads, strict=True)):
        own = said[copy.ref]
        cited = [_in_full(one, own, packet) for one in own]
        other = _meant_by_others(cited, heads[place + 1 :])
        for number, (reference, one) in enumerate(zip(copy.letter.references, told[copy.ref], strict=True)):
            behind = tuple(later.ref for later in copies[place + 1 :]
                           if later.ref not in other[number] and _may_be(cited[number], later.letter))
            yield Mention(
                MentionRef(copy.ref, number), cited[number], one.relation, one.words,
                head.facts.date if head.dated else None, head.facts.title, reference.number.confidence,
                reference.issuer, reference.title, reference.evidence, behind)


def _meant_by_others(cited: Sequence[Facts], heads: Sequence[Head]) -> list[set[CopyRef]]:
    """For each citation of a letter the copies behind it, ``heads``, that another one of its citations means: where a
    letter's running number could not be read, its owner may fit several, but the day only that which names it."""
    found: list[set[CopyRef]] = [set() for _ in cited]
    for head in heads:
        if head.own.number is None or serial_of(head.own.number) or not to_the_day(head.own.date):
            continue
        named = [facts for facts in cited if _of_owner_and_day(facts, head.own)]
        for others, facts in zip(found, cited, strict=True):
            if named and not any(_one_number(facts, one) for one in named):
                others.add(head.ref)
    return found


def _of_owner_and_day(cited: Facts, known: Facts) -> bool:
    """Whether a citation in full names the letter's owner and day."""
    one, other = cited.number, known.number
    return bool(one and other and serial_of(one) and (one.code, one.agency) == (other.code, other.agency)
                and cited.date == known.date)


def _one_number(one: Facts, other: Facts) -> bool:
    """Whether two citations' running numbers may be readings of one."""
    first, second = (serial_of(facts.number) if facts.number else "" for facts in (one, other))
    return not first or not second or log_read(first, second, noise(one.noise, other.noise)) >= READABLE


def _in_full(cited: Facts, *among: Sequence[Facts]) -> Facts:
    """A letter named by its running number alone (``ว 1290``) is the one that the same letter cites in full, else
    another letter of the packet, if one is."""
    number = cited.number
    if number is None or number.agency or not number.serial:
        return cited
    for said in among:
        full = {other for other in said for known in other.numbers
                if known.agency and (known.circular, serial_of(known)) == (number.circular, serial_of(number))}
        if full:
            return full.pop() if len(full) == 1 else cited
    return cited
