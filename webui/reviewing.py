"""A packet as the review screen shows it: letters by page, fields with the doubtful ones first, and their pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _

from archive.corrections import standing
from letters import Evidence, Letter, LetterDate, Packet, Page, Reading, ReceivedStamp
from parsing.corrections import ITEMS, READINGS, SIGNATORY, Correction, Verdict, in_force, written
from parsing.waiting import waiting
from webui.fields import anchor, evidence_of, marks_of, reasons_for
from webui.stampoffices import near
from webui.typed import CHOICES, prefilled

SCALARS = (*READINGS, "kind", "recipients", SIGNATORY)
_AIR, _LEAST = 0.35, 0.055  # around a cut: shares of its height, and of the page's width at the least

_KEYS = 9  # that choose one of what is offered

_MISSING, _UNSURE = _("หาค่านี้ในหน้าไม่พบ"), _("อ่านได้ไม่แน่ชัด โปรดเทียบกับภาพ")


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a page picture, enlarged: ``view`` is left, top, width, height in pixels of the page."""

    page: Page
    view: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """Another value that one key takes: as kept, as shown, and why it may be right."""

    value: str
    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fill:
    """What one key takes over into an input: the ``part`` of the field that it is for, and the text."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same letter as another one cites it, in type: the citation's words, its page, and its picture."""

    source: str
    number: str
    date: LetterDate | None
    page: int
    cut: Cut | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A field to review. ``key`` is its place (``references[0]``), ``field`` what corrections call it; ``before`` the
    value in their form, ``inputs`` what the inputs hold; ``problem`` is why what was typed was not kept;
    ``fills``: what its inputs may hold instead."""

    key: str
    field: str
    before: str | None
    inputs: Mapping[str, str]
    confidence: float | None = None
    printed: str = ""
    reasons: tuple[str, ...] = ()
    doubtful: bool = False
    choices: tuple[Choice, ...] = ()
    mark: str | None = None
    cut: Cut | None = None
    decided: Correction | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    problem: str = ""
    options: tuple[str, ...] = ()
    fills: tuple[Fill, ...] = ()

    @property
    def id(self) -> str:
        """Its id on the page."""
        return anchor(self.key)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page in the strip: the letter it belongs to (its place, ``None``: none), and whether one starts there."""

    page: Page
    letter: int | None
    starts: bool
    decided: Correction | None


def items_of(letter: Letter, pages: Mapping[int, Page], decided: Sequence[Correction],
             elsewhere: Sequence[Elsewhere] = (), offices: Sequence[str] = ()) -> list[Item]:
    """The fields of a letter: those in doubt first, most doubtful on top, then in the order of a letter's head.
    ``offices``: names that received stamps may bear."""
    last, first = standing(decided), letter.pages[0] if letter.pages else 0
    marks = {mark.field: mark.id for mark in reversed(marks_of(letter))}
    waits = waiting(letter)
    found = [_scalar(letter, name, pages, last.get((first, name, None))) for name in SCALARS]
    for name in ITEMS:
        found += [_entry(letter, name, place, pages, last.get((first, name, written(entry))), offices)
                  for place, entry in enumerate(getattr(letter, name))]
    known = {item.key for item in found}
    found += [Item(key, key, None, {}, cut=cut_of(evidence_of(letter, key), pages))
              for key in waits if key not in known]
    cited = {"number": tuple(elsewhere), "date": tuple(one for one in elsewhere if one.date)}
    found = [replace(item, mark=marks.get(item.id), elsewhere=cited.get(item.key, ()), doubtful=item.key in waits,
                     reasons=_reasons(letter, item, item.key in waits)) for item in found]
    urgent = {doubt.field: place for place, doubt in reversed(list(enumerate(letter.review)))}
    order = {id(item): place for place, item in enumerate(found)}
    return sorted(found, key=lambda item: (not item.doubtful, urgent.get(item.key, len(urgent) + 99), order[id(item)]))


def removed(letter: Letter, decided: Sequence[Correction]) -> dict[str, list[Correction]]:
    """The entries that persons took out of a letter's lists and that are still out, by list."""
    found: dict[str, list[Correction]] = {}
    for one in in_force(decided):
        if one.verdict is Verdict.REMOVE and letter.pages and one.page == letter.pages[0] and one.before not in (
                written(entry) for entry in getattr(letter, one.field)):
            found.setdefault(one.field, []).append(one)
    return found


def _reasons(letter: Letter, item: Item, waits: bool) -> tuple[str, ...]:
    """Why a field should be looked at; one that nobody named a reason for is missing or unsure."""
    return reasons_for(letter, item.key) or ((str(_UNSURE if item.before else _MISSING),) if waits else ())


def leaves_of(packet: Packet, decided: Sequence[Correction]) -> list[Leaf]:
    """The strip of a packet's pages."""
    owner = {number: place for place, letter in enumerate(packet.letters) for number in letter.pages}
    firsts = {letter.pages[0] for letter in packet.letters if letter.pages}
    last = standing(decided)
    return [Leaf(page, owner.get(page.number), page.number in firsts, last.get((page.number, "starts", None)))
            for page in packet.pages]


def citings_in(packet: Packet, place: int) -> list[Elsewhere]:
    """Citations in the packet's other letters that may mean this one: of its sender's numbers or of its running
    number, typed where its own may be by hand."""
    own, pages = packet.letters[place].number.value, {page.number: page for page in packet.pages}
    found = []
    for other, letter in enumerate(packet.letters):
        for reference in letter.references if other != place else ():
            cited = reference.number.value
            if cited and own and (cited.owner == own.owner or (own.serial and cited.serial == own.serial)):
                page = reference.evidence.page if reference.evidence else letter.pages[0]
                found.append(Elsewhere(str(letter.number.value or letter.subject.value or ""), str(cited),
                                       reference.date.value, page, cut_of(reference.evidence, pages)))
    return found


def cut_of(evidence: Evidence | None, pages: Mapping[int, Page]) -> Cut | None:
    """The piece of the page on which a value stands, with some air; ``None`` where there is no picture."""
    page = pages.get(evidence.page) if evidence else None
    if evidence is None or evidence.box is None or page is None or not page.width:
        return None
    box = evidence.box
    air = max(box.height * _AIR, page.width * _LEAST / 8)
    left, top = max(0, box.left - 2 * air), max(0, box.top - air)
    return Cut(page, (round(left), round(top), round(min(page.width - left, box.width + 4 * air)),
                      round(min(page.height - top, box.height + 2 * air))))


def _scalar(letter: Letter, name: str, pages: Mapping[int, Page], decided: Correction | None) -> Item:
    value = getattr(letter, name)
    if not isinstance(value, Reading):
        before = written(value.value if name == "kind" else value)
        return Item(name, name, before, prefilled(name, before), getattr(value, "confidence", None), decided=decided,
                    options=CHOICES.get(name, ()), cut=cut_of(getattr(value, "evidence", None), pages))
    before = written(value.value)
    return Item(
        name, name, before, prefilled(name, before), value.confidence if value else None, value.printed,
        choices=_choices(value), decided=decided,
        cut=next((cut for place in value.evidence if (cut := cut_of(place, pages))), None),
        options=_options(name, before))


def _options(name: str, before: str | None) -> tuple[str, ...]:
    """What a field with set values may be, the present one in any case."""
    options = CHOICES.get(name, ())
    return options if not options or before is None or before in options else (*options, before)


def _entry(letter: Letter, name: str, place: int, pages: Mapping[int, Page], decided: Correction | None,
           offices: Sequence[str]) -> Item:
    entry, key = getattr(letter, name)[place], f"{name}[{place}]"
    before = written(entry)
    return Item(key, name, before, prefilled(name, before), getattr(entry, "confidence", None), decided=decided,
                choices=_cited(entry) if name == "references" else (), cut=cut_of(entry.evidence, pages),
                fills=_fills(entry, offices) if name == "received_stamps" else ())


def _fills(stamp: ReceivedStamp, offices: Sequence[str]) -> tuple[Fill, ...]:
    """What else a stamp may say, input by input."""
    found = [Fill("value", name) for name in near(stamp.office, offices)]
    found += [Fill("number", one) for one in stamp.maybe_numbers if one != stamp.number]
    found += [Fill("date", one.thai()) for one in stamp.maybe_dates if one != stamp.date]
    return tuple(found[:_KEYS])


def _choices(reading: Reading[Any]) -> tuple[Choice, ...]:
    """Rivals, and what was printed before the program mended it."""
    found = [Choice(written(rival.value) or "", _shown(rival.value), rival.reason) for rival in reading.rivals]
    unlike = {one.value: one for one in found if one.value and one.value != written(reading.value)}
    return tuple(unlike.values())[:_KEYS]


def _cited(reference: Any) -> tuple[Choice, ...]:
    date = reference.date.value.iso if reference.date.value else ""
    return tuple(Choice(f"{date}|{rival.value}", str(rival.value), rival.reason)
                 for rival in reference.number.rivals if rival.value != reference.number.value)[:_KEYS]


def _shown(value: Any) -> str:
    return value.thai() if isinstance(value, LetterDate) else str(value)


def first_doubtful(letters: Iterable[Letter]) -> int:
    """The place of the first letter that waits for a person, 0 if none does."""
    return next((place for place, letter in enumerate(letters) if waiting(letter)), 0)
