"""Words of registers that are made for a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text
from yiwang.registers.contracts import RowProblem
from yiwang.registers.definitions import FieldKind

#: What a column becomes: a field, the shape, or one of the two numbers of a point.
Part = Literal["field", "shape", "east", "north"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileColumn:
    """A column of a file as its first rows show it."""

    head: str
    part: Part
    #: The kind that all cells fit which were looked at.
    kind: FieldKind
    #: Characters of the longest cell.
    longest: int
    examples: tuple[str, ...]
    #: Whether it seems to be about persons.
    personal: bool
    #: Whether numbers have more decimals than registers keep.
    rounded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSurvey:
    """What a file holds; ``rows`` were looked at, and ``is_whole`` says whether those were all.

    ``addresses`` are the columns whose addresses may give the places of a table without any, the likeliest
    first; empty where the file has places of its own.
    """

    columns: tuple[FileColumn, ...]
    shape: FieldKind
    rows: int
    is_whole: bool
    addresses: tuple[str, ...] = ()


@dataclass(eq=False)
class FileNotSurveyed(RuleViolation):
    """No register can be made for a file: it can't be read, or nothing of it can be drawn."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("{reason}", "{reason}")


@dataclass(eq=False)
class RowsRefused(RuleViolation):
    """Rows of the file are wrong; nothing of it was entered, and there is no register of it."""

    rows: int
    bad: int
    problems: tuple[RowProblem, ...]
    #: Rows by what became of their addresses.
    became: Mapping[str, int] = field(default_factory=dict)
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "{rows}个要素中有{bad}个不合要求，没有导入任何内容。",
        "Of {rows} features {bad} are wrong; nothing was taken in.",
    )
