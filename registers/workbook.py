"""A form as a workbook that prints as the Regulation has it: title, office and year on top, the header on each page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from registers.forms import Form
from registers.model import Row

_HEAD = 3
_THIN = Side(style="thin", color="808080")
_FACE = "TH SarabunPSK"


def workbook(form: Form, rows: Iterable[Row], office: str, span: str, *, counted: bool = False) -> bytes:
    """The form as XLSX. ``office`` is its name, ``span`` the year or days (BE) as words; ``counted``: lines have a
    running number of their own before them. Text that looks like a formula stays text."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = form.title[:31]
    headers = [*(["ลำดับที่"] if counted else []), *(column.header for column in form.columns)]
    widths = [*([8] if counted else []), *(column.width for column in form.columns)]
    for place, words in enumerate((f"{form.title} (แบบที่ {form.number})", f"{office}  {span}"), 1):
        _write(sheet, place, 1, words, bold=place == 1, size=18 - 2 * place)
        sheet.merge_cells(start_row=place, end_row=place, start_column=1, end_column=len(headers))
    _line(sheet, _HEAD, headers, bold=True)
    for place, cells in enumerate(form.table(rows), 1):
        _line(sheet, _HEAD + place, [place, *cells] if counted else cells)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _for_paper(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _line(sheet: Worksheet, place: int, cells: Sequence[str | int], *, bold: bool = False) -> None:
    for column, value in enumerate(cells, 1):
        cell = _write(sheet, place, column, value, bold=bold)
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if bold else None)


def _write(sheet: Worksheet, row: int, column: int, value: str | int, *, bold: bool = False, size: int = 14) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101  # merged cells are only made after their first one is written
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = Font(name=_FACE, size=size, bold=bold)
    return cell


def _for_paper(sheet: Worksheet) -> None:
    """A4 across, as wide as the paper, the header on every page."""
    sheet.freeze_panes = f"A{_HEAD + 1}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "แผ่นที่ &P จาก &N"
