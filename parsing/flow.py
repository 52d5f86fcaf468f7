"""The running text of a letter, every character of it traceable to its page, line and box."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from letters import Box, Evidence, Ink, Line, Page, Word
from letters.text import arabic, mend
from parsing.labels import with_whole_label, without_leaders
from parsing.loose import THI
from parsing.margins import without_strays

MOST_BLANKS = 40  # in a row of print, and empty rows after one another


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line: its page, its place on the page (0 = top line), and where its text starts in the page's text."""

    page: int
    index: int
    start: int
    line: Line
    height: float = 0.0  # of the page, pixels; 0 for bare text
    folded: str = field(init=False, repr=False, compare=False)  # the text with Arabic digits, asked for by everybody

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", arabic(self.line.text))

    @property
    def text(self) -> str:
        """The line's text as printed."""
        return self.line.text

    @property
    def depth(self) -> float:
        """How far down the page it stands, 0–1; bare text counts 50 lines to a page."""
        return self.line.box.top / self.height if self.line.box and self.height else self.index / 50


_LONG_BLANK = re.compile(rf"(\s{{{MOST_BLANKS}}})\s+")


def mended(page: Page) -> Page:
    """The page with two-part ำ and double เเ joined and labels whole, each on a row of its own, without strays in the
    margin and without blanks by the hundred (no letter has them, and patterns would try every way to share them out),
    before any position in it is noted."""
    page = without_strays(page)
    lines = [part for line in page.lines for part in _parted(line)]
    page = page if len(lines) == len(page.lines) else replace(page, lines=tuple(lines))
    texts = [_LONG_BLANK.sub(r"\1", without_leaders(with_whole_label(mend(line.text)))) for line in page.lines]
    empty = [not text.strip() for text in texts]
    kept = [at for at in range(len(texts)) if at < MOST_BLANKS or not all(empty[at - MOST_BLANKS : at + 1])]
    if len(kept) == len(texts) and all(text == line.text for text, line in zip(texts, page.lines, strict=True)):
        return page
    return replace(page, lines=tuple(replace(page.lines[at], text=texts[at]) for at in kept))


# Number or sender, and behind a wide gap the addressee: ที่ กบ 0023.3/ว 12     ถึง เทศบาล ทุกแห่ง
_SECOND_LABEL = re.compile(
    rf"\s*(?:{THI}\s*[ก-ฮ]{{1,3}}[\s.]{{0,2}}[\d๐-๙]{{2}}|จาก\s).{{3,80}}?\s{{2,}}(?=(?:ถึง|เรียน)\s)"
)


def _parted(line: Line) -> tuple[Line, ...]:
    """A row as one, or cut before its second label."""
    label = _SECOND_LABEL.match(line.text)
    if label is None:
        return (line,)
    words = list(placed(line))
    first = tuple(word for at, word in words if at < label.end())
    second = tuple(word for at, word in words if at >= label.end())
    return (
        replace(line, text=line.text[: label.end()].rstrip(), words=first, box=_around(first) or line.box),
        replace(line, text=line.text[label.end() :], words=second, box=_around(second) or line.box),
    )


def _around(words: Sequence[Word]) -> Box | None:
    boxes = [word.box for word in words if word.box]
    return reduce(Box.union, boxes) if boxes else None


def rows_of(page: Page) -> list[Row]:
    """The page's lines in reading order with their places in ``page.text``."""
    rows, start = [], 0
    for index, line in enumerate(page.lines):
        rows.append(Row(page.number, index, start, line, float(page.height)))
        start += len(line.text) + 1
    return rows


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows joined to one text with line breaks; spans of that text turn into evidence."""

    rows: tuple[Row, ...]
    text: str = field(init=False)
    _starts: tuple[int, ...] = field(init=False)
    _marks: tuple[tuple[int, int], ...] = field(init=False)  # page and start of each row

    def __post_init__(self) -> None:
        starts, position = [], 0
        for row in self.rows:
            starts.append(position)
            position += len(row.text) + 1
        object.__setattr__(self, "_starts", tuple(starts))
        object.__setattr__(self, "_marks", tuple((row.page, row.start) for row in self.rows))
        object.__setattr__(self, "text", "\n".join(row.text for row in self.rows))

    def row_at(self, position: int) -> int:
        """Index of the row that holds a character."""
        return max(0, bisect_right(self._starts, position) - 1)

    def start_of(self, row: int) -> int:
        """Position of a row's first character; of one row past the last: the end of the text."""
        return self._starts[row] if row < len(self._starts) else len(self.text)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Positions of the text of rows ``first:last``."""
        return self.start_of(first), max(
            self.start_of(first), self.start_of(last) - 1 if last < len(self.rows) else len(self.text)
        )

    def place(self, evidence: Evidence) -> int | None:
        """Where a piece of evidence begins in this text; ``None`` where its row is none of these."""
        row = bisect_right(self._marks, (evidence.page, evidence.start)) - 1
        if row < 0 or self.rows[row].page != evidence.page:
            return None
        within = evidence.start - self.rows[row].start
        return self._starts[row] + within if within <= len(self.rows[row].text) else None

    def evidence(self, start: int, end: int) -> Evidence | None:
        """Where ``start:end`` stands on the page where it begins; ``None`` for an empty text."""
        if not self.rows:
            return None
        first = self.row_at(start)
        page, page_start = self.rows[first].page, self.rows[first].start + start - self._starts[first]
        boxes = [
            box
            for index in range(first, self.row_at(max(start, end - 1)) + 1)
            if self.rows[index].page == page and (box := self._box(index, start, end))
        ]
        box = reduce(Box.union, boxes) if boxes else None
        return Evidence(page, page_start, page_start + end - start, self.text[start:end], box)

    def confidence(self, start: int, end: int) -> float:
        """Mean confidence of the words that ``start:end`` touches, 0–1; of the lines where words carry none."""
        touched = [
            word.confidence
            for index in range(self.row_at(start), self.row_at(max(start, end - 1)) + 1)
            for word in _words_in(self.rows[index].line, start - self._starts[index], end - self._starts[index])
        ]
        if touched:
            return sum(touched) / len(touched)
        return self.rows[self.row_at(start)].line.confidence if self.rows else 0.0

    def by_hand(self) -> tuple[tuple[int, int], ...]:
        """Places of the entries by hand in the text, in order; the ว before a running number is mostly printed."""
        return tuple(
            (offset + at + word.text.startswith("ว"), offset + at + len(word.text))
            for offset, row in zip(self._starts, self.rows, strict=True)
            for at, word in placed(row.line)
            if word.ink is Ink.HAND and word.text.lstrip("ว")
        )

    def _box(self, index: int, start: int, end: int) -> Box | None:
        line, offset = self.rows[index].line, self._starts[index]
        return _around(_words_in(line, start - offset, end - offset)) or line.box


def _words_in(line: Line, start: int, end: int) -> Sequence[Word]:
    """Words of a line that its characters ``start:end`` touch."""
    return [word for at, word in placed(line) if at < end and at + len(word.text) > start]


def placed(line: Line) -> Iterator[tuple[int, Word]]:
    """The words of a line, each with where it begins in the line's text."""
    position = 0
    for word in line.words:
        at = max(position, line.text.find(word.text, position))
        position = at + len(word.text)
        yield at, word


def is_print(row: Row) -> bool:
    """Whether the row is the letter's own print, neither stamp nor handwriting."""
    return row.line.ink is Ink.PRINT
