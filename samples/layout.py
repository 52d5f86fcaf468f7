"""Blocks → lines on pages: A4, catch-words where a letter goes on, page numbers from the second page. Lengths in mm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pythainlp.tokenize import word_tokenize

from letters.text import thai
from samples.blocks import LEFT, TAIL_COLUMN, Block

ROW = 6.7
BOTTOM = 281.0
TOPS = {"memo": 40.0, "radio": 30.0}
FIRST_TOP, NEXT_TOP = 44.0, 34.0


@dataclass(frozen=True)
class Placed:
    """One piece of a line at its place; ``text`` is empty for ink that is no print, ``full`` lines may be justified,
    a ``label`` stands on the line of the piece after it."""

    x: float
    y: float
    text: str
    html: str
    css: str = ""
    width: float = 0.0
    full: bool = False
    label: bool = False


@dataclass
class Sheet:
    """One page: pieces, extra drawings ``(name or HTML, x, y)``, its catch-word and its number in the letter."""

    number: int
    pieces: list[Placed] = field(default_factory=list)
    extras: list[tuple[str, float, float]] = field(default_factory=list)
    catch_word: str = ""

    @property
    def text(self) -> str:
        """Printed text in reading order, one line a row."""
        return "".join(piece.text + (" " if piece.label else "\n") for piece in self.pieces if piece.text).rstrip()


Breaker = Callable[[list[Block]], list[list[str]]]


def lay_out(blocks: list[Block], kind: str, break_lines: Breaker, digits: str) -> list[Sheet]:
    """Pages of a letter. ``break_lines`` gives the lines of every block as the browser would set them."""
    broken = break_lines(blocks)
    sheets, y = [Sheet(1)], TOPS.get(kind, FIRST_TOP)
    for at, (block, lines) in enumerate(zip(blocks, broken, strict=True)):
        need = _height(block, len(lines)) if not block.group else _group_height(blocks, broken, at)
        if y + min(need, 3 * ROW if not block.group else need) > BOTTOM:
            sheets, y = [*sheets, Sheet(len(sheets) + 1)], NEXT_TOP
        y += block.gap + block.space
        if block.extra:
            sheets[-1].extras.append((block.extra, LEFT + block.x, y - block.space))
        for number, line in enumerate(lines):
            if y + ROW > BOTTOM:
                sheets, y = [*sheets, Sheet(len(sheets) + 1)], NEXT_TOP
            sheets[-1].pieces += _pieces(block, line, number, number == len(lines) - 1, y)
            y += block.row or ROW
    for sheet, following in pairwise(sheets):
        words = catch_word(following.pieces[0].text)
        sheet.catch_word = thai(words) if digits == "thai" else words
    return sheets


def _height(block: Block, lines: int) -> float:
    return block.gap + block.space + lines * (block.row or ROW)


def _group_height(blocks: list[Block], broken: list[list[str]], at: int) -> float:
    """Height of what is left of the block's group: it is kept together."""
    total = 0.0
    for block, lines in zip(blocks[at:], broken[at:], strict=True):
        if block.group != blocks[at].group:
            break
        total += _height(block, len(lines))
    return total


def _pieces(block: Block, line: str, number: int, last: bool, y: float) -> list[Placed]:
    if block.cells:
        return [Placed(LEFT + x, y, text, html, block.css) for x, text, html in block.cells]
    indent = block.first if number == 0 else 0.0
    found = [Placed(LEFT + block.x + indent, y, line, line, block.css, block.width - indent, not last)]
    if block.tail and last:
        tail = Placed(LEFT + TAIL_COLUMN, y, block.tail, block.tail, block.css)
        found = [replace(found[0], label=True), tail]
    if block.label and number == 0:
        found = [Placed(LEFT, y, block.label, block.label, block.css, label=True), *found]
    return found


def catch_word(line: str) -> str:
    """The first words of the next page as offices set them at the foot: ``/ที่จะ...``."""
    words = word_tokenize(line.strip(), engine="newmm", keep_whitespace=True)
    taken = ""
    for word in words:
        if taken and (word.isspace() or len(taken) + len(word) > 14):
            break
        taken += word
    return f"/{taken.strip()}..."


