"""A workbook of plain tables: real numbers and dates, and nothing that a spreadsheet would compute."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from yiwang.insight.rules.months import ZONE
from yiwang.kernel.text import Text

Value = str | int | float | Decimal | datetime | Text | None
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# A spreadsheet that opens a cell beginning with one of these may run it as a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_000
_HEAD = PatternFill("solid", fgColor="0F4C5C")
_LINE = Border(bottom=Side(style="thin", color="DFDBD1"))
_FONT = "Microsoft YaHei"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading in both languages, its width in characters, how numbers are written."""

    title: Text
    width: int = 12
    number_format: str = "General"


COUNT = "#,##0"
PERCENT = '0.0"%"'
TENTH = "0.0"
HUNDREDTH = "0.00"
MOMENT = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with its name and what stands above it."""

    name: str
    title: Text
    note: Text
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def workbook(sheets: Iterable[Sheet], *, title: Text, made_at: datetime) -> bytes:
    """Write the sheets into one file."""
    book = Workbook()
    first = book.active
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    if first is not None:
        book.remove(first)
    book.properties.title = f"{title.zh} {title.en}"
    book.properties.creator = "Yiwang"
    book.properties.created = book.properties.modified = _local(made_at)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    put(page.cell(1, 1), f"{sheet.title.zh}  {sheet.title.en}")
    page.cell(1, 1).font = Font(name=_FONT, size=15, bold=True, color="0F4C5C")
    put(page.cell(2, 1), f"{sheet.note.zh}  {sheet.note.en}")
    page.cell(2, 1).font = Font(name=_FONT, size=9, color="4C5B63")
    for number, column in enumerate(sheet.columns, start=1):
        head = page.cell(4, number)
        put(head, f"{column.title.zh}\n{column.title.en}")
        head.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
        head.fill = _HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.row_dimensions[1].height = 26
    page.row_dimensions[4].height = 44
    last = 4
    for last, row in enumerate(sheet.rows, start=5):
        for number, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            cell = page.cell(last, number)
            put(cell, value, number_format=column.number_format)
            cell.font = Font(name=_FONT, size=10)
            cell.border = _LINE
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str | Text))
    page.freeze_panes = "B5"
    if last > 4:
        page.auto_filter.ref = f"A4:{get_column_letter(len(sheet.columns))}{last}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "4:4"


def put(cell: Cell | MergedCell, value: Value, *, number_format: str = "General") -> None:
    """Write one value as what it is; a text stays a text whatever it begins with."""
    if value is None or isinstance(cell, MergedCell):
        return
    match value:
        case Text():
            _put_text(cell, value.zh if value.zh == value.en else f"{value.zh}\n{value.en}")
        case str():
            _put_text(cell, value)
        case datetime():
            cell.value = _local(value)
            cell.number_format = MOMENT if number_format == "General" else number_format
        case Decimal():
            cell.value = float(value)
            cell.number_format = number_format
        case _:
            cell.value = value
            cell.number_format = number_format


def _put_text(cell: Cell, words: str) -> None:
    cell.value = _CONTROL.sub("", words)[:_LONGEST_CELL]
    cell.data_type = "s"
    if words.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True


def _local(at: datetime) -> datetime:
    """Spreadsheets know no time zones: the city's wall clock."""
    return at.astimezone(ZONE).replace(tzinfo=None, microsecond=0)
