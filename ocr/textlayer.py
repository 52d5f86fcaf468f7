"""Text layers of born-digital pages: repaired, laid out in lines as a person reads them, and trusted only when good."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pythainlp.tokenize import word_tokenize

from letters.page import Box, Line, Page, Source, Word
from ocr.dictionary import dictionary
from ocr.marks import COMBINING, repair
from ocr.pdf import TextLayer
from ocr.words import WIDE

COVERAGE = 0.85  # of the Thai letters stand in dictionary words
_LEAST_CHARS = 20
_POINTS = 72.0
_STEPS = 72  # of a whole turn: five degrees each, which no line of a page is off
_THAI = re.compile("[\u0e01-\u0e4e]")
_WITHOUT_MEANING = re.compile("\\(cid:\\d+\\)|[\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character of the layer, its box in pixels."""

    text: str
    box: Box


def layer_page(number: int, layer: TextLayer, dpi: int, size: tuple[int, int]) -> Page | None:
    """The page as its text layer gives it, boxes in pixels at ``dpi``; ``None`` if the layer cannot be trusted."""
    glyphs = _glyphs(layer, dpi / _POINTS)
    lines = tuple(line for row in _rows(_runs(glyphs)) if (line := _line(row)) is not None)
    text = "\n".join(line.text for line in lines)
    if len(text) < _LEAST_CHARS or coverage(text) < COVERAGE:
        return None
    return Page(number, lines, Source.TEXT_LAYER, *size, dpi, reader="text layer 2")


def coverage(text: str) -> float:
    """Share of the Thai letters that stand in dictionary words of two letters or more; letters without a meaning
    (unmapped glyphs, private code points) count as Thai ones in no word. 1.0 for a text without Thai."""
    lost = len(_WITHOUT_MEANING.findall(text))
    known = total = 0
    for token in word_tokenize(_WITHOUT_MEANING.sub(" ", text), engine="newmm-safe", keep_whitespace=False):
        letters = len(_THAI.findall(token))
        total += letters
        known += letters if len(token) > 1 and token in dictionary() else 0
    return known / (total + lost) if total + lost else 1.0


def _glyphs(layer: TextLayer, scale: float) -> list[_Glyph]:
    """The characters inside the CropBox, in the order in which the page draws them, which is the order of writing;
    without those turned away from the others: the words around a seal, a mark across the page."""
    width, height = layer.width * scale, layer.height * scale
    turns = [_turn(char) for char in layer.chars]
    common = max(set(turns), key=turns.count, default=0)
    glyphs = [_Glyph(char["text"], _box(char, layer, scale)) for char, turn in zip(layer.chars, turns, strict=True)
              if (turn - common + 1) % _STEPS <= 2]
    return [glyph for glyph in glyphs
            if 0 <= _middle(glyph.box)[0] <= width and 0 <= _middle(glyph.box)[1] <= height]


def _turn(char: dict[str, Any]) -> int:
    """How far a character is turned, in steps of a whole turn."""
    a, b, *_ = char["matrix"]
    return round(math.atan2(b, a) / math.tau * _STEPS) % _STEPS


def _box(char: dict[str, Any], layer: TextLayer, scale: float) -> Box:
    return Box((char["x0"] - layer.left) * scale, (char["top"] - layer.top) * scale,
               (char["x1"] - layer.left) * scale, (char["bottom"] - layer.top) * scale)


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _same_row(a: Box, b: Box) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.5 * min(a.height, b.height)


def _runs(glyphs: Iterable[_Glyph]) -> list[list[_Glyph]]:
    """Stretches drawn one glyph after the other on one row, without a jump."""
    runs: list[list[_Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1].box if runs else None
        em = glyph.box.height
        if last is None or not (_same_row(last, glyph.box) and -0.8 * em < glyph.box.left - last.right < 0.8 * em):
            runs.append([])
        runs[-1].append(glyph)
    return [stripped for run in runs if (stripped := _stripped(run))]


def _stripped(run: Sequence[_Glyph]) -> list[_Glyph]:
    """Without white space at both ends."""
    inked = [index for index, glyph in enumerate(run) if glyph.text.strip()]
    return list(run[inked[0]:inked[-1] + 1]) if inked else []


def _around(glyphs: Sequence[_Glyph]) -> Box:
    box = glyphs[0].box
    for glyph in glyphs[1:]:
        box = box.union(glyph.box)
    return box


def _rows(runs: Iterable[list[_Glyph]]) -> list[list[list[_Glyph]]]:
    """Runs that stand on one visual line, left to right; lines from top to bottom."""
    rows: list[list[list[_Glyph]]] = []
    for run in sorted(runs, key=lambda run: (_middle(_around(run))[1], _around(run).left)):
        if rows and _same_row(_around(rows[-1][0]), _around(run)):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run[0].box.left) for row in rows]


def _line(row: Sequence[Sequence[_Glyph]]) -> Line | None:
    words: list[Word] = []
    text, right = "", 0.0
    for run in row:
        box = _around(run)
        if text and not COMBINING.match(run[0].text):
            gap = box.left - right
            text += WIDE if gap > 0.8 * box.height else " " if gap > 0.2 * box.height else ""
        for space, glyphs in _split(run):
            word = repair("".join(glyph.text for glyph in glyphs))
            if word:
                text += space + word
                words.append(Word(word, 1.0, _around(glyphs)))
        right = box.right
    return Line(text, tuple(words), _hull(words)) if words else None


def _hull(words: Sequence[Word]) -> Box | None:
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box) if box and word.box else box
    return box


def _split(run: Sequence[_Glyph]) -> list[tuple[str, list[_Glyph]]]:
    """The words of a run, each with the white space before it; a space before a mark tears a word and is none."""
    words: list[tuple[str, list[_Glyph]]] = [("", [])]
    spaces = 0
    for glyph in run:
        if not glyph.text.strip() and glyph.text:
            spaces += 1
            continue
        if spaces and not COMBINING.match(glyph.text):
            words.append((WIDE if spaces > 1 else " ", []))
        spaces = 0
        words[-1][1].append(glyph)
    return words
