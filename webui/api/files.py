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
    return uploads()[0]


def uploads() -> list[FileStorage]:
    """All files, in their order. Raises :class:`letters.errors.BadRequest` where there is none."""
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise BadRequest("file", "multipart/form-data with a part named file")
    return files
