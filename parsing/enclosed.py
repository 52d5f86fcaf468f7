"""Rules enclosed with a letter: announcements of another body that the letter lists among its enclosures.

They begin like letters of their own, but bind by themselves and go with the letter that sends them. An announcement of
the sender itself, or one that no letter lists, is a letter of the packet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.text import squeeze
from parsing import labels
from parsing.loose import either
from parsing.order import Leaf

LISTED_WITHIN = 12
"""Rows from the label of the enclosures on that can belong to their list."""
HEADING_ROWS = 8
_RULES = re.compile(either("ประกาศ", "ระเบียบ", "ข้อบังคับ", "กฎกระทรวง", "ข้อกำหนด"))
_CLAUSE = re.compile(r"(?:^|\n)\s*ข้อ\s?1\s?(?!\d)")
_IN_FORCE = re.compile(either("ให้ใช้บังคับ", "ให้มีผลใช้บังคับ", "ประกาศนี้ให้ใช้", "ระเบียบนี้ให้ใช้", "จึงสมควรกำหนด", "จึงสมควรปรับปรุง"))
_BODY_OF = re.compile(r"^\s*(?:ประกาศ|ระเบียบ|ข้อบังคับ)(?P<body>[ก-๙ ]{4,80})")


def is_enclosed_rule(leaf: Leaf, letter: Sequence[Leaf]) -> bool:
    """Whether a page begins a rule that ``letter`` (its pages) sends: the letter lists one among its enclosures, the
    page is laid out in clauses that come into force, and the body that makes it is not the letter's sender."""
    heading = next((row.folded for row in leaf.filled[:HEADING_ROWS] if labels.ANNOUNCEMENT.match(row.folded)), None)
    if heading is None or not _lists_rules(letter):
        return False
    text = "\n".join(row.folded for row in leaf.filled)
    if not (_CLAUSE.search(text) and _IN_FORCE.search(text)):
        return False
    made = _BODY_OF.match(heading)
    head = squeeze("".join(row.text for leaf in letter[:1] for row in leaf.filled[:HEADING_ROWS]))
    return made is not None and squeeze(made["body"]) not in head


def _lists_rules(letter: Sequence[Leaf]) -> bool:
    rows = [row.folded for leaf in letter for row in leaf.filled]
    first = next((at for at, text in enumerate(rows) if labels.ENCLOSURE.match(text)), None)
    if first is None:
        return False
    listed = rows[first : first + LISTED_WITHIN]
    end = next((at for at, text in enumerate(listed[1:], 1) if labels.BODY_STARTS.match(text)), len(listed))
    return any(_RULES.search(text) for text in listed[:end])
