"""Which of the deadlines found count: each once, by its own words, the letter's own before those it was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from letters import Deadline, DeadlineKind, Precision
from parsing.fields.binding import spans_of
from parsing.fields.history import turn
from parsing.flow import Flow

NEIGHBOURS = 4  # deadlines before and behind one whose words may hold its own
_SET = frozenset((DeadlineKind.DATE, DeadlineKind.RELATIVE, DeadlineKind.RECURRING))  # what is to be done by then


def apart(deadlines: Iterator[Deadline], flow: Flow, ruled: set[int]) -> Iterator[Deadline]:
    """Those that do not stand inside the words of a recurring duty, nor right behind them as its end (``ทุกวันศุกร์
    จนถึงสิ้นเดือน …``)."""
    for item in deadlines:
        span = spans_of(flow, [item.evidence])[0]
        if span is None or not (span[0] in ruled or _ends_a_rule(flow.text, span[0], ruled)):
            yield item


def _ends_a_rule(text: str, start: int, ruled: set[int]) -> bool:
    """Whether the words ``(จน)ถึง …`` at ``start`` follow a recurring duty's at once."""
    before = text[:start].rstrip()
    return len(before) - 1 in ruled and text.startswith(("ถึง", "จนถึง", "จน", "ไปจน"), start)


def counted_once(flow: Flow, counted: Iterator[Deadline], again: Sequence[Deadline]) -> Iterator[Deadline]:
    """Periods, but those that end a recurring duty's words: ``รายไตรมาส ภายใน ๑๕ วัน นับแต่วันสิ้นไตรมาส``."""
    ends = {span[1] for span in spans_of(flow, [item.evidence for item in again]) if span}
    periods = list(counted)
    for item, span in zip(periods, spans_of(flow, [item.evidence for item in periods]), strict=True):
        if span is None or span[1] not in ends:
            yield item


def own_deadlines(flow: Flow, deadlines: list[Deadline]) -> list[Deadline]:
    """Where a letter's cause tells of a deadline (กรมขอให้รายงานภายใน …) and its wish sets one, only that counts."""
    wish = turn(flow.text)
    spans = spans_of(flow, [item.evidence for item in deadlines])
    starts = [(item, span[0] if span else -1) for item, span in zip(deadlines, spans, strict=True)]
    if not any(start >= wish and item.kind in _SET for item, start in starts):
        return deadlines
    return [item for item, start in starts if not (0 <= start < wish and item.kind in _SET)]


def whole(flow: Flow, deadlines: list[Deadline]) -> list[Deadline]:
    """Deadlines whose words are no part of another's: ``ภายในวันศุกร์สุดท้ายของเดือนตุลาคม ๒๕๖๗`` names a day, and what
    stands before ``คือวันที่ …`` is told again by it. Of the same words the one that names the day counts."""
    spans = spans_of(flow, [item.evidence for item in deadlines])
    placed = sorted(((item, span) for item, span in zip(deadlines, spans, strict=True) if span), key=lambda one: one[1])
    parts = {
        id(item)
        for at, (item, span) in enumerate(placed)
        if any(_tells(other, where, item, span) for other, where in placed[max(0, at - NEIGHBOURS) : at + NEIGHBOURS])
    }
    return [item for item in deadlines if id(item) not in parts]


def _tells(other: Deadline, where: tuple[int, int], item: Deadline, span: tuple[int, int]) -> bool:
    """Whether another deadline holds the words of one, and says more."""
    if other is item or not (where[0] <= span[0] and span[1] <= where[1]):
        return False
    return _is_day(other) and (where != span or not _is_day(item))


def _is_day(item: Deadline) -> bool:
    return item.date is not None and item.date.precision is Precision.DAY


def distinct(deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """Each date once (a letter repeats its deadline; a day to attend is not one to hand in), dateless ones once by
    their words."""
    kept: dict[object, Deadline] = {}
    for deadline in deadlines:
        attended = deadline.date is not None and deadline.kind is DeadlineKind.EVENT
        kept.setdefault((deadline.date or (deadline.text, deadline.kind), attended), deadline)
    return tuple(kept.values())
