"""Nodes of the graph: what the copies and citations of one letter agree on, and its doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chain import vote
from chain.model import LinkState, Node
from chain.records import UNSURE, Head, Mention
from letters import Kind, LetterDate, LetterNumber, Reading

_UNNUMBERED = (Kind.ORDER, Kind.ANNOUNCEMENT)  # their numbers are of another form, or there is none


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a letter as a vote; ``weight`` 0–1 is how much it counts, ``sure``: it is linked."""

    mention: Mention
    weight: float
    sure: bool = True

    @property
    def ballot(self) -> vote.Ballot:
        """Its say on number and date."""
        return vote.of_citation(self.mention.cited.number, self.mention.cited.date, self.weight)


def votes(said: Iterable[tuple[Mention, LinkState, str, bool, object]]) -> list[Cited]:
    """The citations of one letter with their weights, from (citation, state, rule, near, citing letter).

    All copies of a citing letter have one vote together. A person said which letter is meant, not that its number is
    cited rightly.
    """
    rows = list(said)
    copies: dict[object, int] = defaultdict(int)
    for *_, source in rows:
        copies[source] += 1
    return [Cited(mention, _weight(state, rule, near) * max(mention.sure, 0.1) / copies[source],
                  state is LinkState.LINKED)
            for mention, state, rule, near, source in rows]


def _weight(state: LinkState, rule: str, near: bool) -> float:
    if rule == "judgement":
        return 0.3
    if state is LinkState.LIKELY and near:
        return 0.8
    return {LinkState.LINKED: 1.0, LinkState.ABSENT: 1.0, LinkState.LIKELY: 0.3}.get(state, 0.0)


def letter_node(name: str, heads: Sequence[Head], cited: Iterable[Cited], doubts: Iterable[str]) -> Node:
    """The node of a letter that has arrived, under the id ``name``; ``heads`` sorted, ``doubts`` of its grouping."""
    citations, compared = list(cited), tuple(sorted(set(doubts)))
    own = [vote.of_head(head.number.value, head.number.confidence, head.date.value, head.date.confidence)
           for head in heads]
    ballots = [*own, *(one.ballot for one in citations)]
    number, losers = vote.elect_number(ballots)
    date = vote.elect_date(ballots)
    issuers = [(head.issuer.value, head.issuer.confidence) for head in heads]
    return Node(
        id=name, number=number, date=date,
        issuer=_printed([*issuers, *((one.mention.issuer, one.weight) for one in citations)]),
        subject=_printed((head.subject.value, head.subject.confidence) for head in heads),
        absent=False, copies=tuple(head.ref for head in heads),
        doubts=tuple(dict.fromkeys([*compared, *_doubts(heads, number, losers, date)])), also_read=losers,
        compared=compared, dated=_dated(date, heads, citations),
    )


def _dated(date: LetterDate | None, heads: Iterable[Head], cited: Iterable[Cited]) -> bool:
    """Whether a letter's date is surely read on a copy, or a citation linked to it tells the same."""
    return any(head.dated and head.facts.date == date for head in heads) or any(
        one.sure and one.mention.cited.date == date for one in cited)


def absent_node(name: str, cited: Sequence[Cited]) -> Node:
    """The placeholder of a letter that is cited and has not arrived, under the id ``name``."""
    ballots = [one.ballot for one in cited]
    number, losers = vote.elect_number(ballots)
    date = vote.elect_date(ballots)
    issuer = _printed((one.mention.issuer, one.weight) for one in cited)
    title = _printed((one.mention.title, one.weight) for one in cited)
    doubts = (f"อ้างถึงด้วยเลขที่ต่างกัน: {_listed([number, *losers])}",) if number and losers else ()
    return Node(id=name, number=number, date=date, issuer=issuer, subject=title, absent=True, copies=(), doubts=doubts,
                also_read=losers)


def _printed(values: Iterable[tuple[str | None, float]]) -> str | None:
    """The wording with most weight, blanks tidied. Head and typed citations count alike: a receiving stamp over the
    head can put another office's name there."""
    return vote.winner((" ".join(value.split()), weight) for value, weight in values if value)


def _doubts(heads: Sequence[Head], number: LetterNumber | None, losers: Sequence[LetterNumber],
            date: LetterDate | None) -> list[str]:
    doubts: list[str] = []
    if heads[0].kind not in _UNNUMBERED and (number is None or not number.serial):
        doubts.append("อ่านเลขที่หนังสือไม่ได้หรือไม่ครบ")
    if losers:
        doubts.append(f"เลขที่อ่านได้ต่างกัน: {_listed([number, *losers])}")
    doubts += _unsure("เลขที่", [head.number for head in heads])
    doubts += _unsure("วันที่", [head.date for head in heads])
    return doubts if date else [*doubts, "ไม่ทราบวันที่ของหนังสือ"]


def _unsure(name: str, readings: Iterable[Reading[LetterNumber]] | Iterable[Reading[LetterDate]]) -> list[str]:
    """A doubt where no copy was read with confidence, with what else it may be."""
    read = sorted((reading for reading in readings if reading), key=lambda reading: -reading.confidence)
    if not read or read[0].confidence >= UNSURE:
        return []
    others = ", ".join(str(rival.value) for rival in read[0].rivals)
    return [f"อ่าน{name}ได้ไม่แน่ใจ: {read[0].printed or read[0].value}{f' (อาจเป็น {others})' if others else ''}"]


def _listed(numbers: Iterable[LetterNumber | None]) -> str:
    return ", ".join(str(number) for number in numbers if number)
