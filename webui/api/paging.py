"""Lists page by page. A cursor is the key of the last item, written so that nobody is tempted to build one."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from msgspec import Meta

from letters.errors import BadRequest
from webui.api.core import Closed

MOST = 100
_LONGEST = 400

Limit = Annotated[int, Meta(ge=1, le=MOST, description="items on a page")]
Cursor = Annotated[str, Meta(max_length=_LONGEST, description="`next` of the page before; without it the first page")]


class Paged(Closed):
    """Base of queries for lists."""

    cursor: Cursor | None = None
    limit: Limit = 25


def key_of(cursor: str | None) -> str | None:
    """The key that a cursor holds; ``None`` for the first page. Raises :class:`letters.errors.BadRequest`."""
    if not cursor:
        return None
    try:
        return base64.b64decode(cursor.encode("ascii"), b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError) as error:
        raise BadRequest("cursor") from error


def number_of(cursor: str | None) -> int | None:
    """The same for keys that are numbers."""
    key = key_of(cursor)
    if key is None:
        return None
    if not key.isdecimal() or not key.isascii() or len(key) > 18:
        raise BadRequest("cursor")
    return int(key)


def cursor_of(key: str | int | None) -> str | None:
    """The cursor of a key; ``None`` for ``None``: there is no next page."""
    return None if key is None else base64.urlsafe_b64encode(str(key).encode()).decode()
