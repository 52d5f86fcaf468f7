"""A person's judgement about links and letters: checked, kept, and linked anew by the next job."""

from __future__ import annotations

from chain import CopyRef, Judgement, JudgementKind, MentionRef
from letters.errors import BadRequest, NotFound
from saraban.pipeline import LINK
from webui.access import sight
from webui.current import archive, user

LONGEST_REASON = 2000


def on_citation(kind: JudgementKind, mention: MentionRef, other: CopyRef | None, reason: str) -> int:
    """Keeps CONFIRM or REJECT of a citation. ``other`` is a copy of the letter meant; none only confirms that the
    letter is in no packet."""
    if kind not in (JudgementKind.CONFIRM, JudgementKind.REJECT) or (other is None and kind is JudgementKind.REJECT):
        raise BadRequest(kind.value)
    _seen({mention.copy, other} if other else {mention.copy})
    if mention.reference >= len(archive().letters.copy(mention.copy).letter.references):
        raise NotFound(f"{mention.copy.packet[:12]}/{mention.copy.index}")
    return _keep(Judgement(kind, mention=mention, other=other, by=user().name, reason=_words(reason)))


def on_copies(kind: JudgementKind, copy: CopyRef, other: CopyRef, reason: str) -> int:
    """Keeps MERGE or SPLIT of two copies."""
    if kind not in (JudgementKind.MERGE, JudgementKind.SPLIT) or copy == other:
        raise BadRequest(kind.value)
    _seen({copy, other})
    return _keep(Judgement(kind, copy=copy, other=other, by=user().name, reason=_words(reason)))


def _seen(refs: set[CopyRef]) -> None:
    """Raises :class:`letters.errors.NotFound` for copies that are not there or not for the asker's eyes."""
    if len(archive().sights.copies(sight(), refs)) != len(refs):
        raise NotFound("copy")


def _words(reason: str) -> str:
    return " ".join(reason.split())[:LONGEST_REASON]


def _keep(judgement: Judgement) -> int:
    made = archive().judgements.add_linking(judgement, user().name)
    archive().jobs.enqueue(LINK)
    return made
