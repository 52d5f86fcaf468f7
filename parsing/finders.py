"""A letter's fields by their finders, in the order in which they need one another.

The finders in ``parsing.fields`` do the reading, each a pure function from the sheet; ``parsing.pipeline`` runs the
same ones as components of a spaCy pipeline, where labelled spans are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from letters import Code, ContactKind, Letter, LetterDate, Reading, ReceivedStamp
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
from parsing.sheet import Sheet


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
    years = {rival.value.year for rival in date.rivals} | {date.value.year} if date.value else set()
    firm = not date.repairs and len(years) == 1
    return deadlines.find_deadlines(draft.sheet, sure_date(date), cited, firm=firm)


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


def read_letter(rows: Sequence[Row], pages: tuple[int, ...], codes: tuple[Code, ...] = ()) -> Letter:
    """One letter from its rows: every field with its evidence, confidences as the finders gave them."""
    draft = Draft(Sheet.of(tuple(rows), codes))
    for name, finder in FINDERS:
        draft.fields[name] = finder(draft)
    return _letter(draft, pages)


def _letter(draft: Draft, pages: tuple[int, ...]) -> Letter:
    fields, printed = dict(draft.fields), draft.sheet.printed
    found: deadlines.Found = fields.pop("dated")
    lead = len(printed.text) - len(printed.text.lstrip("\n"))
    return Letter(
        pages=pages,
        deadlines=found.deadlines,
        dated_facts=found.facts,
        phones=contacts.values(fields["contacts"], ContactKind.PHONE),
        faxes=contacts.values(fields["contacts"], ContactKind.FAX),
        emails=contacts.values(fields["contacts"], ContactKind.EMAIL),
        urls=contacts.values(fields["contacts"], ContactKind.URL),
        qr=tuple(code.text for code in draft.sheet.codes),
        text=printed.text.strip("\n"),
        by_hand=tuple((start - lead, end - lead) for start, end in printed.by_hand()),
        **fields,
    )
