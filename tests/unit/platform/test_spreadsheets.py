"""CSV that a spreadsheet reads as it was meant: nothing of it is computed."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from yiwang.platform.spreadsheets import csv_file


def test_texts_like_formulas_stay_texts_and_numbers_stay_numbers():
    row = ["=1+1", "+86 20", "-5.20", "+3", "@SUM(A1)", "\t=1", '名称, "x"', None, 3, Decimal("-1.5")]

    file = csv_file([row])

    assert file == ('\ufeff\'=1+1,\'+86 20,-5.20,+3,\'@SUM(A1),\'\t=1,"名称, ""x""",,3,-1.5\r\n'.encode())
    assert csv_file([["a"]], is_marked=False) == b"a\r\n"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), min_size=1))
def test_what_is_read_back_is_what_was_written_and_no_cell_is_a_formula(rows):
    read = list(csv.reader(io.StringIO(csv_file(rows, is_marked=False).decode(), newline="")))

    cells = [cell for row in read for cell in row]
    assert [re.sub(r"^'(?=[=+@\t\r-])", "", cell) for cell in cells] == [
        re.sub(r"^'(?=[=+@\t\r-])", "", cell) for row in rows for cell in row
    ]
    assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r-") and not _is_number(cell)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
