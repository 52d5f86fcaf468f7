"""What the body asks for: numbered items and single requests, in the letter's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters import Action
from letters.text import arabic
from parsing import labels
from parsing.fields.address import joined
from parsing.fields.history import history_spans
from parsing.flow import Flow
from parsing.loose import either
from parsing.sections import Part
from parsing.sheet import Sheet

_REQUEST = re.compile(
    either(
        "จึงขอให้",
        "จึงขอความร่วมมือ",
        "จึงขอความอนุเคราะห์",
        "จึงให้",
        "ขอความร่วมมือ",
        "ขอความอนุเคราะห์",
        "โดยขอให้",
        "ขอให้",
        "ขอได้โปรด",
        "ขอเชิญ",
        "จึงขอเชิญ",
        "ให้ดำเนินการ",
        "จึงขอ",
        "ขอส่ง",
    )
)
_LIST = re.compile(either("ดังนี้", "ดังต่อไปนี้", "ต่อไปนี้"))


def find_actions(sheet: Sheet) -> tuple[Action, ...]:
    """Numbered items after ``ดังนี้`` where there are any, else the sentences that ask; never what the cause tells."""
    flow = sheet.part(Part.BODY)
    items = list(_items(flow))
    return tuple(items or _requests(flow))


def _items(flow: Flow) -> Iterator[Action]:
    """Rows that begin with a list number, with the rows that go on with them."""
    texts = [arabic(row.text) for row in flow.rows]
    heads = [
        index for index, text in enumerate(texts) if (match := labels.ITEM.match(text)) and "." not in match["number"]
    ]
    if len(heads) < 2 or not any(_LIST.search(text) for text in texts[: heads[0]]):
        return
    for head, following in zip(heads, [*heads[1:], len(texts)], strict=True):
        end = next((i for i in range(head + 1, following) if not texts[i].strip() or _ends_list(texts[i])), following)
        number = labels.ITEM.match(texts[head])
        if number is None:
            continue
        start, stop = flow.start_of(head) + number.end(), flow.span(head, end)[1]
        yield Action(joined(flow.text[start:stop]), number["number"], flow.evidence(start, stop))


def _ends_list(text: str) -> bool:
    return bool(labels.PURPOSE.match(text) or re.match(rf"\s*{either('ทั้งนี้', 'ในการนี้', 'อนึ่ง')}", text))


def _requests(flow: Flow) -> Iterator[Action]:
    history = history_spans(flow.text)
    position = 0
    for match in _REQUEST.finditer(flow.text):
        if match.start() < position or any(start <= match.start() < end for start, end in history):
            continue
        end = _request_end(flow.text, match.end())
        position = end
        yield Action(joined(flow.text[match.start() : end]), None, flow.evidence(match.start(), end))


def _request_end(text: str, start: int) -> int:
    """A request ends with its paragraph, or where details, a purpose or an aside begin."""
    stop = re.search(
        rf"\n\s*\n|\n\s*{either('จึงเรียน', 'ทั้งนี้', 'อนึ่ง', 'ในการนี้')}|\s(?={either('รายละเอียด', 'ทั้งนี้', 'จึงเรียน')})",
        text[start:],
    )
    return start + stop.start() if stop else len(text.rstrip())
