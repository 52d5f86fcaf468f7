"""Truth of a packet: what a reader should find in each letter, taken from the same data that is printed."""

from __future__ import annotations

import re
from typing import Any

from letters.text import arabic
from samples.context import Context, valid_day
from samples.markup import Mark, citation_parts, read

_ITEM = re.compile(r"^[0-9๐-๙]+\.\s*")


def marks_of(texts: list[str], context: Context) -> list[Mark]:
    """All marks in a list of marked texts."""
    return [mark for text in texts for mark in read(text, context).marks]


def number_of(letter: dict[str, Any], context: Context) -> dict[str, Any] | None:
    """The number's parts (Arabic digits) and its printed form; ``None`` for a letter without one."""
    if "number" not in letter:
        return None
    number = context.number(letter["number"])
    return {**number, "printed": printed_number(letter, context)}


def printed_number(letter: dict[str, Any], context: Context) -> str:
    """The number line with ``ที่`` as on the page: usual spacing, or the letter's own ``number_form``. A running number
    from a numbering machine has Arabic digits, whatever the letter has."""
    number = context.number(letter["number"])
    form = letter.get("number_form", "ที่ {owner}/{mark}{serial}")
    owner, serial = " ".join(str(number[part]) for part in ("code", "agency") if number[part]), str(number["serial"])
    parts = {"owner": owner, "code": number["code"] or "", "agency": number["agency"] or "",
             "mark": "ว " if number["circular"] else "", "serial": serial}
    printed = context.print(context.fill(form.format(**parts)))
    if "serial" in letter.get("stamped", []):
        before, _, after = printed.rpartition(context.print(serial))
        return f"{before}{serial}{after}"
    return printed


def references_of(letter: dict[str, Any], context: Context) -> list[dict[str, Any]]:
    """Every letter cited, in reading order, with the part of the letter it is cited in."""
    places = (("reference", letter.get("reference", [])), ("enclosure", letter.get("enclosures", [])),
              ("body", letter["body"]))
    return [_reference(relation, mark, context) for relation, texts in places
            for mark in marks_of(texts, context) if mark.tag == "cite"]


def _reference(relation: str, mark: Mark, context: Context) -> dict[str, Any]:
    issuer, number, date, urgency, meant = citation_parts(mark.argument)
    row = {"relation": relation, "issuer": context.fill(issuer) or None,
            "number": context.number(number) if number else None,
            "date": _day(date, context), "urgency": urgency or None, "text": mark.text}
    return row | ({"meant": context.number(meant)} if meant else {})


def _day(date: object, context: Context) -> str | None:
    """The calendar day; ``None`` where a letter has no date, or one without a day (``2023-03``)."""
    iso = context.shift(str(date)) if date else ""
    return iso if valid_day(iso) else None


def deadline_of(mark: Mark, context: Context) -> dict[str, Any]:
    """A deadline as a truth row: kind, words, last day (CE), and for relative or recurring ones the rule."""
    kind, *rest = mark.argument.split()
    optional = "optional" in rest
    rest = [word for word in rest if word != "optional"]
    row: dict[str, Any] = {"date": None, "text": mark.text, "kind": kind}
    if kind in ("date", "event"):
        row["date"] = context.shift(rest[0])
        row |= {"time": rest[1]} if len(rest) > 1 else {}
    if kind == "relative":
        row |= {"days": int(rest[0]), "from": rest[1]}
    if kind == "recurring":
        row["rule"] = rest[0]
    return row | ({"optional": True} if optional else {})


def letter_truth(letter: dict[str, Any], context: Context, pages: list[int], text: str) -> dict[str, Any]:
    """One letter's truth; ``pages`` count from 1 in the packet, ``text`` is what layout put on them."""
    marked = marks_of(_texts(letter), context)
    hand, stamped = letter.get("hand", []), letter.get("stamped", [])
    plain = [re.sub(r"\s*\|\|\s*", " ", read(part, context).text) for part in letter.get("enclosures", [])]
    date = context.shift(str(letter["date"])) if "date" in letter else None
    return {
        "pages": pages,
        "kind": letter["kind"],
        "number": number_of(letter, context),
        "number_style": "handwritten" if "serial" in hand else "stamped" if "serial" in stamped else "typed",
        "date": _day(letter.get("date"), context),
        "date_day_handwritten": "day" in hand,
        "digits": context.digits,
        "urgency": letter.get("urgency"),
        "secrecy": letter.get("secrecy"),
        "issuer": context.fill(letter["issuer"]),
        "subject": read(letter["subject"], context).text if "subject" in letter else None,
        "addressed_as": letter.get("addressed_as"),
        "recipients": [context.print(name) for to in letter.get("to", []) for name in _names(context.fill(to))],
        "references": references_of(letter, context),
        "enclosures": [_ITEM.sub("", part) for part in plain],
        "deadlines": [deadline_of(mark, context) for mark in marked if mark.tag == "due"],
        "past_dates": sorted({context.shift(mark.argument) for mark in marked if mark.tag == "past"}),
        "other_dates": [_other(mark, context) for mark in marked if mark.tag == "other"],
        "actions": [_ITEM.sub("", mark.text) for mark in marked if mark.tag == "do"],
        "signatory": _signatory(letter, context),
        **{field: [arabic(mark.text) for mark in marked if mark.tag == tag]
           for field, tag in (("phones", "tel"), ("emails", "mail"), ("urls", "url"))},
        "qr": [letter["qr"]["data"]] if "qr" in letter else [],
        "received_stamps": [_stamp(stamp, context) for stamp in letter.get("stamps", [])],
        "copy_mark": copy_words(letter),
        "marks_stamped": [letter[mark] for mark in ("secrecy", "urgency") if letter.get(f"{mark}_stamped")],
        "text": text,
        "review": [],
    } | ({"year_suffix": letter["year_suffix"]} if "year_suffix" in letter else {}) | (
        {"date_day_stamped": True} if "day" in stamped else {}) | (
        {"date_month": date} if date and not valid_day(date) else {})


def copy_words(letter: dict[str, Any]) -> str | None:
    """What the stamp of a copy says: the letter's own words, or the usual ones."""
    mark = letter.get("copy_mark")
    return mark if isinstance(mark, str) else "คู่ฉบับ" if mark else None


def _names(filled: str) -> list[str]:
    """The addressees in one entry: a place's towns are a list of their own (``… และ…``)."""
    return [name.strip() for name in re.split(r"\s*และ(?=นายก)|\s+(?=นายก)", filled) if name.strip()]


def _texts(letter: dict[str, Any]) -> list[str]:
    """Marked texts of a letter in reading order."""
    head = [letter[part] for part in ("urgent_by", "subject", "contact") if part in letter]
    return [*head, *letter.get("reference", []), *letter.get("enclosures", []), *letter["body"],
            *letter.get("block", [])]


def _other(mark: Mark, context: Context) -> dict[str, str]:
    role, date = mark.argument.split()
    return {"date": context.shift(date), "role": role, "text": mark.text}


def _signatory(letter: dict[str, Any], context: Context) -> dict[str, Any] | None:
    signed = letter.get("sign")
    if not signed:
        return None
    acting_for = signed.get("for")
    name = " ".join(part for part in (signed.get("rank"), signed["name"]) if part)
    return {"name": name, "position": context.fill(signed["position"]),
            "acting_kind": signed.get("acting"), "acting_for": context.fill(acting_for) if acting_for else None}


def _stamp(stamp: dict[str, Any], context: Context) -> dict[str, Any]:
    return {"office": context.fill(stamp["office"]), "number": stamp["number"],
            "date": context.shift(str(stamp["date"])),
            "time": stamp["time"].replace(".", ":") if "time" in stamp else None}


