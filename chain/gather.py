"""From copies to what is compared: heads (with what covering letters in the packet say of them) and mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from chain import vote
from chain.facts import Facts, body, normal, of_citation, of_head
from chain.heads import Head
from chain.identity import Cluster
from chain.linking import POSSIBLE, Mention
from chain.model import Copy, CopyRef, MentionRef
from chain.relation import says_enclosed
from chain.score import fit

Packets = Mapping[str, Sequence[Copy]]


def by_packet(copies: Sequence[Copy]) -> Packets:
    """The copies of each packet in page order; ``copies`` sorted by ref."""
    packets: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        packets[copy.ref.packet].append(copy)
    return packets


def heads(packets: Packets) -> Iterator[Head]:
    """Each copy with its own reading and those of the covering letters in its packet."""
    for packet in packets.values():
        hints = _hints(packet)
        for copy in packet:
            own = of_head(copy.letter)
            readings = [own, *hints[copy.ref]]
            numbers = tuple(dict.fromkeys(number for facts in readings for number in facts.numbers))
            date = vote.elect_date(vote.on_date(facts.date, 1.0 if facts is own else 0.5) for facts in readings)
            recipients = normal(" ".join(one.name for one in copy.letter.recipients))
            yield Head(copy, Facts(numbers, date, own.issuer, own.title), body(copy.letter), recipients)


def _hints(packet: Sequence[Copy]) -> Mapping[CopyRef, list[Facts]]:
    """What covering letters say about the letters enclosed behind them in the same packet."""
    hints: dict[CopyRef, list[Facts]] = defaultdict(list)
    known = [of_head(copy.letter) for copy in packet]
    for place, copy in enumerate(packet):
        for reference in copy.letter.references:
            if not says_enclosed(copy.letter, reference):
                continue
            cited = of_citation(reference)
            behind = enumerate(known[place + 1 :], start=1)
            fits = [(fit(cited, facts, distance).cost, distance) for distance, facts in behind]
            cost, distance = min(fits, default=(POSSIBLE + 1, 0))
            if cost <= POSSIBLE:
                hints[packet[place + distance].ref].append(cited)
    return hints


def facts_of(group: Cluster, *, own: bool = False) -> Facts:
    """What is known of a letter from all its copies; ``own``: the number by its own heads alone."""
    said = (of_head(head.copy.letter) if own else head.facts for head in group.heads)
    numbers = tuple(dict.fromkeys(number for facts in said for number in facts.numbers))
    issuer = vote.winner((head.facts.issuer, 1.0) for head in group.heads if head.facts.issuer)
    title = vote.winner((head.facts.title, 1.0) for head in group.heads if head.facts.title)
    date = vote.elect_date(vote.on_date(head.facts.date, 1.0) for head in group.heads)
    return Facts(numbers, date, issuer or "", title or "")


def mentions(clusters: Sequence[Cluster], known: Sequence[Facts], packets: Packets,
             home: Mapping[CopyRef, int]) -> Iterator[Mention]:
    """Every citation of every copy. ``known`` are the clusters' facts, ``home`` the cluster of each copy."""
    for place, group in enumerate(clusters):
        for head in group.heads:
            behind: dict[int, int] | None = None
            for number, reference in enumerate(head.copy.letter.references):
                enclosed = says_enclosed(head.copy.letter, reference)
                if enclosed and behind is None:
                    behind = _behind(head.ref, packets[head.ref.packet], home)
                yield Mention(MentionRef(head.ref, number), of_citation(reference), place, known[place].date,
                              behind or {} if enclosed else {})


def _behind(ref: CopyRef, packet: Sequence[Copy], home: Mapping[CopyRef, int]) -> dict[int, int]:
    """Letters behind the citing copy in its packet and how many letters further on they first stand. Another copy of
    the citing letter is no step: the same letter is sometimes scanned twice in a row."""
    others = [home[copy.ref] for copy in packet if copy.ref > ref and home[copy.ref] != home[ref]]
    first: dict[int, int] = {}
    for distance, place in enumerate(others, start=1):
        first.setdefault(place, distance)
    return first
