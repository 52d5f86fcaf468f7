"""People's decisions about citations, translated to the letters as they are grouped now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chain.linking import Decision
from chain.model import CopyRef, Judgement, JudgementKind, LinkState, MentionRef


@dataclass(frozen=True, slots=True)
class Judged:
    """Yes and no by citation; the no with the cluster that is not meant."""

    yes: Mapping[MentionRef, tuple[int | None, str]]
    no: Mapping[MentionRef, Mapping[int, str]]

    def answer(self, mention: MentionRef) -> Decision | None:
        """What a person confirmed, if anybody did. It stands against whatever the program would say."""
        if mention not in self.yes:
            return None
        target, words = self.yes[mention]
        state = LinkState.ABSENT if target is None else LinkState.LINKED
        return Decision(state, target, 1.0, (words,), "judgement")

    def rejected(self, mention: MentionRef) -> frozenset[int]:
        """Clusters a person said the citation does not mean."""
        return frozenset(self.no.get(mention, ()))

    def noes(self, mention: MentionRef) -> list[tuple[int, str]]:
        """The same with the words to show."""
        return sorted(self.no.get(mention, {}).items())


def judged(judgements: Iterable[Judgement], home: Mapping[CopyRef, int]) -> Judged:
    """Sorts decisions on citations; ``home`` tells the cluster of each copy. A decision about a copy that is not (or no
    longer) in the archive waits without effect."""
    yes: dict[MentionRef, tuple[int | None, str]] = {}
    no: dict[MentionRef, dict[int, str]] = defaultdict(dict)
    for judgement in judgements:
        place = home.get(judgement.other) if judgement.other else None
        if judgement.mention is None or (judgement.other and place is None):
            continue
        if judgement.kind is JudgementKind.CONFIRM:
            yes[judgement.mention] = (place, _words("ยืนยันโดยเจ้าหน้าที่", judgement))
        elif judgement.kind is JudgementKind.REJECT and place is not None:
            no[judgement.mention][place] = _words("ปฏิเสธโดยเจ้าหน้าที่", judgement)
    return Judged(yes, no)


def _words(decision: str, judgement: Judgement) -> str:
    who = f" {judgement.by}" if judgement.by else ""
    return f"{decision}{who}: {judgement.reason}" if judgement.reason else f"{decision}{who}"
