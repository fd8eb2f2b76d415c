"""``python -m yiwang.portal.disclosure.report.workbook``: sheets as JSON come in, a workbook goes out."""

from __future__ import annotations

import io
import json
import sys

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

_WIDTHS = (26, 44, *([14] * 8))


def written(sheets: list[dict[str, object]]) -> bytes:
    """Each sheet has a ``name`` and ``rows`` of texts and numbers; a text is never a formula."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(str(sheet["name"]))
        rows = sheet["rows"]
        assert isinstance(rows, list)  # noqa: S101 - as the caller wrote it
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                cell = page.cell(line, place)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top")
        for place, width in enumerate(_WIDTHS, start=1):
            page.column_dimensions[get_column_letter(place)].width = width
        page["A1"].font = Font(bold=True, size=14)
        page["A2"].font = Font(bold=True, size=12)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(written(json.load(sys.stdin)))
