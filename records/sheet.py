"""Tables as CSV and XLSX bytes. Text that a spreadsheet would run as a formula is marked on writing and read back."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from letters.errors import BadFile

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_MOST_ROWS = 200_000


class BadSheet(BadFile):
    """Bytes that are no table: not UTF-8, not XLSX, or without a header."""

    code = "bad-sheet"
    what = {"th": "ตาราง {subject} อ่านไม่ได้", "en": "the table {subject} cannot be read"}
    remedy = {"th": "บันทึกเป็น XLSX หรือ CSV (UTF-8) แล้วส่งใหม่", "en": "save it as XLSX or CSV (UTF-8) and send it again"}


def write_csv(header: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """UTF-8 with a byte-order mark, so that spreadsheets show Thai."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_guarded(row.get(name, "")) for name in header])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read_csv(data: bytes, name: str = "CSV") -> list[dict[str, object]]:
    """The rows by header. Raises :class:`BadSheet`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet(name, "ไม่ใช่ UTF-8") from error
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise BadSheet(name, str(error)) from error
    return list(_by_header(rows, name))


def write_xlsx(header: Sequence[str], rows: Iterable[Mapping[str, object]], title: str = "ข้อมูล",
               explained: Iterable[tuple[str, str]] = ()) -> bytes:
    """A workbook: the table with a bold header, and a second sheet that explains the columns where words are given."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, name) for name in header])
    for row in rows:
        sheet.append([_typed(sheet, row.get(name, "")) for name in header])
    words = list(explained)
    if words:
        notes = book.create_sheet("คำอธิบาย")
        for name, text in words:
            notes.append([_typed(notes, name), _typed(notes, text)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_xlsx(data: bytes, name: str = "XLSX") -> list[dict[str, object]]:
    """The rows of the first sheet by header; what formulas gave, not the formulas. Raises :class:`BadSheet`."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True, max_row=_MOST_ROWS)]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise BadSheet(name, "ไม่ใช่ XLSX") from error
    return list(_by_header(rows, name))


def read_table(data: bytes, name: str) -> list[dict[str, object]]:
    """The rows of a CSV or XLSX file, told apart by its first bytes. Raises :class:`BadSheet`."""
    return read_xlsx(data, name) if data.startswith(b"PK") else read_csv(data, name)


def _by_header(rows: Sequence[Sequence[object]], name: str) -> Iterator[dict[str, object]]:
    if not rows or not any(rows[0]):
        raise BadSheet(name, "ไม่มีหัวตาราง")
    header = [str(cell or "").strip() for cell in rows[0]]
    for row in rows[1:]:
        cells = [*row, *[None] * (len(header) - len(row))]
        yield {key: _unguarded(cell) for key, cell in zip(header, cells, strict=False) if key}


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _unguarded(cell: object) -> object:
    return cell[1:] if isinstance(cell, str) and cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _bold(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _typed(sheet: object, value: object) -> WriteOnlyCell:
    """A cell that is text where the value is text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
