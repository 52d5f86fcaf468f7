"""What a person's decision is about, found again by its words where a packet was read anew and cut differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.database import chunks
from archive.schema import LetterRecord, ReferenceRecord
from chain import CopyRef, Judgement, MentionRef

Said = tuple[str | None, ...]
"""Number, first day of the date and subject (or title) as text."""
Papers = Mapping[str, Mapping[int, Said]]
_NOWHERE = -1
_ENOUGH = 2  # of number, day and subject, that must agree to find a letter elsewhere than it was


def seen_by(session: Session, judgement: Judgement) -> dict[str, list[str | None]]:
    """What the copies and the citation of a decision say now, for :func:`placed`."""
    found: dict[str, list[str | None]] = {}
    letters = _letters(session, _packets([judgement]))
    for name, ref in _copies(judgement).items():
        if said := letters.get(ref.packet, {}).get(ref.index):
            found[name] = list(said)
    if judgement.mention:
        copy = judgement.mention.copy
        cited = _references(session, {copy.packet}).get((copy.packet, copy.index), {})
        if said := cited.get(judgement.mention.reference):
            found["reference"] = list(said)
    return found


def placed(session: Session, rows: Sequence[tuple[Judgement, Mapping[str, Sequence[Any]]]]) -> Iterator[Judgement]:
    """The decisions, each about the copies and the citation that say what they said when it was made."""
    packets = _packets(judgement for judgement, seen in rows if seen)
    letters, cited = _letters(session, packets), _references(session, packets)
    for judgement, seen in rows:
        now = {name: _now(ref, tuple(seen[name]), letters) if name in seen else ref
               for name, ref in _copies(judgement).items()}
        mention = judgement.mention
        if mention is not None:
            copy = now["citing"]
            said = cited.get((copy.packet, copy.index), {})
            reference = _best(mention.reference, tuple(seen["reference"]), said, 1) if "reference" in seen else None
            mention = MentionRef(copy, mention.reference if reference is None else reference)
        yield replace(judgement, mention=mention, copy=now.get("copy"), other=now.get("other"))


def _copies(judgement: Judgement) -> dict[str, CopyRef]:
    named = {"copy": judgement.copy, "other": judgement.other,
             "citing": judgement.mention.copy if judgement.mention else None}
    return {name: ref for name, ref in named.items() if ref}


def _packets(judgements: Iterable[Judgement]) -> set[str]:
    return {ref.packet for judgement in judgements for ref in _copies(judgement).values()}


def _now(ref: CopyRef, seen: Said, letters: Papers) -> CopyRef:
    """Where the letter stands now; at no place, so that the decision waits, if what stands at its own is another."""
    said = letters.get(ref.packet, {})
    found = _best(ref.index, seen, said, _ENOUGH)
    if found is None:
        found = ref.index if _agreeing(seen, said.get(ref.index, ())) else _NOWHERE
    return CopyRef(ref.packet, found)


def _best(place: int, seen: Said, said: Mapping[int, Said], enough: int) -> int | None:
    """The place where most of what was seen stands, rather where it stood; ``None`` where too little does."""
    agree = {one: _agreeing(seen, words) for one, words in said.items()}
    best = max(agree, key=lambda one: (agree[one], one == place, -one), default=None)
    return best if best is not None and agree[best] >= enough else None


def _agreeing(seen: Said, words: Said) -> int:
    return sum(one is not None and one == other for one, other in zip(seen, words, strict=False))


def _letters(session: Session, packets: Iterable[str]) -> Papers:
    table = LetterRecord
    found: dict[str, dict[int, Said]] = defaultdict(dict)
    for some in chunks(sorted(packets)):
        for packet, position, number, day, subject in session.execute(
                select(table.packet_id, table.position, table.number, table.date_from, table.subject)
                .where(table.packet_id.in_(some))):
            found[packet][position] = number, day.isoformat() if day else None, subject
    return found


def _references(session: Session, packets: Iterable[str]) -> Mapping[tuple[str, int], Mapping[int, Said]]:
    table = ReferenceRecord
    found: dict[tuple[str, int], dict[int, Said]] = defaultdict(dict)
    for some in chunks(sorted(packets)):
        for packet, position, reference, number, day, title in session.execute(
                select(table.packet_id, table.position, table.reference, table.number, table.date_from, table.title)
                .where(table.packet_id.in_(some))):
            found[packet, position][reference] = number, day.isoformat() if day else None, title
    return found
