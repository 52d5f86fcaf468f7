"""What a clerk decides on the review screen: kept, laid over the letters at once, and linked again soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive import Archive, Stage, StageState
from parsing.corrections import STARTS, Correction, Verdict
from saraban.pipeline import LINK, parse

_READING = (Stage.LOAD, Stage.READ, Stage.PARSE, Stage.STORE)


def decide(archive: Archive, packet_id: str, decisions: Sequence[Correction], actor: str, seen: int) -> None:
    """Keeps decisions about a packet that ``actor`` made on version ``seen`` of it; its letters follow at once, links,
    tasks and index with the next job.

    Raises :class:`archive.Overtaken` if somebody else decided otherwise since, and keeps nothing then. A packet that is
    being read anew just now gets decisions about its pages when that is done.
    """
    row = archive.packets.get(packet_id)
    archive.corrections.add(row.id, decisions, actor, seen)
    if any(one.field == STARTS or one.verdict is Verdict.WITHDRAW for one in decisions):
        pages = list(archive.packets.pages(row.id).values())
        if pages and all(stage.state is StageState.DONE for stage in row.stages if stage.stage in _READING):
            archive.corrections.keep(row.id, parse(row.stem, pages), actor)
    else:
        archive.corrections.lay_over(row.id, [replace(one, actor=actor) for one in decisions], actor)
    for later in (Stage.LINK, Stage.TASKS, Stage.INDEX):
        archive.packets.set_stage(row.id, later, StageState.PENDING)
    archive.jobs.enqueue(LINK)
