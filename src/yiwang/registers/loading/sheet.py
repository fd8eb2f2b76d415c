"""Rows of a CSV file under the fields of a register."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.registers.contracts import RowProblem
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.loading.lines import LineFault, Lines, Readable

MOST_COLUMNS = 1_000
#: A file with more rows of a wrong shape than this is no file of this register.
MOST_MISSHAPEN = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A record: the line on which it begins, and its cells in the order of the fields."""

    line: int
    cells: Sequence[str]


class Sheet:
    """A CSV file with a head of field names or titles. What can't be read is in ``problems``."""

    def __init__(
        self,
        file: Readable,
        definition: RegisterDefinition,
        *,
        encoding: str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> None:
        self.lines = Lines.of(file, encoding)
        self.problems: list[RowProblem] = []
        #: The file as a whole can't be taken.
        self.is_refused = False
        self.fields: list[FieldDefinition] = []
        self.rows_read = 0
        self._definition = definition
        self._named = dict(columns or {})
        self._records = csv.reader(self.lines, strict=True)

    def read_head(self) -> bool:
        """Match the columns to fields; False if the file is refused."""
        try:
            head = next(self._records, None)
        except (csv.Error, LineFault) as problem:
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
        known = _names(self._definition)
        for column in head:
            shown = column.strip()
            field = known.get(self._named.get(shown, shown).casefold())
            if field is None:
                self._add(1, shown[:60], Text("登记簿没有这一列", "The register has no such column"))
            elif field in self.fields:
                self._add(1, shown[:60], Text("这一列出现了两次", "This column stands there twice"))
            else:
                self.fields.append(field)
        for field in self._definition.fields:
            if field.required and field not in self.fields:
                self._add(1, field.name, Text("缺少这一必填列", "This required column is missing"))

    def rows(self) -> Iterator[Row]:
        """Give the records of the right shape; stops at the first that can't be read."""
        width = len(self.fields)
        while True:
            begins = self.lines.number + 1
            try:
                record = next(self._records, None)
            except (csv.Error, LineFault) as problem:
                self._refuse(problem)
                return
            if record is None:
                return
            if not record:
                continue
            self.rows_read += 1
            # spreadsheets leave empty cells behind the last column
            if len(record) < width or any(record[width:]):
                self._misshapen(begins, len(record))
                if self.is_refused:
                    return
                continue
            yield Row(begins, record[:width])

    def _misshapen(self, line: int, cells: int) -> None:
        wanted = len(self.fields)
        self._add(
            line, "", Text(f"有 {cells} 个单元格，应为 {wanted} 个", f"Has {cells} cells instead of {wanted}")
        )
        if len(self.problems) > MOST_MISSHAPEN:
            self.is_refused = True

    def _refuse(self, problem: csv.Error | LineFault) -> None:
        if isinstance(problem, LineFault):
            self._add(problem.line, "", problem.reason)
        else:
            self._add(self.lines.number, "", _CSV_FAULTS.get(str(problem), _MALFORMED))
        self.is_refused = True

    def _add(self, line: int, field: str, reason: Text) -> None:
        self.problems.append(RowProblem(line=line, field=field, reason=reason))


_MALFORMED = Text("不是规范的 CSV（引号或分隔符有误）", "Not well-formed CSV (quotation marks or separators)")
_CSV_FAULTS = {
    "field larger than field limit (131072)": Text("单元格过长", "A cell is too long"),
    "unexpected end of data": Text("引号没有结束", "A quotation mark is not closed"),
}


def _names(definition: RegisterDefinition) -> dict[str, FieldDefinition]:
    """Every name by which a column may call a field."""
    found: dict[str, FieldDefinition] = {}
    for field in definition.fields:
        for name in (field.name, field.title.zh, field.title.en):
            found.setdefault(name.casefold(), field)
    return found
