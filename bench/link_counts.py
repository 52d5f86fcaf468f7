"""The model's numbers counted on letters whose links are known: how often each part of a citation agrees with the
letter it means and with the others it could mean, where the letter meant lies, how often two letters share an owner."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from bench.link_noise import World
from chain import LinkRelation, read_all
from chain.graph import candidates
from chain.identity import Index
from chain.records import Head, Mention
from chain.score import levels
from chain.summing import NEAR_DAYS
from chain.weights import Weights

_WORTH = 20  # how many observations the numbers in use count for; samples are few

Numbers = dict[str, Any]


class Counts:
    """What is seen in archives with known links."""

    def __init__(self) -> None:
        self.levels: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
        self.behind: dict[str, Counter[str]] = defaultdict(Counter)
        self.owners: list[tuple[str | None, str | None, str]] = []
        self.days_back: list[int] = []
        self.absent = 0
        self.beside: Counter[bool] = Counter()

    def see(self, made: World) -> None:
        """Counts one archive."""
        heads, mentions = read_all(made.copies)
        index = Index()
        for head in heads.values():
            index.add(head)
        here = set(made.letter.values())
        for ref, meant in made.meant.items():
            mention = mentions[ref]
            self._see_citation(mention, meant, meant in here)
            behind = [made.letter.get(one) for one in mention.behind if made.letter.get(one) != made.letter[ref.copy]]
            if behind:
                place = "following" if behind[0] == meant else "further" if meant in behind else "elsewhere"
                self.behind["enclosed" if mention.relation is LinkRelation.FORWARDS else "cited"][place] += 1
            if meant not in behind:
                self.beside.update(_beside(mention, heads[one]) for one in mention.behind
                                   if made.letter.get(one) != made.letter[ref.copy])
            for head in (heads[one] for one in candidates(mention, index) if one != ref.copy):
                self._see_pair(mention, head, made.letter.get(head.ref) == meant)

    def _see_citation(self, mention: Mention, meant: str, here: bool) -> None:
        self.absent += not here
        number, date = mention.cited.number, mention.cited.date
        if number:
            self.owners.append((number.code, number.agency, meant))
        if date and mention.citing:
            self.days_back.append((mention.citing.latest - date.earliest).days)

    def _see_pair(self, mention: Mention, head: Head, meant: bool) -> None:
        for name, level in levels(mention.cited, head.facts, mention.about).items():
            self.levels[name, meant][level] += 1
        read, known = mention.cited.number, head.facts.number
        if read and known and read.serial and known.serial:
            self.levels["circular", meant]["same" if read.circular == known.circular else "other"] += 1

    def numbers(self, now: Weights) -> Numbers:
        """The numbers in use, moved by what was seen."""
        total, codes, agencies = len(self.owners), *_shared(self.owners)
        recent = Counter(0 <= days <= now.recent_days for days in self.days_back)
        return {
            "codes": round(1 / codes, 1), "agencies": round(1 / agencies, 1),
            "recent": _share(now.recent, recent[True], sum(recent.values())),
            "absent": _share(now.absent, self.absent, total),
            "packet": {kind: {"following": _share(rates.following, seen["following"], seen.total()),
                              "further": _share(rates.further, seen["further"], seen.total())}
                       for kind, rates in now.packet.items() for seen in (self.behind[kind],)},
            "beside": now.beside | {"packet": _share(now.beside["packet"], self.beside[True], self.beside.total())},
            "fields": {name: {"meant": _moved(rates.meant, self.levels[name, True]),
                              "chance": _moved(rates.chance, self.levels[name, False])}
                       for name, rates in now.fields.items()},
        }


def counted(worlds: Iterable[World], now: Weights) -> Numbers:
    """The numbers in use, moved by what is seen in these archives."""
    counts = Counts()
    for made in worlds:
        counts.see(made)
    return counts.numbers(now)


def _beside(mention: Mention, head: Head) -> bool:
    """Whether a letter behind, which is not the one meant, is of its office and of the days around it."""
    cited, known = mention.cited, head.facts
    if not (cited.number and known.number and cited.date and known.date):
        return False
    owners = {(number.code, number.agency) for number in (cited.number, known.number)}
    return len(owners) == 1 and abs((cited.date.earliest - known.date.earliest).days) <= NEAR_DAYS


def _shared(owners: Sequence[tuple[str | None, str | None, str]]) -> Iterator[float]:
    """P(two citations of different letters share owner letters), and P(they share the owner code if they do)."""
    pairs = [(one, other) for one, other in combinations(owners, 2) if one[2] != other[2]]
    alike = [(one, other) for one, other in pairs if one[0] and one[0] == other[0]]
    yield (len(alike) + 1) / (len(pairs) + 1)
    yield (sum(one[1] == other[1] for one, other in alike) + 1) / (len(alike) + 1)


def _share(now: float, hits: int, total: int) -> float:
    return round((now * _WORTH + hits) / (_WORTH + total), 4)


def _moved(now: Mapping[str, float], seen: Counter[str]) -> dict[str, float]:
    whole = _WORTH + seen.total()
    return {level: float(f"{(share * _WORTH + seen[level]) / whole:.3g}") for level, share in now.items()}
