"""What a form is: a menu of the INFO system as data, one TOML file each. A new menu is a new file, no code."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec


class FieldType(StrEnum):
    """What a field holds. Dates are ISO days (CE), files the SHA-256 (hex) of a kept attachment, money baht."""

    TEXT = "text"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    PHONE = "phone"
    URL = "url"
    EMAIL = "email"
    CHOICE = "choice"
    YES_NO = "yes-no"
    FILE = "file"
    GROUP = "group"


class RecordedBy(StrEnum):
    """Who enters the form: each LAO for itself, or the provincial local office (สถจ.)."""

    LAO = "lao"
    PROVINCE = "province"


class YearRule(StrEnum):
    """Which fiscal year an entry goes to: always the latest one, or as the year rule says (DOMAIN section 6)."""

    LATEST = "latest"
    CERTIFIED = "certified"


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name in Thai and in English."""

    th: str
    en: str


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the values of a CHOICE field and its name."""

    value: str
    label: Label


class Repeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often a field may stand: a list of ``min`` to ``max`` values."""

    min: int = 0
    max: int = 500


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field. ``pattern`` is a regular expression the whole text must fit; ``fields`` are the parts of a GROUP;
    ``source`` is the letter that asks for it, where another than the form's."""

    key: str
    type: FieldType
    label: Label
    required: bool = False
    pattern: str | None = None
    choices: tuple[Choice, ...] = ()
    repeat: Repeat | None = None
    help: str = ""
    help_en: str = ""
    source: str = ""
    fields: tuple[Field, ...] = ()

    def __post_init__(self) -> None:
        """Raises ``ValueError`` for a field that no form could show."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.key):
            raise ValueError(f"key {self.key!r} is not lower-case letters, digits and _")
        if (self.type is FieldType.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.key}: choices belong to a choice field, and only there")
        if (self.type is FieldType.GROUP) != bool(self.fields):
            raise ValueError(f"{self.key}: fields belong to a group, and only there")
        if any(part.type is FieldType.GROUP or part.repeat for part in self.fields):
            raise ValueError(f"{self.key}: a group holds single fields only")
        if self.pattern is not None:
            _compiled(self.key, self.pattern)
        _each_once(f"fields of {self.key}", [part.key for part in self.fields])


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A menu. ``code`` names it for good, ``version`` counts changes of its fields. ``aliases`` are the words letters
    call it by (blanks and digits' script do not count), ``groups`` the words that mean this form among others (8 ด้าน).
    ``domain`` is its domain (ด้าน) 1–8; with ``assessed`` it is the domain's own form and counts for the LPA.
    ``source`` is the letter that announced it."""

    code: str
    version: int
    title: Label
    menu: str
    source: str
    fields: tuple[Field, ...]
    domain: int | None = None
    assessed: bool = False
    recorded_by: RecordedBy = RecordedBy.LAO
    year_rule: YearRule = YearRule.CERTIFIED
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ``ValueError`` for a form that could not be used."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", self.code):
            raise ValueError(f"code {self.code!r} is not letters, digits and -")
        if self.domain is not None and self.domain not in range(1, 9):
            raise ValueError("domain is 1 to 8")
        if self.assessed and self.domain is None:
            raise ValueError("an assessed form needs its domain")
        if self.version < 1 or not self.fields:
            raise ValueError("a form has a version from 1 and fields")
        _each_once("fields", [field.key for field in self.fields])


def _compiled(key: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{key}: pattern {pattern!r} is none: {error}") from error


def _each_once(what: str, keys: list[str]) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"{what}: {', '.join(twice)} twice")
