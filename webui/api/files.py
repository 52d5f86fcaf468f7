"""Files that are sent to the API, as ``multipart/form-data`` with one part named ``file``."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from letters.errors import BadRequest

FILE: dict[str, Any] = {
    "type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
"""The schema of what is sent."""


def uploaded() -> FileStorage:
    """The file. Raises :class:`letters.errors.BadRequest` where there is none."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadRequest("file", "multipart/form-data with a part named file")
    return file
