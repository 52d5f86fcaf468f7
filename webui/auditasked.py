"""The audit trail as people ask for it and read it: filters of an address line, and where a subject is shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import url_for
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from archive import AuditEvent
from archive.audit import AuditAsked
from letters import Deadline, Doubt, Enclosure, ReceivedStamp, Reference, Signatory, codec
from letters.errors import BadRequest
from parsing.corrections import written
from webui import words
from webui.current import THAILAND
from webui.dates import read_day
from webui.filters import reason, thai_iso, written_words

NAMES = ("actor", "action", "subject", "since", "until")
"""Filters by the names they have in addresses."""

_KEPT: Mapping[str, type[Any]] = {
    "review": tuple[Doubt, ...], "references": tuple[Reference, ...], "enclosures": tuple[Enclosure, ...],
    "deadlines": tuple[Deadline, ...], "received_stamps": tuple[ReceivedStamp, ...], "signatory": Signatory}
"""Fields of a letter whose values stand in the trail as the archive keeps them."""
_DAY = dt.timedelta(days=1)
_ON_PAGE = re.compile(r"page (\d+) (.*)")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as typed and what they come to; ``wrong`` names those that make no sense and narrow nothing."""

    given: Mapping[str, str]
    wanted: AuditAsked
    wrong: frozenset[str]


def read(values: Mapping[str, str]) -> Asked:
    """The filters of an address. Days are of Thailand; the last one is among what is found."""
    given = {name: values.get(name, "").strip() for name in NAMES}
    wrong, ends = set(), {}
    for name in ("since", "until"):
        try:
            ends[name] = _instant(given[name], last=name == "until")
        except BadRequest:
            wrong.add(name)
    return Asked(given, AuditAsked(given["actor"].casefold(), given["action"], given["subject"], ends.get("since"),
                                   ends.get("until")), frozenset(wrong))


def _instant(typed: str, *, last: bool) -> dt.datetime | None:
    if not typed:
        return None
    day = read_day(typed)
    found = day.latest + _DAY if last else day.earliest
    return dt.datetime.combine(found, dt.time(), THAILAND).astimezone(dt.UTC)


def place_of(subject: str) -> str | None:
    """The address of the screen that shows a subject of the trail, if one does."""
    kind, _, name = subject.partition(":")
    if kind == "packet":
        return url_for("packets.packet", packet_id=name)
    if kind == "task":
        return url_for("tasks.task", task_id=name)
    if kind == "user" and name.isdigit():
        return url_for("admin_users.one", user_id=int(name))
    if kind == "register" and name.isdigit():
        return url_for("register_rows.row", row_id=int(name))
    return None


def called(subject: str) -> str | LazyString:
    """A subject in words: what kind of thing it is; its own name follows."""
    return words.audit_subject.get(subject.partition(":")[0], subject.partition(":")[0])


def field_of(event: AuditEvent) -> str:
    """Which part of its subject an event changed, in words: ``page 2 references[0]`` is หน้า 2 อ้างถึง."""
    page, key = found.groups() if (found := _ON_PAGE.fullmatch(event.field)) else ("", event.field)
    known = words.register if event.subject.startswith("register:") and key in words.register else words.audit_field
    name = str(known.get(key.partition("[")[0], key))
    return str(_("หน้า %(page)s %(name)s", page=page, name=name)) if page else name


def value_of(event: AuditEvent, value: str | None) -> str:
    """What stood or stands there, in words where it is one of a few, days of the reader's era."""
    tables: dict[str, Mapping[str, LazyString]] = {"task-state": words.task_state, "user-changed": words.role}
    known = words.entry_state if event.action.startswith("entry-") else tables.get(event.action, {})
    text = value or ""
    if found := _ON_PAGE.fullmatch(event.field):
        return decided(found[2].partition("[")[0], text)
    if event.field in _KEPT and text:
        return _each(event.field, text)
    return thai_iso(text) if _ISO_DAY.fullmatch(text) else str(known.get(text, text))


def decided(field: str, text: str) -> str:
    """A value as a correction keeps it, in words."""
    tables: dict[str, Mapping[str, LazyString]] = {"starts": words.start, "kind": words.kind}
    return str(tables[field].get(text, text)) if field in tables else written_words(text, field)


def _each(field: str, text: str) -> str:
    """The entries of a letter's list, in words; text that was cut in the trail, as it stands there."""
    try:
        entries = codec.load(text, _KEPT[field])
    except msgspec.DecodeError:
        return text
    return " · ".join(reason(one.reason) if isinstance(one, Doubt) else written_words(written(one) or "", field)
                     for one in (entries if isinstance(entries, tuple) else (entries,)))
