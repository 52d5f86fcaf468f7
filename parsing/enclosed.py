"""Rules enclosed with a letter: they begin like announcements, but go with the letter that lists them.

An announcement has its own day and signer, and is a letter of the packet (DOMAIN section 2), also where another
encloses it. What another body laid down in clauses that come into force is an enclosure.
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
SHORTEST = 6
"""Characters of a row that may be a heading; shorter ones are strays."""
_RULES = re.compile(either("ประกาศ", "ระเบียบ", "ข้อบังคับ", "กฎกระทรวง", "ข้อกำหนด"))
_CLAUSE = re.compile(r"(?:^|\n)\s*ข้อ\s?1\s?(?!\d)")
_IN_FORCE = re.compile(either("ให้ใช้บังคับ", "ให้มีผลใช้บังคับ", "ประกาศนี้ให้ใช้", "ระเบียบนี้ให้ใช้", "จึงสมควรกำหนด", "จึงสมควรปรับปรุง"))
_BODY_OF = re.compile(r"^\s*(?:ประกาศ|ระเบียบ|ข้อบังคับ)(?P<body>[ก-๙ ]{4,80})")


def is_enclosed(leaf: Leaf, letter: Sequence[Leaf]) -> bool:
    """Whether a page begins rules of another body that ``letter`` (its pages) lists among its enclosures."""
    worded = [row.folded for row in leaf.filled if len(row.text.strip()) >= SHORTEST][:HEADING_ROWS]
    heading = next((text for text in worded if labels.ANNOUNCEMENT.match(text)), None)
    return heading is not None and _lists_rules(letter) and _is_rule_of_another(leaf, heading, letter)


def _is_rule_of_another(leaf: Leaf, heading: str, letter: Sequence[Leaf]) -> bool:
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
