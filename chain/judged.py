"""People's decisions about citations, translated to the letters as they are grouped now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chain.linking import Decision
from chain.model import CopyRef, Judgement, JudgementKind, LinkState, MentionRef
from chain.summing import Reason


@dataclass(frozen=True, slots=True)
class Judged:
    """Yes and no by citation; the no with the letter that is not meant. Letters by who stands for them."""

    yes: Mapping[MentionRef, tuple[CopyRef | None, Reason]]
    no: Mapping[MentionRef, Mapping[CopyRef, Reason]]

    def answer(self, mention: MentionRef) -> Decision | None:
        """What a person confirmed, if anybody did. It stands against whatever the program would say."""
        if mention not in self.yes:
            return None
        target, words = self.yes[mention]
        state = LinkState.ABSENT if target is None else LinkState.LINKED
        return Decision(state, target, 1.0, (words,), "judgement")

    def rejected(self, mention: MentionRef) -> frozenset[CopyRef]:
        """Letters a person said the citation does not mean."""
        return frozenset(self.no.get(mention, ()))

    def noes(self, mention: MentionRef) -> list[tuple[CopyRef, Reason]]:
        """The same with the words to show."""
        return sorted(self.no.get(mention, {}).items())


def judged(judgements: Iterable[Judgement], root: Mapping[CopyRef, CopyRef]) -> Judged:
    """Sorts decisions on citations, oldest first; the last word on the same matter counts. ``root`` tells who stands
    for each copy's letter. A decision about a copy that is not (or no longer) in the archive waits without effect."""
    yes: dict[MentionRef, tuple[CopyRef | None, Reason]] = {}
    no: dict[MentionRef, dict[CopyRef, Reason]] = defaultdict(dict)
    for judgement in judgements:
        mention, place = judgement.mention, root.get(judgement.other) if judgement.other else None
        if mention is None or (judgement.other and place is None):
            continue
        if judgement.kind is JudgementKind.CONFIRM:
            yes[mention] = (place, _words("ยืนยันโดยเจ้าหน้าที่", "confirmed by a person", judgement))
            if place is not None:
                no[mention].pop(place, None)
        elif judgement.kind is JudgementKind.REJECT and place is not None:
            no[mention][place] = _words("ปฏิเสธโดยเจ้าหน้าที่", "rejected by a person", judgement)
            if yes.get(mention, (None, ""))[0] == place:
                del yes[mention]
    return Judged(yes, no)


def _words(thai: str, english: str, judgement: Judgement) -> Reason:
    who = f" {judgement.by}" if judgement.by else ""
    why = f": {judgement.reason}" if judgement.reason else ""
    return f"{thai}{who}{why}", f"{english}{who}{why}"
