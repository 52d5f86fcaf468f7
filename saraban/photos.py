"""Photographs and single scans of one letter, bound in their order into one PDF, which is then a packet like others."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from pikepdf import Pdf

from letters.errors import BadFile, EmptyFile, LimitExceeded
from ocr import FileKind, Limits, open_document
from ocr.searchable.pictures import as_pages, drawn


class NotAPicture(BadFile):
    """A PDF or text among pictures that are to be bound."""

    code = "not-a-picture"
    what = {"th": "ไฟล์ {subject} ไม่ใช่ภาพ จึงรวมเป็นชุดเดียวกับภาพไม่ได้",
            "en": "{subject} is no picture and cannot be bound with pictures"}
    remedy = {"th": "ส่งไฟล์นี้แยกต่างหาก", "en": "send it by itself"}


def bind(pictures: Sequence[tuple[Path, str]], target: Path, limits: Limits) -> int:
    """Writes a PDF at ``target`` whose pages are the pictures (path, name for errors) in the order given; gives how
    many pages it has.

    JPEG data goes in as it came, turned as the camera says. The same pictures in the same order make the same bytes, so
    that a packet sent twice is known. Raises ``BadFile`` errors that name the picture, and writes nothing then.
    """
    if not pictures:
        raise EmptyFile(target.name)
    with ExitStack() as opened:
        whole = opened.enter_context(Pdf.new())
        for path, name in pictures:
            for part in _pages(path, name, limits):
                whole.pages.extend(opened.enter_context(part).pages)
            if len(whole.pages) > limits.pages:
                raise LimitExceeded(name, f"pages > {limits.pages}")
        whole.save(target, deterministic_id=True)
        return len(whole.pages)


def _pages(path: Path, name: str, limits: Limits) -> list[Pdf]:
    """The pictures of a file as PDFs: its own data, or, where a PDF cannot take that, drawn anew."""
    with open_document(path, limits, name) as document:
        if document.kind in (FileKind.PDF, FileKind.TEXT):
            raise NotAPicture(name)
        kept = as_pages(path, document)
        return [kept] if kept else [drawn(document, number) for number in range(1, document.page_count + 1)]
