"""What became of a letter since its first copy came: received, corrected, judged; and where its copies differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from archive import Archive
from archive.judgements import LINKING
from chain import Copy, CopyRef, Judgement
from parsing.corrections import READINGS


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that was done, at an instant (UTC). ``what``: ``received``, ``accepted``, ``corrected`` or a kind of
    judgement; ``field``, ``before`` and ``after`` of a correction, ``reason`` of a judgement."""

    at: dt.datetime
    actor: str
    what: str
    packet: str = ""
    field: str = ""
    before: str | None = None
    after: str | None = None
    reason: str = ""


def past_of(archive: Archive, copies: Sequence[Copy]) -> list[Past]:
    """Everything about the copies the reader sees, newest first."""
    found: list[Past] = []
    for copy in copies:
        packet = archive.packets.get(copy.ref.packet)
        found.append(Past(packet.received_at, packet.received_by, "received", packet.name))
        found += [Past(one.at, one.actor, "accepted" if one.accepts else "corrected", packet.name,
                       one.field.partition("[")[0], one.before, one.after)
                  for one in archive.corrections.of(copy.ref.packet) if one.page == copy.letter.pages[0] and one.at]
    own = {copy.ref for copy in copies}
    for row in archive.judgements.list(LINKING):
        judgement = msgspec.convert(row.payload, Judgement)
        if touches(judgement, own):
            found.append(Past(row.at, row.actor, judgement.kind.value, reason=judgement.reason))
    return sorted(found, key=lambda one: one.at, reverse=True)


def touches(judgement: Judgement, refs: set[CopyRef]) -> bool:
    """Whether a judgement is about one of these copies or about a citation in one of them."""
    mention = judgement.mention
    return bool({judgement.copy, judgement.other, mention.copy if mention else None} & refs)


def differences(copies: Sequence[Copy]) -> dict[str, list[object]]:
    """Fields that the copies do not all show alike, with the value of each copy."""
    shown = {key: [getattr(copy.letter, key).value for copy in copies] for key in READINGS}
    return {key: values for key, values in shown.items() if len(set(map(str, values))) > 1}
