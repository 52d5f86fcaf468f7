"""The language of the house: what a Thai official letter is, as plain frozen values. Imports nothing of ours."""

import os

# pythainlp makes a folder in the user's home when imported, which a service account may not have; it needs none here.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

from letters.date import LetterDate, Precision, fiscal_year
from letters.letter import (
    Action,
    Attachment,
    AttachmentKind,
    Body,
    Contact,
    ContactKind,
    Coordinator,
    DatedFact,
    DateRole,
    Deadline,
    DeadlineKind,
    Doubt,
    Enclosure,
    Kind,
    Letter,
    Packet,
    Passage,
    ReceivedStamp,
    Recipient,
    Reference,
    Relation,
    Signatory,
)
from letters.number import LetterNumber
from letters.office import Office, OfficeKind
from letters.page import Alternative, Box, Code, Ink, Line, Page, Source, Word
from letters.reading import Evidence, Reading, Repair, Rival

__all__ = [
    "Action",
    "Alternative",
    "Attachment",
    "AttachmentKind",
    "Body",
    "Box",
    "Code",
    "Contact",
    "ContactKind",
    "Coordinator",
    "DateRole",
    "DatedFact",
    "Deadline",
    "DeadlineKind",
    "Doubt",
    "Enclosure",
    "Evidence",
    "Ink",
    "Kind",
    "Letter",
    "LetterDate",
    "LetterNumber",
    "Line",
    "Office",
    "OfficeKind",
    "Packet",
    "Page",
    "Passage",
    "Precision",
    "Reading",
    "ReceivedStamp",
    "Recipient",
    "Reference",
    "Relation",
    "Repair",
    "Rival",
    "Signatory",
    "Source",
    "Word",
    "fiscal_year",
]
