"""Rows of a file of any format under the fields of a register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.registers.contracts import RowProblem
from yiwang.registers.definitions import SHAPES, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.loading.addressed import Placer, TooManyUnplaced, addressed
from yiwang.registers.loading.lines import Readable
from yiwang.registers.loading.opening import Opened
from yiwang.registers.loading.placed_cells import EAST, NORTH, NOT_MOVED, NotPlaced, placed
from yiwang.registers.loading.records import CellFault, LineFault, Record
from yiwang.registers.rules.shapes import TOO_MANY, is_endless

MOST_COLUMNS = 1_000
#: A file with more rows of a wrong shape than this is no file of this register.
MOST_MISSHAPEN = 10_000
#: What a column is mapped to that is not loaded.
LEFT_OUT = "-"
_MIDNIGHT = "T00:00:00"
_NOT_PLACED_BY = Text(
    "不能由这一列的地址定位：文件没有这一列，或已有另一列给出位置",
    "Places can't be taken from this column: the file has no such column, or another gives the places",
)


#: A record whose cells are in the order of the fields.
Row = Record
_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """How rows are made fit for a register that was made for their file: it takes what the file has."""

    #: The field that holds the row's number, counted from 1, which no column has.
    numbered: str
    #: Rows that may be placed by their addresses.
    most_placed: int
    #: Fields whose numbers are rounded to the six decimals that registers keep.
    rounded: frozenset[str] = frozenset()


class Sheet:
    """A file with a head of field names or titles. What can't be read is in ``problems``."""

    def __init__(
        self,
        file: Readable | Path,
        definition: RegisterDefinition,
        *,
        encoding: str | None = None,
        columns: Mapping[str, str] | None = None,
        system: str = "",
        placed_by: str = "",
        fitting: Fitting | None = None,
    ) -> None:
        self._fitting = fitting
        self._known = field_names(definition)
        self._named = dict(columns or {})
        known = {*self._known, *(name.casefold() for name in self._named)}
        self._opened = Opened(file, encoding=encoding, known=known, system=system)
        self.problems: list[RowProblem] = []
        #: The file as a whole can't be taken.
        self.is_refused = False
        self.fields: list[FieldDefinition] = []
        #: The head as it stands in the file.
        self.columns: tuple[str, ...] = ()
        self.rows_read = 0
        self._places: list[int] = []
        self._definition = definition
        #: The reference system that was declared.
        self.system = system
        #: Head of the column from whose addresses places are taken; empty where places come as coordinates.
        self._placed_by = placed_by
        self._placer: Placer | None = None
        #: Places of the columns of a point's longitude and latitude, by the place of the field.
        self._pairs: dict[int, tuple[int, int]] = {}

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, when all rows were read."""
        return self._opened.digested.digest

    @property
    def bytes_read(self) -> int:
        """How far the file was read."""
        return self._opened.digested.size

    def close(self) -> None:
        """End the reader."""
        self._opened.close()

    def read_head(self) -> bool:
        """Match the columns to fields; False if the file is refused."""
        try:
            head = self._opened.records.head()
        except LineFault as problem:
            self._refuse(problem)
            return False
        if head is None:
            self._add(1, "", Text("文件是空的", "The file is empty"))
        elif len(head) > MOST_COLUMNS:
            self._add(1, "", Text("列数过多", "There are too many columns"))
        else:
            self._match(head)
        self.is_refused = bool(self.problems)
        return not self.is_refused

    def _match(self, head: Sequence[str]) -> None:
        self.columns = tuple(column.strip() for column in head)
        pair = self._match_pair()
        for place, shown in enumerate(self.columns):
            wanted = self._named.get(shown, shown)
            if wanted == LEFT_OUT or place in pair:
                continue
            field = self._known.get(wanted.casefold())
            if field is None:
                self._add(1, shown[:60], Text("登记簿没有这一列", "The register has no such column"))
            elif field in self.fields:
                self._add(1, shown[:60], Text("这一列出现了两次", "This column stands there twice"))
            else:
                self.fields.append(field)
                self._places.append(place)
        self._match_addresses()
        if self._fitting is not None:
            self.fields.append(self._definition.get(self._fitting.numbered))
        for field in self._definition.fields:
            if field.required and field not in self.fields:
                self._add(1, field.name, Text("缺少这一必填列", "This required column is missing"))

    def _match_pair(self) -> tuple[int, ...]:
        """Longitude and latitude in two columns become the point to which they are mapped, or the only."""
        point = point_of_pair(self._definition, self.columns, self._named)
        if point is None:
            return ()
        field, east, north = point
        self._pairs[len(self.fields)] = (east, north)
        self.fields.append(field)
        self._places.append(east)
        return east, north

    def _match_addresses(self) -> None:
        """The point and the code that addresses give stand behind the fields that the file has."""
        if not self._placed_by:
            return
        mapped = dict(zip((self.columns[place] for place in self._places), self.fields, strict=True))
        how = addressed(self._definition, self.columns, mapped, self._placed_by)
        if how is None:
            self._add(1, self._placed_by[:60], _NOT_PLACED_BY)
            return
        wanted = [how.point, *([how.code] if how.code is not None else [])]
        divisions = [at for at, field in enumerate(self.fields) if field.kind is FieldKind.DIVISION]
        self._placer = Placer(
            how,
            point=len(self.fields),
            code=len(self.fields) + 1 if how.code is not None else None,
            division=divisions[0] if divisions else None,
            add=self.problems.append,
            most=self._fitting.most_placed if self._fitting is not None else None,
        )
        self.fields += wanted
        self._places += [how.column] * len(wanted)

    @property
    def placed(self) -> dict[str, int]:
        """Rows that addresses have placed, by per cent of certainty."""
        return {str(sure): rows for sure, rows in sorted(self._placer.placed.items())} if self._placer else {}

    @property
    def became(self) -> dict[str, int]:
        """Rows by what became of their addresses; empty where places come as coordinates."""
        return {each.value: rows for each, rows in self._placer.became.items()} if self._placer else {}

    def refuse(self, reason: Text) -> None:
        """Refuse the file as a whole, for what was found in its rows."""
        self._refuse(LineFault(1, reason))

    def rows(self, told: Callable[[int], None] = lambda rows: None) -> Iterator[Row]:
        """Give the records of the right shape; stops at the first that can't be read.

        Where addresses give the places all of them are found before the first record is given; ``told`` how
        many are.
        """
        if self._placer is None:
            return self._read_rows()
        try:
            return self._placer.spooled(self._read_rows(), told)
        except TooManyUnplaced as stopped:
            self.refuse(stopped.reason)
            return iter(())

    def _read_rows(self) -> Iterator[Row]:
        width = len(self.columns)
        arranged = self._arranging()
        shapes = [at for at, field in enumerate(self.fields) if field.kind in SHAPES]
        try:
            for record in self._opened.records:
                if isinstance(record, CellFault):
                    self._unfit(record)
                    continue
                self.rows_read += 1
                cells = record.cells
                if len(cells) != width and not (cells := self._shaped(record, width)):
                    if self.is_refused:
                        return
                    continue
                try:
                    cells = arranged(cells) if arranged else cells
                except NotPlaced:
                    self._add(record.line, "", NOT_MOVED)
                    continue
                if endless := [each for each in shapes if is_endless(cells[each])]:
                    self._add(record.line, self.fields[endless[0]].name, TOO_MANY)
                    continue
                if self._fitting is not None:
                    cells = self._fitted(cells, self._fitting)
                yield record if cells is record.cells else Row(record.line, cells)
        except LineFault as problem:
            self._refuse(problem)

    def _shaped(self, record: Record, width: int) -> Sequence[str]:
        """Spreadsheets leave empty cells behind the last column, and none for what is empty at the end."""
        cells = record.cells
        if len(cells) < width and self._opened.records.has_types:
            return [*cells, *[""] * (width - len(cells))]
        if len(cells) < width or any(cells[width:]):
            self._misshapen(record.line, len(cells))
            return ()
        return cells[:width]

    def _arranging(self) -> Callable[[Sequence[str]], Sequence[str]] | None:
        """Cells in the order of the fields, days without a time of day; None where they come so."""
        places = self._places
        days = {
            number
            for number, field in enumerate(self.fields)
            if field.kind is FieldKind.DATE and self._opened.records.has_types
        }
        system, pairs = self.system, self._pairs
        texts = {number for number, field in enumerate(self.fields) if system and field.kind in SHAPES}
        if self._placer is not None:
            texts.discard(self._placer.point)
        if not (days or pairs or texts) and places == list(range(len(self.columns))):
            return None

        def arranged(cells: Sequence[str]) -> Sequence[str]:
            found = [cells[place] for place in places]
            for number, (east, north) in pairs.items():
                found[number] = f"{cells[east].strip()} {cells[north].strip()}".strip()
            for shape in texts:
                found[shape] = placed(found[shape], system)
            for day in days:
                found[day] = found[day].removesuffix(_MIDNIGHT)
            return found

        return arranged

    def _fitted(self, cells: Sequence[str], fitting: Fitting) -> Sequence[str]:
        found = [
            _rounded(cell) if field.name in fitting.rounded else cell
            for field, cell in zip(self.fields, cells, strict=False)
        ]
        return [*found, f"{self.rows_read:06d}"]

    def _misshapen(self, line: int, cells: int) -> None:
        wanted = len(self.columns)
        self._add(
            line, "", Text(f"有 {cells} 个单元格，应为 {wanted} 个", f"Has {cells} cells instead of {wanted}")
        )
        if len(self.problems) > MOST_MISSHAPEN:
            self.is_refused = True

    def _unfit(self, fault: CellFault) -> None:
        if not self.problems or self.problems[-1].line != fault.line:
            self.rows_read += 1
        column = self._places.index(fault.place) if fault.place in self._places else -1
        self._add(fault.line, self.fields[column].name if column >= 0 else "", fault.reason)

    def _refuse(self, problem: LineFault) -> None:
        self._add(problem.line, "", problem.reason)
        self.is_refused = True

    def _add(self, line: int, field: str, reason: Text) -> None:
        self.problems.append(RowProblem(line=line, field=field, reason=reason))


def _rounded(cell: str) -> str:
    """A number with six decimals at most; what is none stays, to be refused by its form."""
    whole, _, part = cell.strip().partition(".")
    if len(part) <= _DECIMALS or not part.isdecimal() or not whole.lstrip("-").isdecimal():
        return cell
    return f"{Decimal(cell.strip()):.{_DECIMALS}f}"


def point_of_pair(
    definition: RegisterDefinition, columns: Sequence[str], named: Mapping[str, str]
) -> tuple[FieldDefinition, int, int] | None:
    """The point that two columns of a file hold, with their places; None where there is no such pair.

    Both are mapped to the same point, or neither is mapped and the register has one point only, which no
    other column holds.
    """
    known = field_names(definition)
    points = [field for field in definition.fields if field.kind is FieldKind.POINT]
    folded = [column.casefold() for column in columns]
    east = next((place for place, name in enumerate(folded) if name in EAST and name not in known), None)
    north = next((place for place, name in enumerate(folded) if name in NORTH and name not in known), None)
    if east is None or north is None or not points:
        return None
    wanted = {named.get(columns[place]) for place in (east, north)}
    others = {known.get(named.get(column, column).casefold()) for column in columns}
    if wanted == {None}:
        return (points[0], east, north) if len(points) == 1 and points[0] not in others else None
    [name, *more] = wanted
    field = known.get((name or "").casefold())
    return (field, east, north) if not more and field in points else None


def field_names(definition: RegisterDefinition) -> dict[str, FieldDefinition]:
    """Every name by which a column may call a field; a field's own name goes before another one's title."""
    found = {field.name.casefold(): field for field in definition.fields}
    for field in definition.fields:
        for title in (field.title.zh, field.title.en):
            found.setdefault(title.casefold(), field)
    return found
