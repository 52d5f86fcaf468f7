"""Nodes of the graph: what the copies and citations of one letter agree on, its doubts, and an id of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chain import vote
from chain.facts import normal
from chain.identity import Cluster
from chain.model import Copy, Node
from letters import Kind, LetterDate, LetterNumber, Reading, Reference

_UNNUMBERED = (Kind.ORDER, Kind.ANNOUNCEMENT)  # their numbers are of another form, or there is none
_UNSURE = 0.6  # confidence below which a reading goes to a person


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a letter as a vote; ``weight`` 0–1 is how sure it is that it means this letter."""

    reference: Reference
    weight: float

    @property
    def ballot(self) -> vote.Ballot:
        """Its say on number and date."""
        return vote.of_citation(self.reference.number.value, self.reference.date.value, self.weight)


def letter_node(group: Cluster, cited: Iterable[Cited]) -> Node:
    """The node of a letter that has arrived; its id is made final by :func:`with_ids`."""
    copies, citations = [head.copy for head in group.heads], list(cited)
    heads = [vote.of_head(one.letter.number.value, one.letter.number.confidence,
                          one.letter.date.value, one.letter.date.confidence) for one in copies]
    ballots = [*heads, *(one.ballot for one in citations)]
    number, losers = vote.elect_number(ballots)
    date = vote.elect_date(ballots)
    issuers = [(one.letter.issuer.value, one.letter.issuer.confidence) for one in copies]
    return Node(
        id=_key(number, date.year if date else None) or f"copy {copies[0].ref}",
        number=number, date=date,
        issuer=_printed([*issuers, *((one.reference.issuer, one.weight) for one in citations)]),
        subject=_printed((one.letter.subject.value, one.letter.subject.confidence) for one in copies),
        absent=False, copies=tuple(one.ref for one in copies),
        doubts=tuple(dict.fromkeys([*group.doubts, *_doubts(copies, number, losers, date)])),
        also_read=losers,
    )


def absent_node(cited: Sequence[Cited]) -> Node:
    """The placeholder of a letter that is cited and has not arrived."""
    ballots = [one.ballot for one in cited]
    number, losers = vote.elect_number(ballots)
    date = vote.elect_date(ballots)
    issuer = _printed((one.reference.issuer, one.weight) for one in cited)
    title = _printed((one.reference.title, one.weight) for one in cited)
    unnumbered = f"cited {date} {normal(issuer or '')} {normal(title or '')}"
    doubts = (f"อ้างถึงด้วยเลขที่ต่างกัน: {_listed([number, *losers])}",) if number and losers else ()
    return Node(id=_key(number, date.year if date else None) or unnumbered, number=number, date=date, issuer=issuer,
                subject=title, absent=True, copies=(), doubts=doubts, also_read=losers)


def with_ids(nodes: Iterable[Node]) -> list[Node]:
    """The nodes, in the same order, each with its final id: 16 hex digits of a hash of what identifies it.

    Where two nodes claim one key (copies left apart in doubt), the one that has arrived, then the one with the first
    copy keeps the plain id.
    """
    drafts = list(nodes)
    taken: set[str] = set()
    final: dict[int, Node] = {}
    for place in sorted(range(len(drafts)), key=lambda place: (drafts[place].absent, drafts[place].copies,
                                                               repr(drafts[place]))):
        node = drafts[place]
        name = _hash(node.id)
        if name in taken:
            name = _hash(f"{node.id} {node.copies} {'' if node.copies else repr(node)}")
        taken.add(name)
        final[place] = replace(node, id=name)
    return [final[place] for place in range(len(drafts))]


def _key(number: LetterNumber | None, year: int | None) -> str | None:
    """The Regulation's identity as text; ``None`` where too little of the number is known to stand on."""
    if number is None or not number.serial or not (number.code or number.agency):
        return None
    return " ".join(str(part) for part in number.key(year))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _printed(values: Iterable[tuple[str | None, float]]) -> str | None:
    """The wording with most weight, blanks tidied. Head and typed citations count alike: a receiving stamp over the
    head can put another office's name there."""
    return vote.winner((" ".join(value.split()), weight) for value, weight in values if value)


def _doubts(copies: Sequence[Copy], number: LetterNumber | None, losers: Sequence[LetterNumber],
            date: LetterDate | None) -> list[str]:
    doubts: list[str] = []
    letters = [copy.letter for copy in copies]
    if letters[0].kind not in _UNNUMBERED and (number is None or not number.serial):
        doubts.append("อ่านเลขที่หนังสือไม่ได้หรือไม่ครบ")
    if losers:
        doubts.append(f"เลขที่อ่านได้ต่างกัน: {_listed([number, *losers])}")
    doubts += _unsure("เลขที่", [letter.number for letter in letters])
    doubts += _unsure("วันที่", [letter.date for letter in letters])
    return doubts if date else [*doubts, "ไม่ทราบวันที่ของหนังสือ"]


def _unsure(name: str, readings: Iterable[Reading[LetterNumber]] | Iterable[Reading[LetterDate]]) -> list[str]:
    """A doubt where no copy was read with confidence, with what else it may be."""
    read = sorted((reading for reading in readings if reading), key=lambda reading: -reading.confidence)
    if not read or read[0].confidence >= _UNSURE:
        return []
    others = ", ".join(str(rival.value) for rival in read[0].rivals)
    return [f"อ่าน{name}ได้ไม่แน่ใจ: {read[0].printed or read[0].value}{f' (อาจเป็น {others})' if others else ''}"]


def _listed(numbers: Iterable[LetterNumber | None]) -> str:
    return ", ".join(str(number) for number in numbers if number)
