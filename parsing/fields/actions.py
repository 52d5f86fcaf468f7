"""What the body asks for: numbered items and single requests, each with its verb and object, in the letter's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters import Action
from parsing import labels
from parsing.fields.address import joined
from parsing.fields.history import history_spans, is_history
from parsing.flow import Flow
from parsing.loose import either, loose
from parsing.parts import Part
from parsing.sheet import Sheet
from parsing.tables import column


def _words(group: str) -> str:
    return either(*column("requests", "word", group=group))


_ACTOR = either(*column("actors", "word"))
OPENER = re.compile(f"(?<!แ){_words('opener')}")  # without its marks จึงให้ stands in แจ้งให้
_LIST = re.compile(_words("list"))
_LIST_ENDS = re.compile(rf"\s*{_words('aside')}")
_STOP = re.compile(
    rf"\n\s*\n|\n\s*{either('จึงเรียน', *column('requests', 'word', group='aside'))}"
    rf"|\s(?={_words('end')})"
)
_MEMBER = re.compile(rf"{_words('member')}\s*$")
_PERSON = re.compile(rf"\s*{either(*column('persons', 'word'))}[ก-์]")

# A verb stands where no word for a thing made of it does (การรายงาน, แบบสำรวจ, ผู้รับ); ดำเนินการ is a verb itself.
_NOUN = (
    f"(?:(?<=ดำเนินการ)|{'|'.join(f'(?<={word})' for word in column('requests', 'word', group='worker'))}"
    "|(?<!การ)(?<!งาน))(?<![เแโใไ])" + "".join(f"(?<!{word})" for word in column("requests", "word", group="before"))
)
SHORT = 5  # letters: with its marks forgiven, a shorter verb would stand inside other words
_VERBS = "|".join(
    loose(verb) if len(verb) >= SHORT else f"{re.escape(verb)}(?![ะ-ฺ็-๎])"  # ลด is none of ดังกล่าว behind ล
    for verb in sorted(column("requests", "word", group="verb"), key=len, reverse=True)
)
_THINGS = "|".join(column("requests", "word", group="thing"))
_LIGHT = re.compile(rf"{_NOUN}{_words('light')}(?:\s*{_words('light')})*")
_VERB = re.compile(
    rf"{_NOUN}(?P<verb>(?:{_VERBS})(?:(?:\s?(?:และ|หรือ|,)\s?|\s?(?!{_THINGS}))(?:{_VERBS}))*)"
    r"(?!เสริมการปกครอง)(?!เสริมสุขภาพ)(?<!ตั้ง(?=แต่))(?<!ประกาศ(?=\s?ณ))"
)
_OBJECT_END = re.compile(
    rf"\s*(?:{_words('limit')}"
    rf"|(?:{loose('และ')}|{loose('พร้อมทั้ง')})\s?(?={_VERBS})|(?<=\s)(?:{loose('โดย')}|{loose('เพื่อ')}))"
)
_CASE = re.compile(rf"\s*{_words('case')}.{{3,300}}?\sให้")  # "กรณี … ให้ติดต่อ …"
# A sentence that begins with ให้, and who is to do what.
_PLAINLY = re.compile(rf"(?:(?<=\s)|^)(?:และ)?ให้\s?(?={_ACTOR}|{_VERBS})", re.MULTILINE)
REACH = 160  # characters from a request's beginning in which its verb stands, behind whom it asks


def find_actions(sheet: Sheet) -> tuple[Action, ...]:
    """Numbered items after ``ดังนี้`` where there are any, else the sentences that ask, else those that tell what to do
    (radio messages: ``ให้อำเภอแจ้งเตือนประชาชน``); never what the cause tells."""
    flow = sheet.part(Part.BODY)
    items = list(_items(flow))
    return tuple(items or _requests(flow, OPENER)) or tuple(_requests(flow, _PLAINLY))


def _items(flow: Flow) -> Iterator[Action]:
    """Rows that begin with a list number, with the rows that go on with them. A list of persons asks for nothing."""
    texts = [row.folded for row in flow.rows]
    heads = [
        (index, match)
        for index, text in enumerate(texts)
        if (match := labels.ITEM.match(text)) and "." not in match["number"]
    ]
    if len(heads) < 2 or not any(_LIST.search(text) for text in texts[: heads[0][0]]):
        return
    if sum(bool(_names_somebody(texts[index][match.end() :])) for index, match in heads) * 2 > len(heads):
        return
    for (head, number), following in zip(heads, [*(index for index, _ in heads[1:]), len(texts)], strict=True):
        end = next((i for i in range(head + 1, following) if not texts[i].strip() or _ends_list(texts[i])), following)
        start, stop = flow.start_of(head) + number.end(), flow.span(head, end)[1]
        yield _action(flow, start, stop, start, number["number"])


def _names_somebody(text: str) -> bool:
    """Whether an entry of a list is a person or a member of a committee (๑. ปลัด… ประธานกรรมการ)."""
    return bool(_PERSON.match(text) or _MEMBER.search(text))


def _ends_list(text: str) -> bool:
    return bool(labels.PURPOSE.match(text) or _LIST_ENDS.match(text))


def _requests(flow: Flow, opener: re.Pattern[str]) -> Iterator[Action]:
    history = history_spans(flow.text)
    position = 0
    for match in opener.finditer(flow.text):
        if match.start() < position or is_history(match.start(), history):
            continue
        position = _request_end(flow.text, match.end())
        told = match.end() - (len("ส่ง") if match[0].endswith("ส่ง") else 0)  # what is asked for is in ขอส่ง itself
        yield _action(flow, match.start(), position, told, None)


def _request_end(text: str, start: int) -> int:
    """A request ends with its paragraph, or where details, a purpose or an aside begin."""
    stop = _STOP.search(text, start)
    return stop.start() if stop else len(text.rstrip())


def _action(flow: Flow, start: int, stop: int, told: int, number: str | None) -> Action:
    """The request at ``start:stop`` of the body; its verb is looked for from ``told`` on."""
    words = joined(flow.text[told:stop])
    verb, thing = verb_and_object(words)
    sure = 0.95 * flow.confidence(start, stop) * (1.0 if verb else 0.7)
    return Action(joined(flow.text[start:stop]), number, flow.evidence(start, stop), verb, thing, sure)


def verb_and_object(words: str) -> tuple[str | None, str | None]:
    """What to do and what to do it to, as printed; light verbs before the one that counts are skipped.

    >>> verb_and_object("องค์กรปกครองส่วนท้องถิ่นดำเนินการบันทึกข้อมูล ภายในวันที่ 5")
    ('บันทึก', 'ข้อมูล')
    """
    case = _CASE.match(words)
    first = case.end() if case else 0
    verb = _VERB.search(words, first, first + REACH)
    light = _LIGHT.search(words, first, first + REACH)
    if verb is None:
        return (light[0].strip(), words[light.end() :].strip(" ,") or None) if light else (None, None)
    end = _OBJECT_END.search(words, verb.end())
    thing = words[verb.end() : end.start() if end else len(words)].strip(" ,.")
    return verb["verb"], thing or None
