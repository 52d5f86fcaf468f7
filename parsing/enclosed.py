"""Announcements enclosed with a letter: they begin like letters of their own, but go with the letter that lists them.

An announcement that no letter lists, or that the letter is about (its subject speaks of it), is a letter of the packet;
so is one of which the letter passes on a copy (สำเนาประกาศ), as a copied letter is. Rules of another body, laid out in
clauses that come into force, are enclosures all the same.
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
_AS_COPY = re.compile(either("สำเนาประกาศ", "สำเนาระเบียบ", "สำเนาข้อบังคับ", spaced=True))
_CLAUSE = re.compile(r"(?:^|\n)\s*ข้อ\s?1\s?(?!\d)")
_IN_FORCE = re.compile(either("ให้ใช้บังคับ", "ให้มีผลใช้บังคับ", "ประกาศนี้ให้ใช้", "ระเบียบนี้ให้ใช้", "จึงสมควรกำหนด", "จึงสมควรปรับปรุง"))
_BODY_OF = re.compile(r"^\s*(?:ประกาศ|ระเบียบ|ข้อบังคับ)(?P<body>[ก-๙ ]{4,80})")


def is_enclosed(leaf: Leaf, letter: Sequence[Leaf]) -> bool:
    """Whether a page begins an announcement that ``letter`` (its pages) lists among its enclosures, and that the letter
    is not about."""
    worded = [row.folded for row in leaf.filled if len(row.text.strip()) >= SHORTEST][:HEADING_ROWS]
    heading = next((text for text in worded if labels.ANNOUNCEMENT.match(text)), None)
    listed = _listed_rules(letter) if heading else []
    if heading is None or not listed:
        return False
    about = any(labels.SUBJECT.match(row.text) and _RULES.search(row.text) for leaf in letter for row in leaf.filled)
    copied = all(_AS_COPY.search(text) for text in listed)
    return not (about or copied) or _is_rule_of_another(leaf, heading, letter)


def _is_rule_of_another(leaf: Leaf, heading: str, letter: Sequence[Leaf]) -> bool:
    text = "\n".join(row.folded for row in leaf.filled)
    if not (_CLAUSE.search(text) and _IN_FORCE.search(text)):
        return False
    made = _BODY_OF.match(heading)
    head = squeeze("".join(row.text for leaf in letter[:1] for row in leaf.filled[:HEADING_ROWS]))
    return made is not None and squeeze(made["body"]) not in head


def _listed_rules(letter: Sequence[Leaf]) -> list[str]:
    """The rows of a letter's list of enclosures that name an announcement or rules."""
    rows = [row.folded for leaf in letter for row in leaf.filled]
    first = next((at for at, text in enumerate(rows) if labels.ENCLOSURE.match(text)), None)
    if first is None:
        return []
    listed = rows[first : first + LISTED_WITHIN]
    end = next((at for at, text in enumerate(listed[1:], 1) if labels.BODY_STARTS.match(text)), len(listed))
    return [text for text in listed[:end] if _RULES.search(text)]
