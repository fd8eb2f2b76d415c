"""Which headings a figure of the report stands under: tables with headings of two levels say so cell by cell.

WCAG 2.2 technique H43: each cell names the ids of its headings, since ``scope`` alone leaves them open.
"""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.portal.disclosure.report.content import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A heading of columns, as wide and as high as it stands."""

    id: str
    title: Text
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Headings of a table: one or two lines of them, and the ids that the cells of a column or a row name."""

    lines: tuple[tuple[Head, ...], ...]
    of_columns: tuple[str, ...]
    of_rows: tuple[str, ...]


def heads_of(grid: Grid) -> Heads:
    """The headings of a table."""
    spans = [(title, span) for title, span in grid.groups] or [(Text("", ""), len(grid.columns))]
    height = 2 if any(title.zh for title, _ in spans) else 1
    first: list[Head] = []
    second: list[Head] = []
    of_columns: list[str] = []
    for place, (title, span) in enumerate(spans):
        above = f"{grid.key}-group-{place}" if title.zh else ""
        if above:
            first.append(Head(id=above, title=title, columns=span))
        for _ in range(span):
            head_id = f"{grid.key}-column-{len(of_columns)}"
            head = Head(id=head_id, title=grid.columns[len(of_columns)], rows=1 if above else height)
            (second if above else first).append(head)
            of_columns.append(f"{above} {head_id}".strip())
    return Heads(
        lines=(tuple(first), tuple(second)) if second else (tuple(first),),
        of_columns=tuple(of_columns),
        of_rows=_of_rows(grid),
    )


def _of_rows(grid: Grid) -> tuple[str, ...]:
    found, group, left = [], "", 0
    for place, row in enumerate(grid.rows):
        if row.group is not None:
            group, left = f"{grid.key}-rows-{place}", row.group_rows
        found.append(f"{group if left else ''} {grid.key}-row-{place}".strip())
        left = max(0, left - 1)
    return tuple(found)
