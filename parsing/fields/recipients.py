"""To whom a letter goes: each addressee as an entry of its own (Regulation, appendix 2).

The addressed rows are cut at what may part two addressees (blanks, commas, และ, list numbers). What stands behind a cut
tells whether a new one begins: a post or a body of ``parsing/data/addressees.tsv`` does, words for all of a group, an
area, a list annexed, who is left out and through whom it goes belong to the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from letters import Recipient
from letters.text import arabic
from parsing import labels
from parsing.fields.address import joined
from parsing.fields.places import each, same_body
from parsing.fields.spelling import spelt
from parsing.loose import either
from parsing.parts import Part
from parsing.sheet import Sheet
from parsing.tables import column


def _words(kind: str) -> str:
    return either(*column("addressees", "word", kind=kind), spaced=True)


_POST = rf"(?:{_words('prefix')}\s?)*{_words('post')}"
# The head of one of a province's or district's offices, whatever its name: ศึกษาธิการจังหวัดพะเยา, ปศุสัตว์อำเภอ.
_OFFICER = (
    rf"(?!{_words('aside')}|{_words('through')}|{_words('except')}|จังหวัด|อำเภอ|ส่วน)"
    r"[ก-์]{3,40}?(?:จังหวัด|อำเภอ)(?=\s|ทุก|[ก-์]{2,20}(?:\s|$)|$)"
)
_TITLE = rf"(?:(?!คณ(?!\u0e38)){either(*column('persons', 'word'))}(?!(?<=นาย)(?:ก|อำเภอ|แพทย์|ด่าน|สถานี|ช่าง|ทะเบียน))\s?)"
_NAMED = rf"{_TITLE}[ก-์]"
_START = re.compile(
    rf"(?P<bracket>\()|(?P<through>{_words('through')})|(?P<except>{_words('except')})"
    rf"|(?P<aside>{_words('aside')})|(?P<post>{_POST})|(?P<place>{_words('place')})|(?P<office>{_words('office')})"
    rf"|(?P<likeness>{_words('likeness')}[ก-์])|(?P<officer>{_OFFICER})|(?P<person>{_NAMED})"
)

_AND = r"(?:และ|กับ|รวมทั้ง|ตลอดจน|พร้อมด้วย)"


def _exactly(kind: str) -> str:
    return "|".join(re.escape(word) for word in column("addressees", "word", kind=kind))


# Where และ stands without a blank before it, only what no name of an office goes on with: "กองส่งเสริมและพัฒนา…" is one.
_AFTER_AND = (
    rf"{_exactly('after_and')}|ก\.[ก-ฮ]|(?:{_exactly('leads')})[ก-์]{{0,12}}(?:จังหวัด|อำเภอ|เทศบาล|องค์การ)"
    r"|(?:จังหวัด|อำเภอ)(?=\s|ทุก|$)"
)
_BLANKED = _exactly("glued").replace("ผู้", r"ผู้\s?")
# Where the blank before a post was not read; รองนายกเทศมนตรี and the like are posts of their own.
_GLUED = (
    "(?<=[ก-๙])(?:(?<!ปลัด)|(?<=สำนักปลัด))"
    + "".join(f"(?<!{word})" for word in column("addressees", "word", kind="joined"))
    + f"(?={_BLANKED})"
    + "|(?:(?<=ทุกอำเภอ)|(?<=ทุกจังหวัด)|(?<=ทุกแห่ง)|(?<=ทุกตำบล)|(?<=ทุกท่าน))(?=[ก-ฮเ-ไ])"
)
_CUT = re.compile(
    rf"(?P<item>(?:(?<=\s)|\s+|\s*,\s*)(?:\(?\d{{1,2}}\s*[.)]|•|[-–](?=\s*(?:{_words('post')}|{_words('office')})))\s*(?=[^\d\s]))"
    rf"|(?P<comma>\s*[,;]\s*(?:{_AND}\s*)?)|(?P<slash>\s*/\s*)"
    rf"|(?P<and>\s+{_AND}\s*|(?<=[ก-๙.)]){_AND}(?:(?={_AFTER_AND})|\s+))|(?P<blank>\s+|{_GLUED}|(?=\()|(?<=\))(?=[ก-ฮเ-ไ]))"
)
_OPEN = re.compile(rf"(?:{_words('prefix')})*{_words('open')}\s*")
# Offices and committees of which each level has its own: "สำนักงานส่งเสริมการปกครองท้องถิ่น อำเภอ ทุกอำเภอ" is one.
_NEEDS_LEVEL = re.compile(rf"(?:ก\.[ก-ฮ.]{{2,8}}|{either('ปกครองท้องถิ่น', 'ที่ทำการปกครอง', 'สำนักงานท้องถิ่น')})\s*$")
_LEVEL = re.compile(r"(?:จังหวัด|อำเภอ)(?:\s|ทุก|$)")
_THROUGH_OPEN = re.compile(rf"(?:{_words('through')}|{either('ในฐานะ', spaced=True)})\s*$")  # or as whom
_ROW_WITH_AND = re.compile(r"\n\s*(?=และ)")
_EACH = re.compile(r"ทุก\s*$")  # "ทุก" ends a row, what it speaks of begins the next
_EXCEPTED = re.compile(rf"(?:^|[\s)]){_words('except')}(?P<rest>.*)$", re.DOTALL)
_UNITS = re.compile(r"(?:สำนัก|กอง|ฝ่าย|งาน|หน่วย|ส่วน)$")
_UNIT = re.compile(r"(?:สำนัก|กอง|ฝ่าย|งาน|หน่วย|ส่วน)(?=\s|/|ทุก|$)")
_PERSON = re.compile(rf"{_TITLE}+[ก-์]+\s+(?:ณ\s+)?(?!\S*ทุก)[ก-์]+\s*$|พระครู")
_COMPLETE = re.compile(r"\s*(?:\)|ทุก[ก-์]{2,20})$")

_LISTED = re.compile(either(*column("titles", "word", use="listed")))
# Kinds of municipalities under one word: "นายกเทศมนตรีเมือง/ตำบล".
_ADMINISTRATION = re.compile(r"(?:เทศมนตรี|เทศบาล)(?:นคร|เมือง)(?:\s*[,/]\s*(?:เมือง|ตำบล))*$")
_KIND = re.compile(r"ตำบล(?:\s|/|,|ทุก|$)")

# From the smallest to the largest: where a body lies is told by a larger one behind it (เทศบาลตำบลบางปลา อำเภอบางเลน).
_LEVELS = ("หมู่บ้าน", "ตำบล", "อำเภอ", "จังหวัด")
_ANY_LEVEL = re.compile("|".join(_LEVELS))


@dataclass(slots=True)
class _Piece:
    """One addressee in the making: characters ``start:end`` of the text, and what it began with."""

    start: int
    end: int
    kind: str


def find_recipients(sheet: Sheet) -> tuple[Recipient, ...]:
    """Addressees as separate entries. A closing word for a whole group (``ก และ ข ทุกแห่ง``) holds for every group
    before it that names no place; a title before several places (``นายอำเภอ ก ข และ ค``) for each of them."""
    flow = sheet.part(Part.ADDRESS)
    label = labels.SALUTATION.match(flow.text) or labels.TO.match(flow.text)
    if label is None:
        return ()
    found: list[Recipient] = []
    for start, end in reversed(pieces(arabic(flow.text), label.end())):
        name = joined(_ROW_WITH_AND.sub(" ", flow.text[start:end]))
        shared = _shared(found[-1].name, name) if found else None
        for one in reversed(each(name)):
            whole = spelt(f"{one} {shared}" if shared else one)
            sure = 0.95 * flow.confidence(start, end) * (1.0 if _START.match(whole) else 0.6)
            found.append(Recipient(whole, bool(EVERYONE.search(whole)), flow.evidence(start, end), sure))
    return tuple(reversed(found))


def pieces(text: str, start: int) -> list[tuple[int, int]]:
    """Where each addressee stands in a text (Arabic digits) that begins with a label up to ``start``."""
    found = [_Piece(start, start, _kind(text, start))]
    for cut, kind in _marks(text, start):
        last = found[-1]
        if cut.start() <= last.start or not text[last.start : cut.start()].strip():
            found[-1] = _Piece(cut.end(), cut.end(), kind)
        elif _begins(text[last.start : cut.start()], last.kind, cut, kind, text):
            last.end = cut.start()
            found.append(_Piece(cut.end(), cut.end(), kind))
    found[-1].end = len(text.rstrip())
    return [(piece.start, piece.end) for piece in found if text[piece.start : piece.end].strip()]


def _marks(text: str, start: int) -> Iterator[tuple[re.Match[str], str]]:
    """The cuts outside brackets, each with what the words behind it are."""
    closed = start
    for cut in _CUT.finditer(text, start):
        if cut.start() < closed:
            continue
        kind = _kind(text, cut.end())
        if kind == "bracket":
            end = text.find(")", cut.end())
            closed = end if end >= 0 else len(text)
        yield cut, kind


def _kind(text: str, start: int) -> str:
    begun = _START.match(text, start)
    return (begun.lastgroup or "") if begun else ""


def _begins(before: str, current: str, cut: re.Match[str], kind: str, text: str) -> bool:
    """Whether a new addressee begins behind a cut. ``before``: the words of the one so far, which began with a word of
    the kind ``current``; ``kind``: of the words behind the cut."""
    by, at = cut.lastgroup or "blank", cut.end()
    if by == "item" or _goes_on(before, by, kind):
        return by == "item"
    if kind == "likeness":
        kind = "" if _LISTED.match(before) else "office"
    match kind:
        case (
            ""
        ):  # no word that tells; และ behind a whole group parts it all the same, and a comma, but in lists of names
            named = (
                not text[at : at + 1].isdigit() and len(each(f"{before},{text[at:].partition(',')[0].strip()}")) == 1
            )
            return (by == "comma" and named) or (by == "and" and bool(_COMPLETE.search(before)))
        case "person":
            return by != "blank" and bool(_PERSON.match(before))
        case "place":
            return _is_own(before, by, text, at)
        case "office" if same_body(before, text, at):
            return False
        case "office":
            unit = by == "slash" and _UNITS.search(before) and _UNIT.match(text, at)
            body = current in ("office", "place", "likeness", "") or _COMPLETE.search(before)
            return not unit and (by != "blank" or bool(body))
    return not (by == "blank" and _PERSON.match(before))


def _goes_on(before: str, by: str, kind: str) -> bool:
    """Whether what stands behind a cut belongs to the addressee before it, whoever that is."""
    if kind in ("bracket", "aside", "through", "except") or _left_out(before, kind):
        return True
    if _THROUGH_OPEN.search(before) or _EACH.search(before):
        return True
    return by == "blank" and kind != "post" and bool(_OPEN.fullmatch(before))


def _left_out(before: str, kind: str) -> bool:
    """Whether the words before name who is left out, so that places and bodies behind them are left out too."""
    excepted = _EXCEPTED.search(before)
    return bool(excepted and (kind in ("office", "place") or not excepted["rest"].strip()))


def _is_own(before: str, by: str, text: str, at: int) -> bool:
    """Whether a district or province is an addressee of its own, and does not tell where the one before it lies."""
    if _LEVEL.match(text, at) and _NEEDS_LEVEL.search(before):
        return False
    if _ADMINISTRATION.search(before) and _KIND.match(text, at):
        return False
    if by != "blank" or _LEVEL.match(text, at) or _COMPLETE.search(before):
        return True
    named = _ANY_LEVEL.match(text, at)
    own = [_LEVELS.index(level) for level in _ANY_LEVEL.findall(before)]
    return named is not None and max(own, default=0) >= _LEVELS.index(named[0])


# --- words for all of a group ----------------------------------------------------------------------------------------

_BARE_GROUP = re.compile(
    either(*column("titles", "word", use="group"), spaced=True)
    + f"|{either(*column('titles', 'word', use='holder'))}{either(*column('titles', 'word', use='body'))}"
)
EVERYONE = re.compile(r"(?:ทุก(?!ข์)[ก-์]{2,30}|ใน(?:พื้นที่|เขต)[ก-์]{0,40})(?:\s+ทุก(?!ข์)[ก-์]{2,30})?")
_ANNEXED = re.compile(r"\(?\s*(?:ตาม|ดัง|ผู้มี)(?:บัญชี|รายชื่อ|รายนาม|เอกสาร)[ก-์ ]{0,30}\)?$")
_OF_A_LEVEL = re.compile("[ก-์]{3,40}(?P<level>จังหวัด|อำเภอ)")  # an officer without a place: ขนส่งจังหวัด
_OF_A_KIND = re.compile(r"ทุก(?P<kind>[ก-์]+)")
_OF_ANY_KIND = ("แห่ง", "ท่าน", "คน", "ราย", "หมู่บ้าน", "ตำบล", "พื้นที่", "หมู่", "รูป")
_HAS_LEVEL = re.compile("จังหวัด|อำเภอ|ตำบล|เทศ|เมือง|นคร")


def _shared(following: str, name: str) -> str | None:
    """The words for all of the group behind, where they hold for this name too: it names no place, and they are not
    of another kind (ทุกกอง) or level (ทุกอำเภอ) than it."""
    tail = EVERYONE.search(following) or _ANNEXED.search(following)
    if tail is None:
        return None
    of_kind, officer = _OF_A_KIND.match(tail[0]), _OF_A_LEVEL.fullmatch(name)
    kind = of_kind["kind"] if of_kind else "แห่ง"
    if not _BARE_GROUP.fullmatch(name):
        return tail[0] if officer and officer["level"] == kind else None
    if kind in ("จังหวัด", "อำเภอ"):
        return tail[0] if kind in name or not _HAS_LEVEL.search(name) else None
    return tail[0] if kind in name or kind.startswith(_OF_ANY_KIND) else None
