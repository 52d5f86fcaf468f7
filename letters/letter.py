"""A letter and its packet: everything one paper says, field by field."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, field
from enum import StrEnum

from letters.date import LetterDate, Precision
from letters.number import LetterNumber
from letters.page import Page
from letters.reading import Evidence, Reading, Rival

SATURDAY = 5  # as datetime counts weekdays


class Kind(StrEnum):
    """Types of letters in the Regulation, and the radio message form in use beside them."""

    EXTERNAL = "external"
    STAMPED = "stamped"
    MEMO = "memo"
    RADIO = "radio"
    ORDER = "order"
    ANNOUNCEMENT = "announcement"


class Relation(StrEnum):
    """Where in a letter another one is cited: อ้างถึง, สิ่งที่ส่งมาด้วย, or in the body."""

    REFERENCE = "reference"
    ENCLOSURE = "enclosure"
    BODY = "body"


class DeadlineKind(StrEnum):
    """What sort of time a duty has. EVENT: a meeting to attend; URGENT: โดยด่วน, without a day."""

    DATE = "date"
    RELATIVE = "relative"
    RECURRING = "recurring"
    URGENT = "urgent"
    EVENT = "event"


class AttachmentKind(StrEnum):
    """What pages that are no letter hold."""

    TABLE = "table"
    MANUAL = "manual"
    FORM = "form"
    QR = "qr"
    OTHER = "other"


class DateRole(StrEnum):
    """What a date that is no deadline tells."""

    HISTORY = "history"
    PASSED = "passed"  # a deadline of the letter that was over when the packet's newest letter passed it on
    EVENT = "event"
    EFFECTIVE = "effective"
    CITED = "cited"
    MAYBE = "maybe"  # may be a deadline, though no phrase says so: for a person
    OTHER = "other"


class ContactKind(StrEnum):
    """How a sender can be reached. A number printed as โทร./โทรสาร is both."""

    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One addressee as printed: ``นายอำเภอ ทุกอำเภอ``. ``everyone`` where the words name a group to expand (ทุก…)."""

    name: str
    everyone: bool = False
    evidence: Evidence | None = None
    confidence: float = dataclasses.field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """Another letter this one cites. ``number`` may be empty (an announcement has none)."""

    relation: Relation
    number: Reading[LetterNumber]
    date: Reading[LetterDate]
    issuer: str | None = None
    urgency: str | None = None
    title: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something asked for is due. ``date`` is the day named (``None``: no day known yet); ``before``: it must be
    done before that day (ก่อนวันที่ …), so that :attr:`last_day` is the day before.

    RELATIVE: ``days`` after what ``starts`` names, or ``before`` it (``receipt``, ``letter``, ``publication``,
    ``event``; ``None`` where the words name nothing), counted in working days where ``working``. RECURRING: ``rule``
    (RFC 5545 RRULE).
    ``opens``: first day of a window to act in, or from which a rule runs. ``time``: the hour named, ``HH:MM``.
    ``rivals``: what else the day named may be. ``text`` are the exact words of the phrase, ``sentence`` the words
    around it; ``action`` what is asked for by then and ``recipient`` who must do it, in the letter's words, where they
    say so. ``why``: what made it a deadline, in plain Thai.
    """

    kind: DeadlineKind
    text: str
    date: LetterDate | None = None
    days: int | None = None
    starts: str | None = None
    rule: str | None = None
    sentence: str = ""
    confidence: float = 1.0
    evidence: Evidence | None = None
    before: bool = False
    working: bool = False
    opens: LetterDate | None = None
    time: str | None = None
    action: str | None = None
    recipient: str | None = None
    rivals: tuple[Rival[LetterDate], ...] = ()
    why: str = dataclasses.field(default="", compare=False)

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it is still in time; of a month, its last day. A day that could not be read is none:
        the end of its month would be a guess that nobody sees."""
        if self.date is None or self.date.precision is Precision.UNKNOWN_DAY:
            return None
        return self.date.earliest - dt.timedelta(days=1) if self.before else self.date.latest

    def due(self, start: dt.date | None, holidays: Container[dt.date] = ()) -> dt.date | None:
        """The last day once the day it counts from is known: ``start`` itself is not counted (Civil and Commercial
        Code, section 193/3). Where something is due so many days ``before`` what it counts from (ก่อนวันประชุม ๓ วัน),
        they are counted back from it. Working days leave out Saturdays, Sundays and ``holidays``. A deadline with a day
        of its own has that one; ``None`` where nothing says when.
        """
        if self.date is not None or self.days is None or start is None:
            return self.last_day
        step = dt.timedelta(days=-1 if self.before else 1)
        if not self.working:
            return start + step * self.days
        day, left = start, self.days
        while left:
            day += step
            left -= day.weekday() < SATURDAY and day not in holidays
        return day


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A date that binds nobody to act now, kept so that it is visibly not a deadline. ``why``: what settled its role,
    in plain Thai, where more than a phrase did."""

    date: LetterDate
    role: DateRole
    text: str
    evidence: Evidence | None = None
    why: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing asked for: a numbered item or a single request, in the letter's own words. ``verb`` is what to do
    (บันทึก, รายงาน …) and ``object`` what to do it to, both as printed; ``None`` where the words leave it open."""

    text: str
    number: str | None = None
    evidence: Evidence | None = None
    verb: str | None = None
    object: str | None = None
    confidence: float = dataclasses.field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the body in its own words, its rows joined to one line; ``evidence`` is where it begins."""

    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The three parts of a body (DOMAIN section 2): why it is written (ด้วย, ตามที่ … นั้น), what is wished (จึงขอให้,
    ดังนี้ ๑. ๒.), and its end (จึงเรียนมาเพื่อ…). A part the letter does not have is ``None``."""

    cause: Passage | None = None
    wish: Passage | None = None
    end: Passage | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One telephone or fax number, mail or web address, digits folded, otherwise as printed."""

    kind: ContactKind
    value: str
    evidence: Evidence | None = None
    confidence: float = dataclasses.field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A person to ask (ผู้ประสานงาน), with the post and the telephones printed beside the name."""

    name: str
    position: str | None = None
    phones: tuple[str, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One entry of สิ่งที่ส่งมาด้วย with its count as printed (``1 ชุด``)."""

    text: str
    count: str | None = None
    evidence: Evidence | None = None
    confidence: float = dataclasses.field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed. ``acting_kind``: ปฏิบัติราชการแทน (delegated) or รักษาราชการแทน / รักษาการแทน (post vacant or holder
    unable); ``acting_for`` the principal's post. ``position`` is the signer's own post."""

    name: str
    position: str | None = None
    acting_kind: str | None = None
    acting_for: str | None = None
    evidence: Evidence | None = None
    confidence: float = dataclasses.field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field a person should look at, and why, in plain Thai; ``parsing.reasons`` has the English."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReceivedStamp:
    """A receiving office's stamp, as far as readable. ``time`` is ``HH:MM``. ``doubts``: what of it a person should
    look at; ``maybe_numbers`` and ``maybe_dates``: what a doubtful number or date may be, likeliest first."""

    office: str | None = None
    number: str | None = None
    date: LetterDate | None = None
    time: str | None = None
    evidence: Evidence | None = None
    doubts: tuple[Doubt, ...] = dataclasses.field(default=(), compare=False)
    confidence: float = dataclasses.field(default=1.0, compare=False)
    maybe_numbers: tuple[str, ...] = dataclasses.field(default=(), compare=False)
    maybe_dates: tuple[LetterDate, ...] = dataclasses.field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a packet. ``pages`` count from 1 in the packet; ``text`` is its print in reading order,
    entries by hand among it; ``by_hand`` gives their places in it, from and to.

    ``address`` is the sender's as printed in the head, ``office`` the owner's office at the foot. ``phones``,
    ``faxes``, ``emails`` and ``urls`` are the values of ``contacts``. ``copy_mark`` is what calls the paper a copy
    (คู่ฉบับ, สำเนา …); ``form`` and ``salutation`` say where ``kind`` and ``addressed_as`` were read and how surely;
    ``copy_of`` the index of the letter of the same packet that it is another copy of.
    """

    pages: tuple[int, ...]
    kind: Kind = Kind.EXTERNAL
    number: Reading[LetterNumber] = field(default_factory=Reading)
    date: Reading[LetterDate] = field(default_factory=Reading)
    urgency: Reading[str] = field(default_factory=Reading)
    secrecy: Reading[str] = field(default_factory=Reading)
    issuer: Reading[str] = field(default_factory=Reading)
    subject: Reading[str] = field(default_factory=Reading)
    addressed_as: str | None = None
    recipients: tuple[Recipient, ...] = ()
    references: tuple[Reference, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    dated_facts: tuple[DatedFact, ...] = ()
    actions: tuple[Action, ...] = ()
    signatory: Signatory | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    qr: tuple[str, ...] = ()
    received_stamps: tuple[ReceivedStamp, ...] = ()
    text: str = ""
    review: tuple[Doubt, ...] = ()
    address: Reading[str] = field(default_factory=Reading)
    office: Reading[str] = field(default_factory=Reading)
    body: Body = Body()
    contacts: tuple[Contact, ...] = ()
    coordinators: tuple[Coordinator, ...] = ()
    faxes: tuple[str, ...] = ()
    copy_mark: Reading[str] = field(default_factory=Reading)
    copy_of: int | None = None
    by_hand: tuple[tuple[int, int], ...] = ()
    form: Reading[Kind] = field(default_factory=Reading)
    salutation: Reading[str] = field(default_factory=Reading)

    @property
    def printed(self) -> str:
        """The text without what was entered by hand."""
        ends, starts = (0, *(end for _, end in self.by_hand)), (*(start for start, _ in self.by_hand), len(self.text))
        return "".join(self.text[end:start] for end, start in zip(ends, starts, strict=True))


@dataclass(frozen=True, slots=True)
class Attachment:
    """Pages that are no letter; ``letter`` is the index of the letter they follow (``None``: before any)."""

    pages: tuple[int, ...]
    kind: AttachmentKind
    letter: int | None = None


@dataclass(frozen=True, slots=True)
class Packet:
    """A file as read: its pages, the letters found in page order, and the pages that are none."""

    name: str
    pages: tuple[Page, ...]
    letters: tuple[Letter, ...]
    attachments: tuple[Attachment, ...] = ()
