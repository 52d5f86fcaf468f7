"""The finders as a spaCy pipeline: one small component a field, and a letter as a ``Doc`` with labelled spans.

A letter's printed text is a ``Doc`` of one token a character: Thai word segmentation costs hundreds of times what the
finders do and no finder needs it, and any character span is then an exact ``doc.spans`` entry that a page can show.
Loading spaCy costs more than reading a page, so that only who wants the spans imports this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from letters import Body, Code, Evidence
from parsing.fields.deadlines import Found
from parsing.finders import FINDERS, Draft, Finder
from parsing.flow import Row
from parsing.linguist import Doc, Language, Vocab, registry, spacy
from parsing.sheet import Sheet

TOKENIZER = "saraban.characters.v1"


class CharacterTokenizer:
    """Makes a ``Doc`` whose tokens are the characters of the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a ``Doc``; an empty text gives an empty one."""
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


registry.tokenizers.register(TOKENIZER, func=lambda: lambda nlp: CharacterTokenizer(nlp.vocab))


def _component(name: str, finder: Finder) -> Callable[[Doc], Doc]:
    def run(doc: Doc) -> Doc:
        draft: Draft = doc.user_data["draft"]
        draft.fields[name] = finder(draft)
        spans = [_span(doc, draft.sheet, evidence, name) for evidence in _evidence(draft.fields[name])]
        doc.spans[name] = [span for span in spans if span is not None]
        return doc

    return run


for _name, _finder in FINDERS:
    Language.component(f"letter_{_name}", func=_component(_name, _finder))


@cache
def pipeline() -> Language:
    """The pipeline, made once a process."""
    nlp = spacy.blank("th", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    for name, _ in FINDERS:
        nlp.add_pipe(f"letter_{name}")
    return nlp


def annotated(rows: Sequence[Row], codes: tuple[Code, ...] = ()) -> Doc:
    """One letter's printed text with the labelled spans that its fields came from (``doc.spans[field]``); the fields
    themselves stand in ``doc.user_data["draft"]``."""
    draft = Draft(Sheet.of(tuple(rows), codes))
    nlp = pipeline()
    doc = nlp.make_doc(draft.sheet.printed.text)
    doc.user_data["draft"] = draft
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def _evidence(value: Any) -> Iterable[Evidence]:
    """All evidence inside a field's value, whatever its type."""
    if isinstance(value, Found):
        return [*_evidence(value.deadlines), *_evidence(value.facts)]
    if isinstance(value, tuple):
        return [evidence for item in value for evidence in _evidence(item)]
    if isinstance(value, Body):
        return [evidence for part in (value.cause, value.wish, value.end) for evidence in _evidence(part)]
    found = getattr(value, "evidence", None)
    if isinstance(found, Evidence):
        return [found]
    return found if isinstance(found, tuple) else []


def _span(doc: Doc, sheet: Sheet, evidence: Evidence, label: str) -> Any:
    """The piece of evidence as a span of the printed text; ``None`` where it stands outside it (stamps)."""
    place = sheet.printed.place(evidence)
    if place is None:
        return None
    end = min(place + evidence.end - evidence.start, len(doc))
    return doc.char_span(place, end, label=label, alignment_mode="expand")
