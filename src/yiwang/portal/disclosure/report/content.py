"""The report as plain parts, paragraphs and tables: what the page, the workbook and the document all show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.portal.disclosure.rules.report_tables import Fault, Table

#: A figure that nobody has given.
MISSING = Text("未填报", "Not given")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A figure, and what to ask for to see the cases behind it; empty where none are."""

    value: int | str | Text
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A line of a table. ``group`` stands before the first of several rows that belong together."""

    label: Text
    cells: tuple[GridCell, ...]
    group: Text | None = None
    group_rows: int = 0
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; ``label`` heads the rows' names, ``groups`` are headings with how many columns they span."""

    key: str
    title: Text
    label: Text
    columns: tuple[Text, ...]
    rows: tuple[GridRow, ...]
    groups: tuple[tuple[Text, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """One of the six parts."""

    title: Text
    paragraphs: tuple[str | Text, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An agency and its share, for the roll-up."""

    code: str
    name: Text
    received: int
    carried_in: int
    ended: int
    carried_out: int
    balanced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReport:
    """The whole report of an agency, or of all that the reader sees."""

    year: int
    organisation: str
    name: Text
    parts: tuple[ReportPart, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Text, ...]
    units: tuple[Unit, ...]
    requests: Table
    challenges: Table

    @property
    def title(self) -> Text:
        """As it stands on top."""
        return Text(
            f"{self.name.zh}{self.year}年政府信息公开工作年度报告",
            f"{self.name.en}: annual report on disclosure of government information, {self.year}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """What an agency has written for a year: parts that can't be counted. None is what nobody has given."""

    figures: dict[str, int | str | None]
    general: str = ""
    problems: str = ""
    others: str = ""
    carried_out: int | None = None


def no_facts() -> YearFacts:
    """Nothing written yet."""
    return YearFacts(figures={})


def summed(held: Sequence[YearFacts]) -> YearFacts:
    """Those of all agencies together: figures add up; a figure that one has not given stays not given."""
    figures: dict[str, int | str | None] = {}
    for key in {key for each in held for key in each.figures}:
        given = [each.figures.get(key) for each in held]
        whole = [value for value in given if isinstance(value, int)]
        figures[key] = sum(whole) if len(whole) == len(given) else None
    carried = [each.carried_out for each in held if each.carried_out is not None]
    return YearFacts(figures=figures, carried_out=sum(carried) if len(carried) == len(held) > 0 else None)
