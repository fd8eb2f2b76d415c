"""Words of files that become layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.registers.api import FileSurvey
from yiwang.registers.contracts import OnBadRows, RowProblem
from yiwang.registers.definitions import FieldKind


class FileState(StrEnum):
    """``choosing`` until the columns are said, and again when rows were refused; ``gone`` with its file."""

    CHOOSING = "choosing"
    WAITING = "waiting"
    DONE = "done"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidColumn:
    """What an officer says of a column that is taken."""

    head: str
    title: Text
    kind: FieldKind
    personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidFile:
    """What an officer says of his file: the layer's words, its columns, and how its shapes are read."""

    title: Text
    summary: Text
    group: Text
    columns: Sequence[SaidColumn]
    system: str = ""
    repairing: bool = False
    on_bad_rows: OnBadRows = "refuse_all"
    #: The column whose addresses give the places; empty where the file has them.
    placed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file as its sender sees it; ``draft`` is the layer's when it is done."""

    id: int
    name: str
    size: int
    state: FileState
    #: The reference system that was declared when it was sent; nothing where the file says it.
    system: str
    survey: FileSurvey
    said: SaidFile | None
    percent: int
    rows: int
    #: What was wrong when it was last tried: of so many features so many, and the first problems.
    refusal: Text | None
    problems: tuple[RowProblem, ...]
    #: Rows by what became of their addresses when it was last tried; empty where it has places itself.
    became: Mapping[str, int]
    draft: int | None
    loaded: int
    bad: int
    asked_at: datetime


@dataclass(eq=False)
class LayerFileNotFound(NotFound):
    """There is no such file, or it is somebody else's."""

    text: ClassVar[Text] = Text("没有这个图层文件。", "There is no such file of a layer.")


@dataclass(eq=False)
class LayerFileRefused(RuleViolation):
    """A file that can't become a layer."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("{reason}", "{reason}")
