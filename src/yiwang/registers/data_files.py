"""The definition kind ``data``: rows that come with a pack, each entered once.

``data/<register>.csv`` is entered in the name of the register's owner, ``data/<register>.<source>.csv`` in
the name of one of its sources. From then on officers keep the entries: what they amended, corrected or
retired is never entered again, not even by a newer file. Of that only the rows are entered whose key the
register has never had; what no longer fits there stays out, for officers may have decided otherwise since.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

import structlog
from psycopg import sql
from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import definition_of
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.registers.commands.load_file import record_file
from yiwang.registers.contracts import RowProblem
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.kinds import RegisterKind
from yiwang.registers.loading.sheet import Sheet, field_names
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.tables.columns import history, table
from yiwang.registers.tables.running import row, rows

_EMPTY = Text("没有数据行", "There is no row")
_KEPT = Text(
    "登记簿已有的登记项保持不变，只录入从未有过的行",
    "The register keeps its entries; only rows that it has never had are entered",
)
_EVER = sql.SQL(
    "SELECT {key}::text FROM {rows} WHERE {key}::text = ANY({keys})"
    " UNION SELECT {key}::text FROM {before} WHERE {key}::text = ANY({keys})"
)
log = structlog.get_logger()


class DataKind:
    """Rows are declared in ``data/*.csv``, under the names or titles of the register's fields."""

    key: ClassVar[str] = "data"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)
    model: ClassVar[type[BaseModel] | None] = None
    #: After the registers' tables.
    order: ClassVar[int] = 25

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Count the rows; whether they fit is asked when the register is known."""
        try:
            text = source.content.decode("utf-8-sig")
            rows = sum(1 for record in csv.reader(io.StringIO(text), strict=True) if record) - 1
        except (UnicodeDecodeError, csv.Error):
            reason = Text("不是UTF-8编码的规范CSV文件", "Not well-formed CSV in UTF-8")
            return None, [source.problem((), reason)]
        if rows < 1:
            return None, [source.problem((), _EMPTY)]
        register, _, writer = source.path.stem.partition(".")
        content: Json = {
            "register": register,
            # nothing where the owner is meant, which may change
            "source": writer,
            "rows": rows,
            "sha256": sha256(source.content).hexdigest(),
        }
        return definition_of(self.key, source.path.stem, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """The register is there, the source writes to it, and its columns and rows have the right shape."""
        code, writer = _named(definition.content)
        if known.lacks(RegisterKind.key, code):
            reason = Text(f"没有登记簿“{code}”", f"there is no register {code!r}")
            return [definition.source.problem((), reason)]
        declared = known.get(RegisterKind.key, code)
        if declared is None:
            return []
        register = RegisterDefinition.model_validate_json(json.dumps(declared.content))
        if writer and writer not in (register.owner, *register.sources):
            reason = Text(
                f"“{writer}”不是登记簿“{code}”的来源单位", f"{writer!r} is no source of the register {code!r}"
            )
            return [definition.source.problem((), reason)]
        return list(_misfits(definition.source, register))

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Say how many rows are entered, or that entries stay as they are."""
        if applied is not None or wanted is None:
            return (Step(_KEPT),)
        rows = wanted.content["rows"] if isinstance(wanted.content, dict) else 0
        return (Step(Text(f"录入{rows}行", f"Enter {rows} row{'' if rows == 1 else 's'}")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Enter the rows; where the source has, or had, entries, those of which the key was never there.

        Raises:
            DefinitionRefused: a row of a first file breaks the register's rules; nothing at all is applied.
        """
        if change.wanted is None:
            return
        code, writer = _named(change.wanted.content)
        register = get_register(code)
        source = writer or register.owner
        file = change.wanted.source
        if _has_entries(register, source):
            _enter_new(register, source, file.content, at=at)
            return
        report = record_file(by=None, at=at, register=code, file=io.BytesIO(file.content), source=source)
        if not report.loaded:  # notes about rows that were entered refuse nothing
            raise DefinitionRefused(problems=tuple(_told(file, problem) for problem in report.problems))


def _named(content: Json) -> tuple[str, str]:
    """The register and the source of a file; no source stands for the owner."""
    if not isinstance(content, dict):
        raise TypeError("the content of a data file is an object")
    return str(content["register"]), str(content["source"])


def _misfits(file: SourceFile, register: RegisterDefinition) -> Iterator[DefinitionProblem]:
    sheet = Sheet(io.BytesIO(file.content), register)
    if sheet.read_head():
        for _ in sheet.rows():
            pass
    sheet.close()
    for problem in sheet.problems:
        yield _told(file, problem)


def _told(file: SourceFile, problem: RowProblem) -> DefinitionProblem:
    return replace(file.problem((), problem.reason), line=problem.line, path=problem.field)


def _enter_new(register: RegisterDefinition, source: str, content: bytes, *, at: datetime) -> None:
    head, *lines = [cells for cells in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if cells]
    key, known = register.key_field, field_names(register)
    place = next(place for place, name in enumerate(head) if known[name.strip().casefold()] == key)
    asked = _EVER.format(
        key=sql.Identifier(key.name),
        rows=table(register.code),
        before=history(register.code),
        keys=sql.Literal([cells[place].strip() for cells in lines]),
    )
    had = {str(found) for (found,) in rows(asked)}
    new = [cells for cells in lines if cells[place].strip() not in had]
    if not new:
        return
    file = io.StringIO()
    csv.writer(file).writerows([head, *new])
    report = record_file(
        by=None,
        at=at,
        register=register.code,
        file=io.BytesIO(file.getvalue().encode()),
        source=source,
        on_bad_rows="take_good",
    )
    if report.loaded < len(new):
        log.warning("registers.rows_left_out", register=register.code, source=source, load=report.load)


def _has_entries(register: RegisterDefinition, source: str) -> bool:
    """Whether a source has, or had, an entry in a register."""
    asked = sql.SQL(
        "SELECT EXISTS (SELECT FROM {} WHERE _source = %(source)s)"
        " OR EXISTS (SELECT FROM {} WHERE _source = %(source)s)"
    ).format(table(register.code), history(register.code))
    found = row(asked, {"source": source})
    return found is not None and bool(found[0])
