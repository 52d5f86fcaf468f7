"""Pages in, a packet of letters out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from letters import Code, Packet, Page
from parsing.boundaries import Starts
from parsing.checks import check_packet
from parsing.confidence import Calibration
from parsing.copies import mark_copies
from parsing.finders import read_letter
from parsing.flow import mended
from parsing.split import split_packet


def parse_packet(
    name: str, pages: Sequence[Page], calibration: Calibration | None = None, starts: Starts | None = None
) -> Packet:
    """All letters of a packet with every field, its evidence and its doubts.

    ``name`` is the packet's name (a file's stem). Pages come in any order; a text without page marks gets one page for
    each letter. Never fails on what a page says: what cannot be read stays empty and is named in ``review``.
    ``calibration`` of the confidences: the shipped one unless given. ``starts``: what a person said of single pages.
    """
    split = split_packet([mended(page) for page in sorted(pages, key=lambda page: page.number)], starts)
    codes = {page.number: page.codes for page in split.pages}
    letters = [read_letter(segment.rows, segment.pages, _codes(codes, segment.pages)) for segment in split.letters]
    checked = zip(mark_copies(check_packet(letters, _reader(split.pages), calibration)), split.letters, strict=True)
    flagged = tuple(replace(letter, review=(*segment.doubts, *letter.review)) for letter, segment in checked)
    return Packet(name, split.pages, flagged, split.attachments)


def _codes(codes: dict[int, tuple[Code, ...]], pages: tuple[int, ...]) -> tuple[Code, ...]:
    return tuple(code for number in pages for code in codes.get(number, ()))


def _reader(pages: Sequence[Page]) -> str:
    """The engine that read most of the pages."""
    return max(Counter(page.reader for page in pages).items(), key=lambda item: item[1], default=("", 0))[0]
