"""The piece of a scanned page on which a task's sentence stands, from a copy that the reader may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from archive import Archive, User
from archive.sight import sight_of
from chain import CopyRef, Node
from letters import Box, Evidence, Line, Page
from letters.text import squeeze
from tasks import TaskEvidence
from webui.reviewing import Cut, cut_of

_LIKE = 80.0
"""Likeness 0–100 from which on a sentence counts as found on a page."""

_LONGEST = 400
"""Signs of a sentence that are looked for; the rest follows it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence of a letter and, where there is a picture, the piece of the page it stands on."""

    sentence: str
    page: int
    node: Node | None
    packet: str = ""
    cut: Cut | None = None


def quoted(archive: Archive, person: User, item: TaskEvidence, node: Node | None) -> Quoted:
    """An item of evidence with its picture, out of the copy it was read from where that may be seen, else another."""
    for ref, number in _places(archive, person, item, node):
        page = archive.packets.pages(ref.packet).get(number)
        box = found_on(page, item.sentence) if page else None
        if page and box:
            cut = cut_of(Evidence(number, 0, 0, item.sentence, box), {number: page})
            return Quoted(item.sentence, number, node, ref.packet, cut)
    return Quoted(item.sentence, item.page, node)


def found_on(page: Page, sentence: str) -> Box | None:
    """The box around the lines that a sentence stands on, in pixels of the page; ``None`` where it does not, or the
    page has no picture."""
    lines = [line for line in page.lines if line.box and squeeze(line.text)]
    text, words = "".join(squeeze(line.text) for line in lines), squeeze(sentence)[:_LONGEST]
    if not text or not words:
        return None
    start, end = text.find(words), -1
    if start >= 0:
        end = start + len(words)
    elif (near := fuzz.partial_ratio_alignment(words, text, score_cutoff=_LIKE)) and len(words) <= len(text):
        start, end = near.dest_start, near.dest_end
    return _around(lines, start, end) if end > start else None


def _around(lines: list[Line], start: int, end: int) -> Box | None:
    """The box around the lines that hold the signs from ``start`` to ``end``, blanks not counted."""
    place, whole = 0, None
    for line in lines:
        length = len(squeeze(line.text))
        if line.box and place < end and place + length > start:
            whole = whole.union(line.box) if whole else line.box
        place += length
    return whole


def _places(archive: Archive, person: User, item: TaskEvidence, node: Node | None) -> Iterator[tuple[CopyRef, int]]:
    """Copies that may be seen with the page to look at, the one that was read from first."""
    if node is None:
        return
    seen = sorted(archive.sights.copies(sight_of(person), node.copies), key=lambda ref: ref.packet != item.packet)
    for ref in seen:
        letter = archive.letters.copy(ref).letter
        pages = [item.page] if ref.packet == item.packet else list(letter.pages)
        yield from ((ref, number) for number in pages)
