"""Rows of the first sheet of a workbook (XLSX), one at a time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ERROR_CODES

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Cell, Found, Unreadable, tell

_MOST_ENTRIES = 1_000
#: A million rows of forty columns unpack to some 2 GB, at about a tenth of that packed.
_MOST_UNPACKED = 4_000_000_000
_MOST_RATIO, _RATIO_FLOOR = 100, 50_000_000
#: All texts of the sheet are kept in memory by their numbers.
_MOST_STRINGS = 400_000_000
#: The last row that a sheet has.
_MOST_ROWS = 1_048_576
#: Of a part, before its first element: declarations of encoding, remarks. Nobody writes more of them.
_PROLOG = 16_384
_BESIDE = re.compile(rb"(?s)<\?.*?\?>\s*|<!--.*?-->\s*")
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_BOMB = Text("压缩包展开后过大", "The package unpacks to far too much")
_DOCTYPE = Text("含有不允许的 XML 声明", "Holds an XML declaration that is not allowed")
_EMPTY = Text("工作簿没有工作表", "The workbook has no sheet")
_ROWS = Text("行号超出工作表范围", "A row beyond the end of a sheet")


def convert(path: str) -> None:
    """Tell the rows of the first visible sheet; its first row that is not empty is the head."""
    _refuse_bombs(path)
    # by its content: openpyxl goes by the name of a path
    with Path(path).open("rb") as file:
        _tell_sheet(load_workbook(file, read_only=True, keep_links=False))


def _tell_sheet(book: Workbook) -> None:
    try:
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable(0, _EMPTY)
        # what a sheet says of its size is only a claim
        sheet.reset_dimensions()
        rows = _rows(sheet.iter_rows(values_only=True))
        _, head = next(rows, (0, ()))
        tell(["" if cell is None else str(cell) for cell in head], rows, exact=False)
    finally:
        book.close()


def _refuse_bombs(path: str) -> None:
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        strings = sum(entry.file_size for entry in entries if entry.filename.endswith("sharedStrings.xml"))
        most = max(_RATIO_FLOOR, min(packed * _MOST_RATIO, _MOST_UNPACKED))
        if len(entries) > _MOST_ENTRIES or unpacked > most or strings > _MOST_STRINGS:
            raise Unreadable(0, _BOMB)
        for entry in entries:
            # whatever it is called: which part is a sheet, the package says itself
            with package.open(entry) as part:
                if not is_plain(part.read(_PROLOG)):
                    raise Unreadable(0, _DOCTYPE)


def is_plain(head: bytes) -> bool:
    """Whether a part that is XML comes to its first element without declaring anything on the way."""
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xff\xfe\xbf \t\r\n")
    if not text.startswith(b"<"):
        return True
    while begun := _BESIDE.match(text):
        text = text[begun.end() :]
    return bool(_ELEMENT.match(text))


def _rows(found: Iterator[tuple[object, ...]]) -> Iterator[Found]:
    for line, cells in enumerate(found, start=1):
        if line > _MOST_ROWS:
            raise Unreadable(line, _ROWS)
        last = len(cells)
        while last and cells[last - 1] in (None, ""):
            last -= 1
        if last:
            yield line, [_cell(cell) for cell in cells[:last]]


def _cell(value: object) -> Cell:
    """A formula stays one, so that it is refused like one in a text file; so does what a formula broke on."""
    match value:
        case str() if value in ERROR_CODES:
            return f"={value}"
        case str() | bool() | int() | float() | Decimal() | datetime() | date() | time() | None:
            return value
        case timedelta():
            return str(value)
        case _:
            return "="
