"""Where each letter of a packet starts and ends, and which pages are attachments.

A letter is known by several signs together (number line, เรื่อง, เรียน or ถึง, date line, form headings), so that one
garbled label does not lose it. With page marks a letter starts at the top of a page; a text without any is cut at its
number lines, and pages are counted as one per letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from letters import Attachment, Doubt, Page, Source
from parsing import labels
from parsing.attachments import attachment_kind, looks_attached
from parsing.boundaries import Start, Starts
from parsing.dates import find_dates
from parsing.enclosed import is_enclosed
from parsing.flow import Row, rows_of
from parsing.numberline import own_number
from parsing.order import Leaf, answers, awaits, catch_word, in_reading_order, is_closed, lacks, page_number

HEAD_SCORE = 3.0  # two strong signs, or one form heading
LONGEST_DATE = 40  # characters of a row that holds a date and hardly more; it ends in a year
RADIO_HEAD = 8  # rows between a radio message's form and its number
TOP = 0.62  # a letter's head stands in the upper part of its page


@dataclass(frozen=True, slots=True)
class Segment:
    """The rows of one letter in reading order, the page numbers they stand on, and what is odd about the pages."""

    rows: tuple[Row, ...]
    pages: tuple[int, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """A packet cut into letters and attachments; ``pages`` are renumbered for a text without page marks."""

    pages: tuple[Page, ...]
    letters: tuple[Segment, ...]
    attachments: tuple[Attachment, ...]


def split_packet(pages: Sequence[Page], starts: Starts | None = None) -> Split:
    """Cuts a packet. Pages must be in order of number and already mended; ``starts`` is what a person said of pages."""
    if len(pages) == 1 and pages[0].source is Source.TEXT:
        pages = _one_page_per_letter(pages[0])
    return _split_pages(tuple(pages), starts or {})


def head_signs(rows: Sequence[Row]) -> float:
    """How much the rows look like a letter's head: sum of the weights of the signs found, each counted once."""
    found: dict[str, float] = {}
    for row in rows:
        text = row.folded
        if own_number(row.text) or labels.ORDER_NUMBER.match(text):
            found["number"] = 2.0
        elif labels.MEMO.match(text) or labels.ORDER.match(text) or labels.ANNOUNCEMENT.match(text):
            found["form"] = 2.5
        elif labels.MEMO_OFFICE.match(text) or labels.RADIO.search(text):
            found["field"] = 1.5
        elif labels.SUBJECT.match(text):
            found["subject"] = 1.5
        elif labels.SALUTATION.match(text) or labels.TO.match(text):
            found["address"] = 1.5
        elif labels.REFERENCE.match(text) or labels.ENCLOSURE.match(text):
            found["reference"] = 1.0
        elif len(text.strip()) < LONGEST_DATE and text.rstrip()[-2:].isdigit() and find_dates(text):
            found["date"] = 1.0
    return sum(found.values())


NEAR_PAGES = 6  # how far from its letter a page may have been scanned
OPEN_LETTERS = 3  # how many letters back a page may belong to


def _split_pages(pages: tuple[Page, ...], starts: Starts) -> Split:
    groups: list[list[Leaf]] = []
    others: list[tuple[Leaf, int | None]] = []
    for leaf in map(Leaf.of, pages):
        told = starts.get(leaf.number)
        begins = told is None and _begins_letter(leaf) and not (groups and is_enclosed(leaf, groups[-1]))
        if told is Start.LETTER or begins:
            groups.append([leaf])
            others = _not_taken_back(others, groups[-1:], starts)
        elif told is Start.SAME and groups:
            groups[-1].append(leaf)
        elif told is None and (group := _continued(leaf, groups)) is not None:
            group.append(leaf)
        else:
            others.append((leaf, len(groups) - 1 if groups else None))
    others = _not_taken_back(others, groups, starts)
    segments, beyond = [], []
    for index, group in enumerate(groups):
        segment, rest = _segment(group)
        segments.append(segment)
        beyond += [(Leaf.of(rest), index)] if rest else []
    return Split(pages, tuple(segments), _attached([*others, *beyond]))


def _segment(group: list[Leaf]) -> tuple[Segment, Page | None]:
    """A letter's rows in reading order; in bare text, what stands beyond its end is an attachment."""
    ordered, doubts = in_reading_order(group)
    rows = [row for leaf in ordered for row in leaf.rows]
    end = _letter_end(rows) if ordered[-1].page.source is Source.TEXT else len(rows)
    rest = Page(ordered[-1].number, tuple(row.line for row in rows[end:]), Source.TEXT) if end < len(rows) else None
    return Segment(tuple(rows[:end]), tuple(sorted(leaf.number for leaf in group)), doubts), rest


def _begins_letter(leaf: Leaf) -> bool:
    top = [row for row in leaf.filled if row.depth < TOP]
    return head_signs(top) >= HEAD_SCORE and _has_address(top)


def _continued(leaf: Leaf, groups: Sequence[list[Leaf]]) -> list[Leaf] | None:
    """The letter that a page goes on with: the last one, as long as it is open, or an older one that awaits just this
    page where something else was scanned in between."""
    rows = leaf.filled
    if not rows:
        return None
    for back, group in enumerate(reversed(groups[-OPEN_LETTERS:])):
        last = group[-1].number
        if leaf.number - last > NEAR_PAGES:
            continue
        if lacks(group, page_number(rows)) or (back == 0 and last == leaf.number - 1 and awaits(group, rows)):
            return group
        if is_closed(group):
            continue
        if answers(catch_word(group[-1].filled), rows) or (page_number(rows) or 0) > len(group):
            return group
        if back == 0 and last == leaf.number - 1 and not looks_attached(rows):
            return group
    return None


def _not_taken_back(
    others: list[tuple[Leaf, int | None]], groups: Sequence[list[Leaf]], starts: Starts
) -> list[tuple[Leaf, int | None]]:
    """The pages of no letter, without those that now go with one of ``groups``; what a person said stays."""
    return [(leaf, letter) for leaf, letter in others if leaf.number in starts or not _taken_back(leaf, groups)]


def _taken_back(leaf: Leaf, groups: Sequence[list[Leaf]]) -> bool:
    """Whether a page that was scanned before the first page of its letter now goes with it: that letter is open and
    promises the page's first words, or lacks just the page of that number, or stands right behind it without the
    closing words that this page brings."""
    rows = leaf.filled
    number = page_number(rows)
    for group in groups:
        ahead = group[0].number - leaf.number
        if 0 < ahead <= NEAR_PAGES and not is_closed(group):
            promised = catch_word(group[-1].filled)
            if number is not None and number > 1:
                fits = answers(promised, rows) if promised else number == len(group) + 1
            else:
                fits = ahead == 1 and not looks_attached(rows) and awaits(group, rows)
            if fits:
                group.append(leaf)
                return True
    return False


def _has_address(rows: Sequence[Row]) -> bool:
    """A letter is addressed, or is an order or announcement under its own heading."""
    texts = [row.folded for row in rows]
    addressed = any(labels.SALUTATION.match(text) or labels.TO.match(text) for text in texts)
    formal = any(
        labels.ORDER.match(text) or labels.ANNOUNCEMENT.match(text) or labels.MEMO.match(text) for text in texts
    )
    numbered = any(own_number(row.text) or labels.ORDER_NUMBER.match(row.folded) for row in rows)
    return addressed or formal or (numbered and any(labels.SUBJECT.match(text) for text in texts))


def _attached(leaves: Sequence[tuple[Leaf, int | None]]) -> tuple[Attachment, ...]:
    """Attachments in page order, pages of one kind behind one letter joined."""
    found: list[Attachment] = []
    for leaf, letter in sorted(leaves, key=lambda item: item[0].number):
        kind, number = attachment_kind(leaf.page), leaf.number
        last = found[-1] if found else None
        if last and last.kind is kind and last.letter == letter and last.pages[-1] == number - 1:
            found[-1] = Attachment((*last.pages, number), kind, letter)
        else:
            found.append(Attachment((number,), kind, letter))
    return tuple(found)


# --- texts without page marks ----------------------------------------------------------------------------------------


def _one_page_per_letter(page: Page) -> tuple[Page, ...]:
    """The text cut before each letter, one page for each."""
    rows = rows_of(page)
    starts = [_with_stamps(rows, index) for index in _heads(rows)]
    bounds = [0, *starts[1:], len(rows)] if starts else [0, len(rows)]
    return tuple(
        Page(number, tuple(row.line for row in rows[first:last]), page.source, codes=page.codes, reader=page.reader)
        for number, (first, last) in enumerate(pairwise(bounds), 1)
    )


def _heads(rows: Sequence[Row]) -> list[int]:
    """Rows where a letter's head begins: a number line or form heading with an address label before the next one."""
    candidates = _apart([index for index, row in enumerate(rows) if _begins_head(row)], rows)
    heads: list[int] = []
    for index, following in pairwise([*candidates, len(rows)]):
        window = [row for row in rows[index:following] if row.text.strip()][:18]
        if head_signs(window) >= HEAD_SCORE and _has_address(window):
            heads.append(index)
    return heads


def _apart(candidates: Sequence[int], rows: Sequence[Row]) -> list[int]:
    """Candidates without those that belong to the one right above: a memo's heading and number line are one head, and
    so is a radio message's form with the number below its addressees."""
    kept: list[int] = []
    for index in candidates:
        if not kept or not _one_head(rows[kept[-1] : index]):
            kept.append(index)
    return kept


def _one_head(rows: Sequence[Row]) -> bool:
    """Whether rows from one sign of a head to the next stand in one head."""
    between = rows[1:]
    if labels.RADIO_FORM.match(rows[0].folded) and len(between) <= RADIO_HEAD:
        return not any(labels.SUBJECT.match(row.text) or labels.RADIO_TEXT.match(row.text) for row in between)
    return len(between) <= 4 and not any(_is_label(row) or labels.CLOSING.match(row.text) for row in between)


_FORMS = (labels.MEMO, labels.ORDER, labels.ANNOUNCEMENT, labels.RADIO_FORM)


def _begins_head(row: Row) -> bool:
    text = row.folded
    return bool(own_number(row.text) or any(form.match(text) for form in _FORMS))


def _with_stamps(rows: Sequence[Row], head: int) -> int:
    """The head's first row, moved up over the received stamp that stands right above it."""
    start = head
    for index in range(head - 1, max(-1, head - 9), -1):
        text = rows[index].folded
        if labels.STAMP.search(text):
            start = index - (1 if index and _stamp_title(rows[index - 1].text) else 0)
        elif len(text.strip()) > 40:
            break
    return start


def _stamp_title(text: str) -> bool:
    return 0 < len(text.strip()) < 45 and not labels.CONTACT.search(text)


def _letter_end(rows: Sequence[Row]) -> int:
    """Index after the last row of a letter in bare text: its office block; beyond it, long matter is an attachment."""
    labelled = max((index for index, row in enumerate(rows[:40]) if _is_label(row)), default=0)
    closing = next((index for index, row in enumerate(rows) if labels.CLOSING.match(row.text)), labelled)
    end = next((index for index in range(closing + 1, len(rows)) if labels.CONTACT.search(rows[index].text)), None)
    if end is None:
        return len(rows)
    while end + 1 < len(rows) and any(labels.CONTACT.search(row.text) for row in rows[end + 1 : end + 4]):
        end += 1
    beyond = sum(len(row.text.strip()) for row in rows[end + 1 :])
    return end + 1 if beyond > 600 else len(rows)


def _is_label(row: Row) -> bool:
    return any(label.match(row.text) for label in (labels.SUBJECT, labels.SALUTATION, labels.TO, labels.REFERENCE))
