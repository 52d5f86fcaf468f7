"""Days that readers type."""

from __future__ import annotations

import datetime as dt
import re

from chain.asked import understand
from letters import LetterDate
from letters.date import BE_OFFSET
from letters.errors import BadRequest
from letters.text import arabic

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_YEAR_ALONE = re.compile(r"(?:พ\.?ศ\.?\s*)?(2[45]\d\d)")
_FIRST_BE = 2300
_EXAMPLES = "พิมพ์วันเช่น 1 ต.ค. 2566 หรือ 1/10/2566"


def read_day(text: str) -> LetterDate:
    """A day, month or year in any usual form: ``1 ต.ค. 66``, ``1/10/2566``, ``2566``, ``2023-10-01``.

    Raises :class:`letters.errors.BadRequest` for anything else.
    """
    typed = arabic(text.strip())
    try:
        if found := _ISO.fullmatch(typed):
            year, month, day = map(int, found.groups())
            return LetterDate.of(dt.date(year - BE_OFFSET if year >= _FIRST_BE else year, month, day))
        if found := _YEAR_ALONE.fullmatch(typed):
            typed = f"พ.ศ. {found[1]}"
        date = understand(typed).date
    except ValueError as error:
        raise BadRequest(text, _EXAMPLES) from error
    if date is None:
        raise BadRequest(text, _EXAMPLES)
    return date
