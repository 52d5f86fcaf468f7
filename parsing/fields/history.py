"""Which stretches of a body tell what went before, so that nothing in them binds anybody now."""

from __future__ import annotations

import re

from parsing.fields.phrases import BEFORE_NOW, CAUSE, CAUSE_END, DONE, NOW, TURN, WISH


def history_spans(text: str) -> list[tuple[int, int]]:
    """Stretches of a body that tell what went before: the cause up to its ``นั้น``, and what ``บัดนี้`` reports as done."""
    spans: list[tuple[int, int]] = []
    for start in CAUSE.finditer(text):
        if spans and start.start() < spans[-1][1]:
            continue
        end = CAUSE_END.search(text, start.end())
        wish = re.search(r"(?:จึง|ขอให้|ในการนี้|\n\s*\d{1,2}\s*\.)", text[start.end() :])
        if end and not (
            wish and _new_paragraph_before(text, start.end(), end.start()) and start.end() + wish.start() < end.start()
        ):
            spans.append((start.start(), end.end()))
    for before in BEFORE_NOW.finditer(text):
        end = TURN.search(text, before.end())
        spans.append((before.start(), end.start() if end else len(text)))
    for now in NOW.finditer(text):
        done = DONE.search(text, now.end(), min(len(text), now.end() + 400))
        if done and not WISH.search(text, now.end(), done.start()):
            spans.append((now.start(), done.end()))
    return spans


def _new_paragraph_before(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"\n\s*(?:ในการนี้|ดังนั้น|เพื่อให้|จังหวัด[^\n]{0,40}พิจารณา|กรม[^\n]{0,60}พิจารณา)", text[start:end]))
