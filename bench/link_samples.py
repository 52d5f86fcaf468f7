"""The sample packets as an archive with known links: from their perfect text, or from what ``saraban parse`` read."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from bench.link_noise import World
from chain import Copy, CopyRef, MentionRef
from letters import (
    Kind,
    Letter,
    LetterDate,
    LetterNumber,
    Line,
    Page,
    Precision,
    Reading,
    Recipient,
    Reference,
    Relation,
    Source,
)
from parsing import parse_packet

Record = dict[str, Any]
_TO_THE_MONTH = len("2023-03")
_SAME = 60.0  # likeness of two printed numbers from which a citation read is taken for a true one


def sample_world(folder: Path, read: Path | None = None) -> tuple[World, int]:
    """The packets of a folder with their true links, and how many citations of letters that are here were not read."""
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    keys = {_of(letter) for truth in truths for letter in truth["letters"]}
    made, missed = World(), 0
    for truth in truths:
        letters = _from_text(truth) if read is None else _from_reading(read / f"{truth['packet']}.json")
        missed += _add(made, truth, letters, keys)
    return made, missed


def _from_text(truth: Record) -> list[Letter]:
    """The letters of the printed text; what is written by hand on the paper stands in the truth alone."""
    pages = [Page(one["page"], tuple(Line(line) for line in one["text"].split("\n")), Source.TEXT)
             for one in truth["page_text"]]
    by_page = {page: letter for letter in truth["letters"] for page in letter["pages"]}
    letters = parse_packet(truth["packet"], pages).letters
    return [_with_hand(letter, by_page.get(letter.pages[0], {})) for letter in letters]


def _with_hand(letter: Letter, true: Record) -> Letter:
    if true.get("number_style", "typed") != "typed":
        letter = replace(letter, number=_number(true["number"], 0.9))
    added = true.get("date_day_handwritten") or true.get("date_day_stamped")
    return replace(letter, date=_date(true["date"])) if added else letter


def _from_reading(path: Path) -> list[Letter]:
    return [_letter(one) for one in json.loads(path.read_text(encoding="utf-8"))["letters"]] if path.exists() else []


def _letter(one: Record) -> Letter:
    number, sure = one["number"] or {}, one["confidence"]
    return Letter(
        pages=tuple(one["pages"]), kind=Kind(one["kind"]), number=_number(one["number"], number.get("confidence")),
        date=_date(one["date"], sure["date"]), issuer=Reading(one["issuer"], "", sure["issuer"] or 0.0),
        subject=Reading(one["subject"], "", sure["subject"] or 0.0),
        recipients=tuple(Recipient(name) for name in one["recipients"]), text=one["text"],
        references=tuple(map(_citation, one["references"], sure["reference_dates"])))


def _citation(cited: Record, sure_date: float | None) -> Reference:
    number = cited["number"] or {}
    return Reference(Relation(cited["relation"]), _number(cited["number"], number.get("confidence")),
                     _date(cited["date"], sure_date), issuer=cited["issuer"], title=cited.get("title"))


def _number(parts: Record | None, sure: float | None) -> Reading[LetterNumber]:
    if not parts or not any(parts.get(name) for name in ("code", "agency", "serial")):
        return Reading()
    value = LetterNumber(parts["code"], parts["agency"], bool(parts["circular"]), parts["serial"])
    return Reading(value, str(value), 0.9 if sure is None else sure)


def _date(iso: str | None, sure: float | None = None) -> Reading[LetterDate]:
    """A date to the day, or to the month where the day could not be read."""
    if not iso or len(iso) < _TO_THE_MONTH:
        return Reading()
    year, month, *days = map(int, iso.split("-"))
    date = LetterDate(year, month, days[0]) if days else LetterDate(year, month, None, Precision.UNKNOWN_DAY)
    return Reading(date, iso, 0.9 if sure is None else sure)


def _add(made: World, truth: Record, letters: list[Letter], here: set[str]) -> int:
    """Puts a packet into the world; gives how many citations of letters that are here nobody read."""
    packet = hashlib.sha256(truth["packet"].encode()).hexdigest()
    by_page = {page: letter for letter in truth["letters"] for page in letter["pages"]}
    seen: dict[int, list[Record]] = defaultdict(list)
    for place, letter in enumerate(letters):
        ref = CopyRef(packet, place)
        made.copies.append(Copy(ref, truth["packet"], letter))
        true = by_page.get(letter.pages[0])
        if true is None:
            continue
        made.letter[ref] = _of(true)
        for number, cited in enumerate(letter.references):
            rest = [one for one in true["references"] if all(one is not other for other in seen[id(true)])]
            best = max(rest, key=lambda one: _likeness(one, cited), default=None)
            if best is None or _likeness(best, cited) < _SAME:
                continue
            seen[id(true)].append(best)
            if meant := _meant(best, truth):
                made.meant[MentionRef(ref, number)] = meant
                if "meant" in best:
                    made.slips.add(MentionRef(ref, number))
                if best["relation"] == "enclosure":
                    made.chains[MentionRef(ref, number)] = truth["packet"]
    return sum(1 for letter in truth["letters"] for one in letter["references"]
               if _meant(one, truth) in here and all(one is not other for other in seen[id(letter)]))


def _likeness(true: Record, read: Reference) -> float:
    number = _number(true["number"], None).value
    date = true["date"] or ""
    known = read.date.value.iso if read.date.value else ""
    return fuzz.ratio(f"{number or true.get('title') or ''} {date}", f"{read.number.value or read.title or ''} {known}")


def _meant(true: Record, truth: Record) -> str | None:
    """The letter a citation means. A nickname, and one without owner letters or day, means the letter of its packet
    with that number."""
    if "meant" in true:
        return _key(true["meant"], true["date"])
    whole = true["number"] and true["number"]["agency"] and true["date"]
    if whole and true["number"]["code"]:
        return _key(true["number"], true["date"])
    if not true["number"] or not true["number"]["serial"]:
        return None
    full = [one for letter in truth["letters"] for one in (letter, *letter["references"])
            if one["number"] and one["number"]["code"] and one["number"]["agency"] and one["date"]]
    wanted = true["number"]["serial"], true["number"]["circular"]
    same = {_key(one["number"], one["date"]) for one in full
            if (one["number"]["serial"], one["number"]["circular"]) == wanted}
    return same.pop() if len(same) == 1 else _key(true["number"], true["date"]) if whole else None


def _of(letter: Record) -> str:
    """A letter's own key. One whose day was never filled in still has its month and year."""
    return _key(letter["number"], letter["date"] or letter.get("date_month"))


def _key(number: Record | None, date: str | None) -> str:
    parts = number or {}
    return f"{parts.get('code')} {parts.get('agency')} {parts.get('circular')} {parts.get('serial')} {(date or '')[:4]}"
