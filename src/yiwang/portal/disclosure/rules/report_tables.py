"""Tables 3 and 4 of the annual report on disclosure, counted from plain records.

The form is that of 国办公开办函〔2021〕30号. Numbers are held as the cases behind them: number and list never
differ. Rows are counted independently; ``balance`` then says whether they agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yiwang.kernel.text import Text
from yiwang.portal.disclosure.rules.results import ROWS, ResultKind


class Applicant(StrEnum):
    """The columns of table 3: natural persons, and five kinds of legal persons and organisations."""

    NATURAL_PERSON = "natural_person"
    COMMERCIAL = "commercial"
    RESEARCH = "research"
    PUBLIC_BENEFIT = "public_benefit"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"


APPLICANT_TEXTS: Mapping[str, Text] = {
    Applicant.NATURAL_PERSON: Text("自然人", "Natural persons"),
    Applicant.COMMERCIAL: Text("商业企业", "Enterprises"),
    Applicant.RESEARCH: Text("科研机构", "Research"),
    Applicant.PUBLIC_BENEFIT: Text("社会公益组织", "Public benefit"),
    Applicant.LEGAL_SERVICE: Text("法律服务机构", "Legal service"),
    Applicant.OTHER: Text("其他", "Other"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """A request as the report needs it. ``result`` and ``ended`` are None while it is open."""

    number: str
    organisation: str
    applicant: Applicant
    received: date
    result: ResultKind | None = None
    ended: date | None = None


class Forum(StrEnum):
    """The columns of table 4: how somebody went against an answer."""

    RECONSIDERATION = "reconsideration"
    DIRECT_SUIT = "direct_suit"
    SUIT_AFTER = "suit_after"


FORUM_TEXTS: Mapping[str, Text] = {
    Forum.RECONSIDERATION: Text("行政复议", "Reconsideration"),
    Forum.DIRECT_SUIT: Text("行政诉讼：未经复议直接起诉", "Suits without reconsideration"),
    Forum.SUIT_AFTER: Text("行政诉讼：复议后起诉", "Suits after reconsideration"),
}


class Ruling(StrEnum):
    """How it ended."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"


PENDING = "pending"
RULING_TEXTS: Mapping[str, Text] = {
    Ruling.UPHELD: Text("结果维持", "Upheld"),
    Ruling.CORRECTED: Text("结果纠正", "Corrected"),
    Ruling.OTHER: Text("其他结果", "Other result"),
    PENDING: Text("尚未审结", "Pending"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A reconsideration or a suit about an answer. ``ruling`` and ``ended`` are None while it is pending."""

    number: str
    organisation: str
    forum: Forum
    received: date
    ruling: Ruling | None = None
    ended: date | None = None


#: Rows of table 3 beside the results.
NEW, CARRIED_IN, RESULTS, CARRIED_OUT = "new", "carried_in", "results", "carried_out"
LINE_TEXTS: Mapping[str, Text] = {
    NEW: Text("本年新收政府信息公开申请数量", "New requests of this year"),
    CARRIED_IN: Text("上年结转政府信息公开申请数量", "Carried in from last year"),
    RESULTS: Text("总计", "Total"),
    CARRIED_OUT: Text("结转下年度继续办理", "Carried out to next year"),
} | {kind: row.text for kind, row in ROWS.items()}
LINES: tuple[str, ...] = (NEW, CARRIED_IN, *ROWS, RESULTS, CARRIED_OUT)
Cells = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Numbers of cases by row and column, each in order; a cell that is not there is empty."""

    year: int
    columns: tuple[str, ...]
    cells: Cells

    def numbers(self, row: str, column: str = "") -> tuple[str, ...]:
        """The cases behind a cell; without a column those of the whole row."""
        columns = (column,) if column else self.columns
        return tuple(sorted(number for each in columns for number in self.cells.get((row, each), ())))

    def count(self, row: str, column: str = "") -> int:
        """How many they are."""
        return len(self.numbers(row, column))


def requests_table(records: Iterable[RequestRecord], year: int) -> Table:
    """Table 3: what came, how it ended and what is left over."""
    held = tuple(records)
    cells: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in LINES:
        for column in Applicant:
            found = [each.number for each in held if each.applicant is column and _is_in(line, each, year)]
            if found:
                cells[line, column] = tuple(sorted(found))
    return Table(year=year, columns=tuple(Applicant), cells=cells)


def challenges_table(challenges: Iterable[Challenge], year: int) -> Table:
    """Table 4: what was ruled in the year, and what is pending at its end."""
    cells: dict[tuple[str, str], list[str]] = {}
    for each in challenges:
        if each.received.year > year or (each.ended is not None and each.ended.year < year):
            continue
        pending = each.ended is None or each.ended.year > year
        row = PENDING if pending or each.ruling is None else each.ruling
        cells.setdefault((row, each.forum), []).append(each.number)
    ordered = {key: tuple(sorted(numbers)) for key, numbers in cells.items()}
    return Table(year=year, columns=tuple(Forum), cells=ordered)


def rolled_up(tables: Iterable[Table], year: int) -> Table:
    """The city's table out of those of its units: a case is one unit's, so nothing counts twice."""
    cells: dict[tuple[str, str], tuple[str, ...]] = {}
    columns: tuple[str, ...] = ()
    for table in tables:
        columns = columns or table.columns
        for key, numbers in table.cells.items():
            cells[key] = tuple(sorted((*cells.get(key, ()), *numbers)))
    return Table(year=year, columns=columns, cells=cells)


class FaultKind(StrEnum):
    """What does not agree in table 3."""

    UNBALANCED = "unbalanced"
    CARRY_OVER = "carry_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A column in which two figures that must be equal are not, with the cases that make the difference."""

    kind: FaultKind
    column: str
    left: int
    right: int
    numbers: tuple[str, ...]

    @property
    def sentence(self) -> Text:
        """For readers."""
        return _FAULTS[self.kind].fill(left=self.left, right=self.right)


_FAULTS = {
    FaultKind.UNBALANCED: Text(
        "新收加上年结转为 {left} 件，办理结果总计加结转下年为 {right} 件，不平衡。",
        "New and carried in make {left}, results and carried out make {right}: they don't balance.",
    ),
    FaultKind.CARRY_OVER: Text(
        "上年结转为 {left} 件，上年度报告结转下年为 {right} 件，不衔接。",
        "Carried in are {left}, last year's report carried out {right}: they don't agree.",
    ),
}


def balance(table: Table) -> tuple[Fault, ...]:
    """Row 1 + row 2 = total of row 3 + row 4, in each column, case by case."""
    return _compared(
        table,
        FaultKind.UNBALANCED,
        lambda column: table.numbers(NEW, column) + table.numbers(CARRIED_IN, column),
        lambda column: table.numbers(RESULTS, column) + table.numbers(CARRIED_OUT, column),
    )


def carry_over(table: Table, last: Table) -> tuple[Fault, ...]:
    """What is carried in is what last year carried out, in each column, case by case."""
    return _compared(
        table,
        FaultKind.CARRY_OVER,
        lambda column: table.numbers(CARRIED_IN, column),
        lambda column: last.numbers(CARRIED_OUT, column),
    )


def _compared(
    table: Table,
    kind: FaultKind,
    left: Callable[[str], tuple[str, ...]],
    right: Callable[[str], tuple[str, ...]],
) -> tuple[Fault, ...]:
    found = []
    for column in table.columns:
        one, other = left(column), right(column)
        if sorted(one) != sorted(other):
            apart = tuple(sorted(set(one) ^ set(other)))
            found.append(Fault(kind=kind, column=column, left=len(one), right=len(other), numbers=apart))
    return tuple(found)


def _is_in(line: str, record: RequestRecord, year: int) -> bool:
    ended = record.ended.year if record.ended is not None else None
    if line == NEW:
        return record.received.year == year
    if line == CARRIED_IN:
        return record.received.year < year and (ended is None or ended >= year)
    if line == CARRIED_OUT:
        return record.received.year <= year and (ended is None or ended > year)
    if ended != year or record.result is None:
        return False
    return line in (RESULTS, record.result)
