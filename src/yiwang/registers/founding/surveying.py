"""Look at the first rows of a file: what could be a register of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from yiwang.identity.api import division_names
from yiwang.kernel.text import Text
from yiwang.registers.address_choices import address_book
from yiwang.registers.definitions import FieldKind
from yiwang.registers.founding.contracts import FileColumn, FileNotSurveyed, FileSurvey, Part
from yiwang.registers.loading.opening import Opened
from yiwang.registers.loading.placed_cells import EAST, NORTH
from yiwang.registers.loading.records import LineFault, Record
from yiwang.registers.rules.surveying import decimals, is_personal, kind_of, shape_of

#: Rows that are looked at; what comes later is judged when it is loaded.
MOST_ROWS = 5_000
MOST_COLUMNS = 100
_EXAMPLES, _LONGEST_EXAMPLE, _MOST_DECIMALS = 3, 60, 6
_EMPTY = Text("文件是空的，或没有表头", "The file is empty, or has no head")
_WIDE = Text(
    "列数超过 {most}；请先删去不用的列", "More than {most} columns; take away those that are not needed"
)
_TWICE = Text("列“{head}”出现了两次；请改名", "The column “{head}” stands there twice; rename one")
_NO_SHAPE = Text(
    "没有可以画到地图上的内容：应为带图形的地理文件，有“经度”“纬度”两列的表格，或有一列地址的表格",
    "Nothing of it can be drawn: send a geographic file with shapes, or a table with columns longitude and "
    "latitude or with a column of addresses",
)
_UNREADABLE = Text("第 {line} 行（个）无法读取：{reason}", "Row {line} can't be read: {reason}")


def survey_file(path: Path, *, encoding: str = "", system: str = "") -> FileSurvey:
    """What the columns are likely to be; every kind is a proposal, which the load judges.

    ``system`` as :func:`yiwang.registers.commands.receive_file.receive_file` has it.

    Raises:
        FileNotSurveyed: it can't be read, or holds nothing with a place.
    """
    opened = Opened(path, encoding=encoding or None, known=(), system=system)
    try:
        head = opened.records.head()
        records = opened.records
        rows = [each for each in islice(records, MOST_ROWS) if isinstance(each, Record)] if head else []
        is_whole = next(iter(records), None) is None
    except LineFault as fault:
        reason = fault.reason
        raise FileNotSurveyed(
            reason=_UNREADABLE.fill(line=fault.line, reason=reason) if fault.line > 1 else reason
        ) from fault
    finally:
        opened.close()
    if not head or not rows:
        raise FileNotSurveyed(reason=_EMPTY)
    heads = [name.strip() for name in head]
    _refuse_heads(heads)
    columns = [
        [row.cells[place].strip() for row in rows if place < len(row.cells)] for place in range(len(heads))
    ]
    return _surveyed(heads, columns, rows=len(rows), is_whole=is_whole)


def _refuse_heads(heads: Sequence[str]) -> None:
    if len(heads) > MOST_COLUMNS:
        raise FileNotSurveyed(reason=_WIDE.fill(most=MOST_COLUMNS))
    twice = next((name for place, name in enumerate(heads) if name in heads[:place]), None)
    if twice is not None:
        raise FileNotSurveyed(reason=_TWICE.fill(head=twice[:60]))


def _surveyed(
    heads: Sequence[str], columns: Sequence[Sequence[str]], *, rows: int, is_whole: bool
) -> FileSurvey:
    said = [[cell for cell in column if cell] for column in columns]
    found = _parts(heads, said)
    parts, shape = found or (list[Part](["field"]) * len(heads), FieldKind.POINT)
    names = frozenset(division_names())
    survey = FileSurvey(
        columns=tuple(
            FileColumn(
                head=head,
                part=part,
                kind=kind_of(head, set(cells), names) if part == "field" else shape,
                longest=max(map(len, cells), default=0),
                examples=tuple(cell[:_LONGEST_EXAMPLE] for cell in list(dict.fromkeys(cells))[:_EXAMPLES])
                if part != "shape"
                else (),
                personal=part == "field" and is_personal(head, set(cells)),
                rounded=part == "field" and decimals(cells) > _MOST_DECIMALS,
            )
            for head, part, cells in zip(heads, parts, said, strict=True)
        ),
        shape=shape,
        rows=rows,
        is_whole=is_whole,
    )
    return survey if found is not None else _by_addresses(survey)


def _by_addresses(survey: FileSurvey) -> FileSurvey:
    """Places of a table that has none come from a column of addresses, which its sender names."""
    book = address_book()
    written = [one for one in survey.columns if one.kind in {FieldKind.ADDRESS, FieldKind.TEXT}]
    if book is None or not book.suggesting() or not written:
        raise FileNotSurveyed(reason=_NO_SHAPE)
    likely = sorted(written, key=lambda one: one.kind is not FieldKind.ADDRESS)
    return replace(survey, addresses=tuple(one.head for one in likely))


def _parts(heads: Sequence[str], said: Sequence[Sequence[str]]) -> tuple[list[Part], FieldKind] | None:
    """Which column is the shape, or which two hold a point's numbers; None where there is no place."""
    parts: list[Part] = ["field"] * len(heads)
    for place, cells in enumerate(said):
        if (shape := shape_of(cells)) is not None:
            parts[place] = "shape"
            return parts, shape
    folded = [head.casefold() for head in heads]
    east = next((place for place, head in enumerate(folded) if head in EAST), None)
    north = next((place for place, head in enumerate(folded) if head in NORTH), None)
    if east is None or north is None:
        return None
    parts[east], parts[north] = "east", "north"
    return parts, FieldKind.POINT
