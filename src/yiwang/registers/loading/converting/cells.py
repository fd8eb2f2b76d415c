"""Cells of any library as the text that the database checks, and how they are told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from yiwang.kernel.text import Text
from yiwang.registers.rules.shapes import MOST_CORNERS, WIDEST_CORNER

#: A text of a register has at most 100,000 characters; a shape with as many corners as it may have, more.
LONGEST_CELL = WIDEST_CORNER * MOST_CORNERS + 1_000
#: A spreadsheet keeps 15 digits; of a longer number the rest was lost before the file came to us.
_MOST_DIGITS = 10**15
#: Rows, and characters of them.
_TOLD_TOGETHER, _LONGEST_TOGETHER = 500, 8_000_000
#: Whoever takes the rows holds one of them whole.
_LONGEST_ROW = 8_000_000
#: Registers have some hundred fields at most.
MOST_COLUMNS = 2_000

#: A text in two languages says why there is none.
Cell = str | bool | int | float | Decimal | datetime | date | time | Text | None
Found = tuple[int, Sequence[Cell]]


@dataclass
class Unreadable(Exception):
    """The file cannot be read beyond this line."""

    line: int
    reason: Text


@dataclass
class Unfit(Exception):
    """One cell cannot be taken; ``place`` counts columns from 0."""

    place: int
    reason: Text


TOO_WIDE = Text("列数过多或一行过长", "There are too many columns, or a row is too long")
ROUNDED = Text(
    "数字超过 15 位，电子表格已将其舍入；请将该列设为文本格式",
    "A number of more than 15 digits, which the spreadsheet has rounded; format the column as text",
)
_LONG = Text(
    f"单元格过长（图形最多{MOST_CORNERS:,}个顶点）",
    f"A cell is too long (a shape has {MOST_CORNERS:,} corners at most)",
)
_NULL = Text("含有空字符", "Holds a null character")
_NO_NUMBER = Text("不是数字", "Not a number")


def text_of(value: Cell, *, exact: bool) -> str:
    """Give the text of a cell; ``exact`` where whole numbers of any length are kept by the format."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return _of_whole(value, exact=exact)
        case float():
            return _of_float(value, exact=exact)
        case Decimal():
            return format(value, "f")
        case datetime() | date() | time():
            return value.isoformat()
        case Text():
            raise ValueError(value)
    return value or ""


def _of_whole(value: int, *, exact: bool) -> str:
    if not exact and abs(value) >= _MOST_DIGITS:
        raise ValueError(ROUNDED)
    return str(value)


def _of_float(value: float, *, exact: bool) -> str:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - so one knows NaN
        raise ValueError(_NO_NUMBER)
    return _of_whole(int(value), exact=exact) if value.is_integer() else format(Decimal(repr(value)), "f")


def tell(head: Sequence[str], rows: Iterable[Found], *, exact: bool) -> None:
    """Write the head, then ``[line, cell, ...]`` for each row, or ``{"line", "place", "zh", "en"}``."""
    if len(head) > MOST_COLUMNS or any(len(name) > LONGEST_CELL for name in head):
        raise Unreadable(0, TOO_WIDE)
    together = [json.dumps(list(head), ensure_ascii=False)]
    long = 0
    for line, cells in rows:
        told = [*_lines_of(line, cells, exact=exact)]
        together.extend(told)
        long += sum(map(len, told))
        if len(together) >= _TOLD_TOGETHER or long >= _LONGEST_TOGETHER:
            _send(together)
            long = 0
    _send(together)


def _lines_of(line: int, cells: Sequence[Cell], *, exact: bool) -> Iterator[str]:
    told: list[int | str] = [line]
    faults: list[Unfit] = []
    for place, cell in enumerate(cells):
        try:
            told.append(_checked(text_of(cell, exact=exact)))
        except ValueError as problem:
            [reason] = problem.args
            faults.append(Unfit(place, reason))
    if sum(len(cell) for cell in told if isinstance(cell, str)) > _LONGEST_ROW:
        raise Unreadable(line, TOO_WIDE)
    if not faults:
        yield json.dumps(told, ensure_ascii=False)
    for fault in faults:
        words = {"zh": fault.reason.zh, "en": fault.reason.en}
        yield json.dumps({"line": line, "place": fault.place, **words}, ensure_ascii=False)


def _checked(text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise ValueError(_LONG)
    if "\x00" in text:
        raise ValueError(_NULL)
    return text


def _send(together: list[str]) -> None:
    if together:
        sys.stdout.write("\n".join(together) + "\n")
        together.clear()
