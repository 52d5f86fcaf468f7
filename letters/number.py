"""A letter's number (เลขที่หนังสือ): owner letters, owner code, circular mark, running number.

The Regulation on Correspondence (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526, appendix 1) builds it as
``<owner letters> <owner code>/<running number>``; circulars (หนังสือเวียน) put ว before a running number of their own
series, which starts again each calendar year. A number alone never identifies a letter: see :meth:`LetterNumber.key`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, total_ordering

from letters.text import arabic

# One printed number. Examples it must read stand in tests/letters/test_number.py.
_LETTERS = r"(?P<code>[ก-ฮ]{1,4}(?:\s*\.\s*[ก-ฮ]{1,2})*\.?(?:\s*\(\s*[ก-ฮ.]{2,10}\s*\))?)"
_IN_BRACKETS = r"(?:\s*\.?\(\s*(?:[ก-ฮ]{1,3}|\d{1,2})\s*\)(?:\s*\.\s*\d{1,2}){0,2})?"
_AGENCY = rf"(?P<agency>\d{{1,5}}(?:\s*\.\s*\d{{1,4}}){{0,3}}{_IN_BRACKETS})"
_SERIAL = r"(?P<serial>(?:[ก-ฮ]\s?)?\d{1,6}(?:\.\d{1,3})?(?:\s?\(ล[ก-ฮ]?\))?)"
_PRINTED = re.compile(
    rf"^\s*(?:ที่)?\s*(?:{_LETTERS}\s*)?(?:{_AGENCY}(?=\s*[/ว]|\s+\d))?\s*(?P<slash>/)?\s*"
    rf"(?P<circular>ว(?:\s*\.)?\s*)?{_SERIAL}\s*$"
)


_DIGITS = 4  # of an owner code before its dot, as a rule


@total_ordering
@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A letter number in Arabic digits; any part the page does not show is ``None``.

    ``code``: owner letters (``มท``, ``กค (กวจ)``). ``agency``: owner code with its dotted parts (``0810.7``), of
    some the letters of the province in brackets (``0019(อด)``, the police).
    ``circular``: printed with ว. ``serial``: running number as printed, leading zeros, dots, a series letter and the
    mark of secret letters kept (``0003``, ``203.15``, ``ป 5103``, ``12(ล)``); ``None`` where it could not be read.
    """

    code: str | None
    agency: str | None
    circular: bool
    serial: str | None

    def __eq__(self, other: object) -> bool:
        # Written out because millions are compared, and most of them differ in the running number.
        if not isinstance(other, LetterNumber):
            return NotImplemented
        return (self.serial == other.serial and self.agency == other.agency and self.code == other.code
                and self.circular == other.circular)

    def __hash__(self) -> int:
        return hash((self.code, self.agency, self.circular, self.serial))

    @classmethod
    def parse(cls, printed: str) -> LetterNumber | None:
        """Reads one number from any printed form, in Thai or Arabic digits; ``None`` if it is not one.

        >>> str(LetterNumber.parse("ที่ มท ๐๘๑๐.๗/ว ๙๐๘"))
        'มท 0810.7/ว 908'
        """
        found = _PRINTED.match(arabic(printed))
        if found is None:
            return None
        code, agency, circular = found["code"], found["agency"], found["circular"] is not None
        if code and code.strip(". ") == "ว" and not circular and agency is None:
            code, circular = None, True
        if agency is None and not circular and not found["slash"]:
            return None
        if agency and not _is_owner_code(agency, code or "", circular):
            return None
        return cls(
            code=tidy_letters(code) if code else None,
            agency=re.sub(r"\s", "", agency) if agency else None,
            circular=circular,
            serial=re.sub(r"\s+", " ", found["serial"]),
        )

    def __str__(self) -> str:
        """Canonical form: ``มท 0810.7/ว 908``; missing parts are left out."""
        owner = " ".join(part for part in (self.code, self.agency) if part)
        running = ("ว " if self.circular else "") + (self.serial or "…")
        return f"{owner}/{running}" if owner else running

    @property
    def owner(self) -> str:
        """Owner letters and code without the running number: ``มท 0810.7``."""
        return " ".join(part for part in (self.code, self.agency) if part)

    @property
    def running(self) -> int | None:
        """Running number as an integer for comparison and order, without series letter or dots."""
        return running_of(self.serial)

    def key(self, year: int | None) -> tuple[str, str, bool, int | None, str]:
        """Identity of the letter it stands on: owner letters, owner code, ว, calendar year (CE), running number.

        Leading zeros of the running number do not count (``ว0003`` is ``ว 3``).
        """
        return (self.code or "", self.agency or "", self.circular, year, bare(self.serial))

    def _order(self) -> tuple[str, tuple[int, ...], bool, int, str]:
        parts = tuple(map(int, re.findall(r"\d+", self.agency or "")))
        return (self.code or "", parts, self.circular, self.running or 0, self.serial or "")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, LetterNumber):
            return NotImplemented
        return self._order() < other._order()


@lru_cache(maxsize=1 << 17)
def bare(serial: str | None) -> str:
    """A running number as letters are told apart by: without blanks and leading zeros; series letters and dots stay."""
    close = re.sub(r"\s", "", serial or "")
    return close.lstrip("0") or close


@lru_cache(maxsize=1 << 17)
def running_of(serial: str | None) -> int | None:
    """The first digits of a running number; ``None`` where there are none."""
    digits = re.search(r"\d+", serial or "")
    return int(digits[0]) if digits else None


def _is_owner_code(agency: str, letters: str, circular: bool) -> bool:
    """Codes have four digits or five; funds and universities, with letters before, have shorter ones: สปสช 5.31."""
    first, dot, _ = re.sub(r"\s", "", agency).partition(".")
    return len(first) >= _DIGITS or (len(letters.strip(". ")) > 1 and bool(dot or circular))


def tidy_letters(code: str) -> str:
    """``มท.`` → ``มท``, ``น.ม.`` → ``นม``, ``กค(กวจ)`` → ``กค (กวจ)``."""
    letters, _, bracket = code.partition("(")
    tidy = re.sub(r"[.\s]", "", letters)
    committee = re.sub(r"[.\s)]", "", bracket)
    return f"{tidy} ({committee})" if bracket else tidy
