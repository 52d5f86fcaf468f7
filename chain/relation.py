"""What a citing letter does with the cited one, from where the citation stands and the words around it.

A body often only points back to the line อ้างถึง (``ตามหนังสือที่อ้างถึง ๒``): what it says there counts for that
citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from chain.model import LinkRelation
from letters import Letter, Reference, Relation
from letters.text import arabic, mend, squeeze

_AROUND = 80  # characters before and after a citation that are looked at
_PLAIN = {
    Relation.ENCLOSURE: LinkRelation.FORWARDS,
    Relation.REFERENCE: LinkRelation.REFERS,
    Relation.BODY: LinkRelation.MENTIONS,
}
_POINTER = re.compile(r"(?:ตาม|จาก|ใน)?(?:หนังสือ)?(?:ที่|ตาม)อ้างถึง(?P<which>\d{0,2})")


@dataclass(frozen=True, slots=True)
class Told:
    """A relation and the words that tell it, without blanks; no words where only the place of the citation tells it."""

    relation: LinkRelation
    words: str = ""


@cache
def cues() -> tuple[tuple[LinkRelation, str, re.Pattern[str], str], ...]:
    """Relation, where to look (``subject``, ``sentence`` before the citation, ``after`` it), pattern, an example."""
    table = resources.files("chain").joinpath("data/cues.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    return tuple((LinkRelation(name), where, re.compile(pattern), example) for name, where, pattern, example in rows)


def told_of(letter: Letter) -> tuple[Told, ...]:
    """The relation of each of a letter's citations."""
    subject = squeeze(mend(letter.subject.value or ""))
    text = arabic(squeeze(mend(letter.text)))
    lines = [place for place, one in enumerate(letter.references) if one.relation is Relation.REFERENCE]
    return tuple(_told(letter, reference, subject, list(_pointed(text, lines, place)))
                 for place, reference in enumerate(letter.references))


def _told(letter: Letter, reference: Reference, subject: str, pointed: list[tuple[str, str]]) -> Told:
    """An enclosure is forwarded whatever the words. What the sentence says comes before what the subject says."""
    plain = _PLAIN[reference.relation]
    if plain is LinkRelation.FORWARDS:
        return Told(plain)
    around = [_around(letter, reference), *pointed]
    for before, after in around:
        if found := _cue({"sentence": before, "after": after if plain is LinkRelation.MENTIONS else ""}):
            return found
    return (_cue({"subject": subject}) if plain is LinkRelation.REFERS else None) or Told(plain)


def _cue(texts: dict[str, str]) -> Told | None:
    for relation, where, pattern, _ in cues():
        if texts.get(where) and (found := pattern.search(texts[where])):
            return Told(relation, found[0])
    return None


def _pointed(text: str, lines: list[int], place: int) -> Iterator[tuple[str, str]]:
    """The words around every ``ตามหนังสือที่อ้างถึง`` that points to the citation at ``place``: the one it numbers, or
    without a number the only one."""
    for found in _POINTER.finditer(text) if place in lines else ():
        which = int(found["which"]) - 1 if found["which"] else 0
        if which < len(lines) and lines[which] == place and (found["which"] or len(lines) == 1):
            yield text[max(0, found.start() - _AROUND) : found.start()], text[found.end() : found.end() + _AROUND]


def _around(letter: Letter, reference: Reference) -> tuple[str, str]:
    """The text before and after the citation, without blanks; empty where the citation's words are not known."""
    words = reference.evidence.text if reference.evidence else ""
    place = letter.text.find(words) if words else -1
    if place < 0:
        return "", ""
    end = place + len(words)
    before, after = letter.text[max(0, place - _AROUND) : place], letter.text[end : end + _AROUND]
    return squeeze(mend(before)), squeeze(mend(after))
