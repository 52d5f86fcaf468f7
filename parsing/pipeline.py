"""The room's spaCy pipeline: one small component a field, in the order in which they need one another.

A letter's printed text is a ``Doc`` of one token a character: Thai word segmentation costs hundreds of times what the
finders do and no finder needs it, and any character span is then an exact ``doc.spans`` entry that a page can show.
The finders in ``parsing.fields`` do the reading; a component stores their result under its name and labels its spans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from letters import Body, Code, ContactKind, Evidence, Letter, LetterDate, Reading, ReceivedStamp
from parsing.fields import (
    actions,
    address,
    body,
    citations,
    closing,
    contacts,
    deadlines,
    head,
    recipients,
    sender,
    stamps,
)
from parsing.fields.handwritten import sure_date
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


@dataclass(slots=True)
class Draft:
    """A letter in the making: its sheet and the fields found so far."""

    sheet: Sheet
    fields: dict[str, Any] = field(default_factory=dict)


Finder = Callable[[Draft], Any]


def _value(draft: Draft, name: str) -> Any:
    reading = draft.fields.get(name)
    return reading.value if reading is not None else None


def _deadlines(draft: Draft) -> deadlines.Found:
    date: Reading[LetterDate] = draft.fields["date"]
    cited = [reference.date.value for reference in draft.fields["references"] if reference.date.value]
    return deadlines.find_deadlines(draft.sheet, sure_date(date), cited)


def _stamps(draft: Draft) -> tuple[ReceivedStamp, ...]:
    date: Reading[LetterDate] = draft.fields["date"]
    return tuple(_weighed(stamp) for stamp in stamps.find_stamps(draft.sheet, date.value))


def _weighed(stamp: ReceivedStamp) -> ReceivedStamp:
    """The stamp with how sure it is: the more of it was read, and the less of that is in doubt, the surer."""
    parts = sum(part is not None for part in (stamp.office, stamp.number, stamp.date, stamp.time))
    return replace(stamp, confidence=(0.3 + 0.15 * parts) * 0.7 ** len(stamp.doubts))


# Field → finder, in working order: the sender helps to mend the number, the date to judge deadlines.
FINDERS: tuple[tuple[str, Finder], ...] = (
    ("form", lambda draft: head.find_form(draft.sheet)),
    ("kind", lambda draft: draft.fields["form"].value),
    ("issuer", lambda draft: sender.find_issuer(draft.sheet, draft.fields["kind"])),
    ("address", lambda draft: sender.find_address(draft.sheet, draft.fields["issuer"])),
    ("number", lambda draft: head.find_number(draft.sheet, _value(draft, "issuer"))),
    ("date", lambda draft: head.find_date(draft.sheet, draft.fields["kind"])),
    ("urgency", lambda draft: head.find_urgency(draft.sheet)),
    ("secrecy", lambda draft: head.find_secrecy(draft.sheet)),
    ("subject", lambda draft: address.find_subject(draft.sheet)),
    ("salutation", lambda draft: address.find_salutation(draft.sheet)),
    ("addressed_as", lambda draft: draft.fields["salutation"].value),
    ("recipients", lambda draft: recipients.find_recipients(draft.sheet)),
    ("references", lambda draft: citations.find_references(draft.sheet, _value(draft, "number"))),
    ("enclosures", lambda draft: address.find_enclosures(draft.sheet)),
    ("dated", _deadlines),
    ("body", lambda draft: body.find_body(draft.sheet)),
    ("actions", lambda draft: actions.find_actions(draft.sheet)),
    ("signatory", lambda draft: closing.find_signatory(draft.sheet)),
    ("office", lambda draft: closing.find_office(draft.sheet)),
    ("contacts", lambda draft: contacts.find_contacts(draft.sheet)),
    ("coordinators", lambda draft: contacts.find_coordinators(draft.sheet, draft.fields["contacts"])),
    ("received_stamps", _stamps),
    ("copy_mark", lambda draft: head.find_copy_mark(draft.sheet)),
)


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


def read_letter(rows: Sequence[Row], pages: tuple[int, ...], codes: tuple[Code, ...] = ()) -> tuple[Letter, Doc]:
    """One letter's fields from its rows, and the ``Doc`` with the labelled spans they came from."""
    sheet = Sheet.of(tuple(rows), codes)
    printed = sheet.printed
    nlp = pipeline()
    doc = nlp.make_doc(printed.text)
    doc.user_data["draft"] = Draft(sheet)
    for _, component in nlp.pipeline:
        doc = component(doc)
    fields = dict(doc.user_data["draft"].fields)
    found: deadlines.Found = fields.pop("dated")
    text = printed.text.strip("\n")
    lead = len(printed.text) - len(printed.text.lstrip("\n"))
    letter = Letter(
        pages=pages,
        deadlines=found.deadlines,
        dated_facts=found.facts,
        phones=contacts.values(fields["contacts"], ContactKind.PHONE),
        faxes=contacts.values(fields["contacts"], ContactKind.FAX),
        emails=contacts.values(fields["contacts"], ContactKind.EMAIL),
        urls=contacts.values(fields["contacts"], ContactKind.URL),
        qr=tuple(code.text for code in codes),
        text=text,
        by_hand=tuple((start - lead, end - lead) for start, end in printed.by_hand()),
        **fields,
    )
    return letter, doc


def _evidence(value: Any) -> Iterable[Evidence]:
    """All evidence inside a field's value, whatever its type."""
    if isinstance(value, deadlines.Found):
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
