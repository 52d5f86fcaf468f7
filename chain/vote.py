"""Votes on a letter's number and date: each copy's head and each typed citation has a say, part by part.

On paper the owner code is preprinted while running number and day are often written in by hand or stamped
(DOMAIN section 2); citations are typed. So a head counts more for the owner, a citation more for the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from chain.facts import to_the_day
from letters import LetterDate, LetterNumber

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One reading and its weights for owner, running number and date."""

    number: LetterNumber | None
    date: LetterDate | None
    owner: float
    running: float
    day: float


def of_head(number: LetterNumber | None, sure: float, date: LetterDate | None, sure_date: float) -> Ballot:
    """The vote of a copy's own head; ``sure`` and ``sure_date`` are the readings' confidences."""
    sure, sure_date = max(sure, 0.1), max(sure_date, 0.1)
    return Ballot(number, date, owner=sure, running=0.6 * sure, day=0.9 * sure_date)


def of_citation(number: LetterNumber | None, date: LetterDate | None, weight: float) -> Ballot:
    """The vote of a typed citation; ``weight`` (0–1) is how sure it is that it means this letter."""
    return Ballot(number, date, owner=0.7 * weight, running=weight, day=weight)


def on_date(date: LetterDate | None, weight: float) -> Ballot:
    """A vote on the date alone."""
    return Ballot(None, date, owner=0, running=0, day=weight)


def winner(weighed: Iterable[tuple[T, float]]) -> T | None:
    """The value with most weight; equal weights go to the one that sorts first as text, so that order never counts."""
    sums: dict[T, float] = defaultdict(float)
    for value, weight in weighed:
        sums[value] += weight
    if len(sums) == 1:  # as nearly always
        return next(iter(sums))
    return min(sums, key=lambda value: (-round(sums[value], 6), str(value)), default=None)


def elect_number(ballots: Iterable[Ballot]) -> tuple[LetterNumber | None, tuple[LetterNumber, ...]]:
    """The number that wins, owner letters, owner code and running number each by its own votes; the losers sorted."""
    cast = [(ballot, ballot.number) for ballot in ballots if ballot.number]
    if not cast:
        return None, ()
    code = winner((number.code, ballot.owner) for ballot, number in cast if number.code)
    agency = winner((number.agency, ballot.owner) for ballot, number in cast if number.agency)
    running = winner(((number.circular, number.serial), ballot.running) for ballot, number in cast if number.serial)
    circular, serial = running or (cast[0][1].circular, None)
    elected = LetterNumber(code, agency, circular, serial)
    return elected, tuple(sorted({number for _, number in cast if _contradicts(number, elected)}))


def _contradicts(number: LetterNumber, elected: LetterNumber) -> bool:
    """Whether a reading says something else, and not only less (``ว 2883``), than the elected number."""
    said, won = number.key(None), elected.key(None)
    return any(part and part != other for part, other in zip(said, won, strict=True))


def elect_date(ballots: Iterable[Ballot]) -> LetterDate | None:
    """The date that wins; one with a day beats any without."""
    cast = [(ballot.date, ballot.day) for ballot in ballots if ballot.date]
    exact = [(date, weight) for date, weight in cast if to_the_day(date)]
    return winner(exact or cast)
