"""Sheets of texts and numbers as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

_WIDTHS = (26, 44, *([14] * 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """A sheet: title and heading first, each alone in its row."""

    name: str
    rows: Sequence[Sequence[object]]


def written(sheets: Sequence[SheetRows]) -> bytes:
    """The workbook; a text stays a text whatever it begins with, numbers are numbers."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for line, row in enumerate(sheet.rows, start=1):
            for place, value in enumerate(row, start=1):
                cell = page.cell(line, place)
                cell.value = value if isinstance(value, int) else str(value)
                if not isinstance(value, int):
                    cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top")
        for place, width in enumerate(_WIDTHS, start=1):
            page.column_dimensions[get_column_letter(place)].width = width
        page["A1"].font = Font(bold=True, size=14)
        page["A2"].font = Font(bold=True, size=12)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
