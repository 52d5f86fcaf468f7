"""The finders as a spaCy pipeline: one small component a field, and a letter as a ``Doc`` with labelled spans.

A letter's printed text is a ``Doc`` of one token a character: Thai word segmentation costs hundreds of times what the
finders do and no finder needs it, and any character span is then an exact ``doc.spans`` entry that a page can show.
Loading spaCy costs more than reading a page, so that only who wants the spans imports this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from letters import Body, Code, Evidence, Page
from parsing.fields.deadlines import Found
from parsing.finders import FINDERS, Draft, Finder
from parsing.flow import Row
from parsing.linguist import Doc, Language, Vocab, displacy, filter_spans, registry, spacy
from parsing.sheet import Sheet
from parsing.split import split_packet

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
        value = draft.fields[name] = finder(draft)
        told = {"deadlines": value.deadlines, "dated_facts": value.facts} if isinstance(value, Found) else {name: value}
        for label, part in told.items():
            spans = [_span(doc, draft.sheet, evidence, label) for evidence in _evidence(part)]
            doc.spans[label] = [span for span in spans if span is not None]
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


def marked_page(pages: Sequence[Page]) -> str:
    """An HTML page that shows the letters of read pages with the words marked that each field came from: spaCy's own
    picture of entities, the longest where several fields share words; without body and actions, which hold the rest."""
    docs = [annotated(segment.rows) for segment in split_packet(pages).letters]
    for doc in docs:
        shown = (spans for name, spans in doc.spans.items() if name not in ("body", "actions"))
        doc.set_ents(filter_spans([span for spans in shown for span in spans]))
    return str(displacy.render(docs, style="ent", page=True, jupyter=False, options={"lang": "th"}))


def _evidence(value: Any) -> Iterable[Evidence]:
    """All evidence inside a field's value, whatever its type."""
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
