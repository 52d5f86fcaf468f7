"""What a citing letter does with the cited one, from where the citation stands and the words around it."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from chain.model import LinkRelation
from letters import Letter, Reference, Relation
from letters.text import mend, squeeze

_AROUND = 80  # characters before and after a citation that are looked at
_PLAIN = {
    Relation.ENCLOSURE: LinkRelation.FORWARDS,
    Relation.REFERENCE: LinkRelation.REFERS,
    Relation.BODY: LinkRelation.MENTIONS,
}


@cache
def cues() -> tuple[tuple[LinkRelation, str, re.Pattern[str], str], ...]:
    """Relation, where to look (``subject``, ``sentence`` before the citation, ``after`` it), pattern, an example."""
    table = resources.files("chain").joinpath("data/cues.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    return tuple((LinkRelation(name), where, re.compile(pattern), example) for name, where, pattern, example in rows)


def relation_of(letter: Letter, reference: Reference) -> LinkRelation:
    """The relation of one citation. An enclosure is forwarded whatever the words; a subject's cue speaks for อ้างถึง;
    in the body the words around the citation count."""
    plain = _PLAIN[reference.relation]
    if plain is LinkRelation.FORWARDS:
        return plain
    before, after = _around(letter, reference)
    texts = {"sentence": before, "after": after if plain is LinkRelation.MENTIONS else "",
             "subject": squeeze(mend(letter.subject.value or "")) if plain is LinkRelation.REFERS else ""}
    return next((name for name, where, pattern, _ in cues() if texts[where] and pattern.search(texts[where])), plain)


def says_enclosed(letter: Letter, reference: Reference) -> bool:
    """Whether the letter says that it encloses the cited one."""
    return relation_of(letter, reference) is LinkRelation.FORWARDS


def _around(letter: Letter, reference: Reference) -> tuple[str, str]:
    """The text before and after the citation, without blanks; empty where the citation's words are not known."""
    words = reference.evidence.text if reference.evidence else ""
    place = letter.text.find(words) if words else -1
    if place < 0:
        return "", ""
    end = place + len(words)
    before, after = letter.text[max(0, place - _AROUND) : place], letter.text[end : end + _AROUND]
    return squeeze(mend(before)), squeeze(mend(after))
