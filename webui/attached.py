"""Files that people attach: told by their content, kept like originals, given back only as downloads.

Threats: a page with scripts that calls itself a picture (only PDF, JPEG and PNG are taken, told by their content, and
are sent with their own type, never as a page, under a policy that runs nothing); a file that costs much to look at
(only its head is read); a guess of somebody else's file (who may see the task or entry may have it, nobody else).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from flask import Response, send_file
from PIL import Image, UnidentifiedImageError
from werkzeug.datastructures import FileStorage

from archive import Archive
from letters.errors import BadFile, EmptyFile, LimitExceeded, NotFound

MOST_BYTES = 20 * 1024 * 1024
TYPES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
"""What may be attached, with the ending that its downloads have."""

_HEAD = 1024
_LONGEST_NAME = 120


class WrongAttachment(BadFile):
    """Content that is no PDF, JPEG or PNG, whatever its name says."""

    code = "wrong-attachment"
    what = {"th": "ไฟล์ {subject} ไม่ใช่ PDF, JPEG หรือ PNG", "en": "{subject} is no PDF, JPEG or PNG file"}
    remedy = {"th": "แปลงเป็น PDF หรือถ่ายภาพแล้วแนบใหม่", "en": "convert it to PDF or take a picture, and attach it again"}


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was kept: its SHA-256 and its name without any path."""

    file: str
    name: str


def keep(archive: Archive, upload: FileStorage) -> Attached:
    """Keeps an upload. Raises :class:`WrongAttachment`, ``EmptyFile`` and ``LimitExceeded``, and keeps nothing then."""
    name = tidy_name(upload.filename or "")
    data = upload.stream.read(MOST_BYTES + 1)
    if not data:
        raise EmptyFile(name)
    if len(data) > MOST_BYTES:
        raise LimitExceeded(name, f"{MOST_BYTES // 1024 // 1024} MB")
    kind = kind_of(data)
    if kind is None:
        raise WrongAttachment(name)
    stem = PurePosixPath(name).stem or "file"
    return Attached(archive.files.put(data), stem[:_LONGEST_NAME] + TYPES[kind])


def kind_of(data: bytes) -> str | None:
    """The media type by content; ``None`` for what may not be attached."""
    if b"%PDF-" in data[:_HEAD]:
        return "application/pdf"
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            return Image.MIME[image.format or ""]
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, KeyError):
        return None


def give(archive: Archive, digest: str, name: str) -> Response:
    """A kept file as a download with the type of its content. Raises :class:`letters.errors.NotFound`."""
    path = archive.files.path(digest)
    if not path.is_file():
        raise NotFound(name)
    with path.open("rb") as file:
        kind = kind_of(file.read())
    response: Response = send_file(path, mimetype=kind or "application/octet-stream", as_attachment=True,
                                   download_name=name, etag=digest)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def tidy_name(name: str) -> str:
    """The last part of a path of any system, without signs that break headers."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(sign for sign in last if sign.isprintable()).strip() or "file"
