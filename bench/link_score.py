"""How good links are against what is known: precision, recall, placeholders, calibration, whole chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.link_noise import World
from chain import CopyRef, Graph, LinkState, MentionRef, build_graph


@dataclass(frozen=True, slots=True)
class Outcome:
    """One citation: the letter truly meant, whether that letter is ``here``, and what linking said: its state, the
    letter it ``chose`` (``None``: none that is here), the node it went to, and how sure it was. ``chain``: what it is
    a step of, for citations that pass a letter on. ``slip``: a clerk wrote the number wrong, so that a person is to
    look at it."""

    meant: str
    here: bool
    state: LinkState
    chose: str | None
    node: str
    score: float
    chain: str | None = None
    slip: bool = False

    @property
    def right(self) -> bool:
        """Whether the letter chosen is the one meant, or truly none."""
        return self.chose == self.meant if self.chose is not None else not self.here


@dataclass(frozen=True, slots=True)
class Grade:
    """Shares from 0 to 1; ``None`` where there was nothing to measure. ``review``: of those left to a person, how many
    have the right letter first; ``calibration``: of the probabilities told for the letters chosen; ``slips``: of those
    with a clerk's slip, how many have the right letter first, linked or for a person. Recall leaves them out."""

    citations: int
    precision: float | None
    recall: float | None
    review: float | None
    placeholders: float | None
    calibration: float | None
    chains: float | None
    slips: float | None


def outcomes(graph: Graph, letter: Mapping[CopyRef, str], meant: Mapping[MentionRef, str],
             chains: Mapping[MentionRef, str] | None = None, slips: Collection[MentionRef] = ()) -> list[Outcome]:
    """What became of the citations in ``meant``; ``letter`` tells the true letter of each copy. A node that holds
    copies of several letters stands for the one with most."""
    true: dict[str, str] = {}
    for node in graph.nodes:
        if node.copies:
            names = [letter[ref] for ref in node.copies if ref in letter]
            true[node.id] = max(sorted(set(names)), key=names.count, default="?")
    here = set(letter.values())
    return [Outcome(meant[link.mention], meant[link.mention] in here, link.state, true.get(link.target or ""),
                    link.target or "", link.score, (chains or {}).get(link.mention),
                    link.mention in slips)
            for link in graph.links if link.mention in meant and link.state is not LinkState.REJECTED]


def told(made: World) -> list[Outcome]:
    """What linking makes of an archive's citations."""
    return outcomes(build_graph(made.copies), made.letter, made.meant, made.chains, made.slips)


def grade(found: Sequence[Outcome], missed: int = 0) -> Grade:
    """All figures. ``missed``: citations of letters that are here which the reader did not even find."""
    linked = [one for one in found if one.state is LinkState.LINKED]
    here = [one for one in found if one.here and not one.slip]
    asked = [one for one in here if one.state is not LinkState.LINKED]
    return Grade(
        citations=len(found) + missed,
        precision=_share(one.right for one in linked),
        recall=_share([one.right and one.state is LinkState.LINKED for one in here] + [False] * missed),
        review=_share(one.chose == one.meant for one in asked),
        placeholders=b_cubed([(one.meant, one.node) for one in found if not one.here]),
        calibration=calibration_error([(one.score, one.right) for one in found if one.chose is not None]),
        chains=_chains(found),
        slips=_share(one.chose == one.meant for one in found if one.slip and one.here),
    )


def _share(hits: Iterable[bool]) -> float | None:
    told = list(hits)
    return sum(told) / len(told) if told else None


def b_cubed(pairs: Sequence[tuple[str, str]]) -> float | None:
    """B³ F1 of items given as (true group, found group)."""
    if not pairs:
        return None
    true: dict[str, list[int]] = defaultdict(list)
    found: dict[str, list[int]] = defaultdict(list)
    for place, (one, other) in enumerate(pairs):
        true[one].append(place)
        found[other].append(place)
    both = [len(set(true[one]) & set(found[other])) for one, other in pairs]
    precision = sum(hit / len(found[other]) for hit, (_, other) in zip(both, pairs, strict=True)) / len(pairs)
    recall = sum(hit / len(true[one]) for hit, (one, _) in zip(both, pairs, strict=True)) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def calibration_error(told: Sequence[tuple[float, bool]], bins: int = 10) -> float | None:
    """Expected calibration error: how far the probabilities told are from the shares that came true."""
    if not told:
        return None
    boxes: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in told:
        boxes[min(bins - 1, int(score * bins))].append((score, right))
    return sum(abs(sum(score - right for score, right in box)) for box in boxes.values()) / len(told)


def _chains(found: Sequence[Outcome]) -> float | None:
    """Share of chains of which every step is linked rightly."""
    steps: dict[str, list[bool]] = defaultdict(list)
    for one in found:
        if one.chain is not None and one.here:
            steps[one.chain].append(one.right and (one.slip or one.state is LinkState.LINKED))
    return _share(all(some) for some in steps.values())


def row(name: str, found: Grade) -> str:
    """One row of the table."""
    cells = (found.precision, found.recall, found.review, found.placeholders, found.calibration, found.chains,
             found.slips)
    return f"| {name} | {found.citations} | " + " | ".join("–" if one is None else f"{one:.4f}" for one in cells) + " |"


HEADING = ("| | citations | precision | recall | right one first in review | placeholders B³ | calibration error "
           "| whole chains | slips found |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|")
