"""Tables for spreadsheets: CSV that opens as it was meant."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

#: By which spreadsheets know UTF-8.
MARK = b"\xef\xbb\xbf"
#: What a spreadsheet would compute (OWASP, CSV injection); numbers with a sign are none of it.
_FORMULA = re.compile(r"(?![+-]?\d+(\.\d+)?$)[=+@\t\r-]")


def csv_file(rows: Iterable[Sequence[object]], *, is_marked: bool = True) -> bytes:
    """Rows as CSV (RFC 4180) in UTF-8; None is an empty cell, a text that looks like a formula stays a text.

    Files for programs rather than people are not ``is_marked``: some would take the mark for data.
    """
    text = io.StringIO()
    csv.writer(text).writerows([_cell(cell) for cell in row] for row in rows)
    return (MARK if is_marked else b"") + text.getvalue().encode()


def _cell(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
