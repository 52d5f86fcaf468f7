"""Which letter a citation means: candidates from the blocks, the best by cost, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chain.blocks import Blocks, exact_keys, shelf_keys, wide_keys
from chain.facts import Facts
from chain.model import LinkState, MentionRef
from chain.score import Fit, fit, score
from letters import LetterDate

SURE = 0.7          # up to here a fit without contradiction is linked unseen
SURE_BY_PACKET = 0.4  # up to here the packet outweighs a contradiction
POSSIBLE = 1.7      # up to here a person is asked; beyond, the letter is absent
CLEAR_LEAD = 0.8    # a link needs this lead over the next candidate
SMALL_LEAD = 0.5    # less than this is a draw
ONE_PLACEHOLDER = 0.9  # citations of absent letters no further apart than this mean one letter


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation to be resolved. ``source`` is the citing cluster, ``citing_date`` its date, ``further`` the clusters
    behind it in its packet with their distance in letters, for a citation that says the letter is enclosed."""

    ref: MentionRef
    cited: Facts
    source: int
    citing_date: LetterDate | None
    further: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """``target`` is the cluster meant (``None``: absent), ``rivals`` other clusters it could mean, best first."""

    state: LinkState
    target: int | None
    score: float
    reasons: tuple[str, ...]
    rule: str
    near: bool = False
    rivals: tuple[int, ...] = ()


class Shelf:
    """Known letters (clusters or placeholders), found by what a citation says.

    ``heads`` are the same letters with what their own heads say alone: the citation of a covering letter is not to be
    confirmed by the reading it gave itself.
    """

    def __init__(self, letters: Sequence[Facts] = (), heads: Sequence[Facts] = ()) -> None:
        self.letters: list[Facts] = []
        self._heads = heads
        self._exact, self._wide = Blocks(), Blocks()
        for facts in letters:
            self.add(facts)

    def add(self, facts: Facts) -> int:
        """Puts one more letter on the shelf and gives its place."""
        self.letters.append(facts)
        self._index(len(self.letters) - 1, facts)
        return len(self.letters) - 1

    def learn(self, place: int, cited: Facts) -> None:
        """Adds what one more citation says of a letter: another reading of its number, a date, a title."""
        known = self.letters[place]
        numbers = tuple(dict.fromkeys([*known.numbers, *cited.numbers]))
        self.letters[place] = Facts(numbers, known.date or cited.date, known.issuer or cited.issuer,
                                    known.title or cited.title)
        self._index(place, self.letters[place])

    def _index(self, place: int, facts: Facts) -> None:
        self._exact.add(place, exact_keys(facts))
        self._wide.add(place, shelf_keys(facts))

    def fits(self, cited: Facts, further: Mapping[int, int]) -> list[tuple[Fit, int]]:
        """Candidates with their fit, best first. Wide blocks are only opened where the exact one does not settle it."""
        places = self._exact.members(exact_keys(cited)) | set(further)
        found = self._measure(cited, places, further)
        if not (found and found[0][0].cost <= 0 and not found[0][0].slips):
            wide = self._wide.members(wide_keys(cited)) - places
            found += self._measure(cited, wide, further)
        return sorted(found, key=lambda one: (round(one[0].cost, 6), one[1]))

    def _measure(self, cited: Facts, places: set[int], further: Mapping[int, int]) -> list[tuple[Fit, int]]:
        fits = ((fit(cited, self._heads[place] if place in further else self.letters[place], further.get(place)), place)
                for place in places)
        return sorted((one for one in fits if one[0].cost <= POSSIBLE), key=lambda one: (one[0].cost, one[1]))


def decide(mention: Mention, shelf: Shelf, rejected: frozenset[int] = frozenset()) -> Decision:
    """How sure it is which letter a citation means. A letter never cites itself or a later one; such candidates, and
    those a person rejected, are never linked but told among the reasons."""
    fits = [one for one in shelf.fits(mention.cited, mention.further)
            if one[1] != mention.source and one[1] not in rejected]
    late = [place for _, place in fits if _later(shelf.letters[place].date, mention.citing_date)]
    fits = [one for one in fits if one[1] not in late]
    if not fits:
        return _absent(late)
    best, place = fits[0]
    lead = fits[1][0].cost - best.cost if len(fits) > 1 else POSSIBLE
    close = tuple(other for known, other in fits[1:] if known.cost - best.cost < CLEAR_LEAD)
    state, rule = _state(best, lead)
    return Decision(state, place, score(best.cost), best.reasons, rule, best.near, close)


def _state(best: Fit, lead: float) -> tuple[LinkState, str]:
    if lead < SMALL_LEAD:
        return LinkState.AMBIGUOUS, "draw"
    if lead >= CLEAR_LEAD and best.firm:
        if not best.slips and best.cost <= SURE:
            return LinkState.LINKED, "agreement"
        if best.near and best.cost <= SURE_BY_PACKET and not best.clerk:
            return LinkState.LINKED, "next-in-packet"
    return LinkState.LIKELY, "next-in-packet" if best.near else "near-agreement"


def _absent(late: list[int]) -> Decision:
    reasons = ["ไม่พบหนังสือที่ถูกอ้างในคลัง"]
    if late:
        reasons.append("พบเลขที่ใกล้เคียง แต่ลงวันที่หลังหนังสือที่อ้างถึง")
    return Decision(LinkState.ABSENT, None, 0.0, tuple(reasons), "late" if late else "no-candidate", rivals=tuple(late))


def _later(known: LetterDate | None, citing: LetterDate | None) -> bool:
    """Whether a letter can only be later than the citing one."""
    return known is not None and citing is not None and known.earliest > citing.latest


def placeholders(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, int]]:
    """For citations of absent letters: the placeholder each belongs to, shared by all that mean one letter.

    The most telling and most frequent citations come first and found the placeholders, so that order of arrival never
    counts. A citation that says nothing gets none.
    """
    shelf = Shelf()
    said: dict[Facts, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if not mention.cited.empty:
            said[mention.cited].append(mention)
    for cited in sorted(said, key=lambda cited: (-_telling(cited), -len(said[cited]), repr(cited))):
        place = _place(cited, shelf)
        yield from ((mention, place) for mention in said[cited])


def _place(cited: Facts, shelf: Shelf) -> int:
    found = [one for one in shelf.fits(cited, {}) if one[0].firm]
    lead = found[1][0].cost - found[0][0].cost if len(found) > 1 else POSSIBLE
    if found and found[0][0].cost <= ONE_PLACEHOLDER and lead >= SMALL_LEAD:
        shelf.learn(found[0][1], cited)
        return found[0][1]
    return shelf.add(cited)


def _telling(cited: Facts) -> int:
    """How many parts of a letter's identity a citation gives."""
    number = cited.number
    parts = (number and number.code, number and number.agency, number and number.serial, cited.date, cited.issuer)
    return sum(bool(part) for part in parts)
