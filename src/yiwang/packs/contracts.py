"""Words of packs: a source file with its lines, a definition, a change, a plan, and what a kind is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal, Protocol

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem, RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

PathKey = tuple[str | int, ...]
#: A definition that another pack declares now, word for word, only moves.
ChangeKind = Literal["add", "alter", "move", "retire"]
#: What stands for a pack where the city drew a definition up itself; no folder may be called so.
DRAWN_UP = "drawn_up"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a pack as read: bytes, and for YAML its data with the line of every path."""

    pack: str
    path: Path
    shown: str
    content: bytes
    data: Json = None
    lines: Mapping[PathKey, int] = field(default_factory=dict)

    def line_of(self, path: PathKey) -> int:
        """Line of a path, or of the nearest enclosing one; 0 when nothing is known."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0

    def problem(self, path: PathKey, reason: Text) -> DefinitionProblem:
        """A problem at a path of this file."""
        return DefinitionProblem(
            file=self.shown,
            line=self.line_of(path),
            path=".".join(str(part) for part in path),
            reason=reason,
        )


@dataclass(frozen=True, slots=True)
class Definition:
    """One declared thing: its kind, code, and canonical JSON content."""

    kind: str
    code: str
    source: SourceFile
    content: Json
    digest: str

    @property
    def pack(self) -> str:
        """The pack that declares it."""
        return self.source.pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A definition that the city drew up itself, as last published; ``revision`` counts from 1."""

    kind: str
    code: str
    owner: str
    text: str
    revision: int
    published_at: datetime

    @property
    def version(self) -> str:
        """The revision in the form of a pack's version."""
        return f"{self.revision}.0.0"


@dataclass(frozen=True, slots=True)
class Named:
    """Something of the city that a definition names, with the place to point at where there is none."""

    what: Literal["organisation", "role"]
    code: str
    place: DefinitionProblem


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that applying a change does, in words; destructive steps lose data."""

    text: Text
    destructive: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one definition: from what is applied to what is wanted."""

    op: ChangeKind
    kind: str
    code: str
    pack: str
    applied: Json
    wanted: Definition | None
    steps: tuple[Step, ...]

    @property
    def is_destructive(self) -> bool:
        """Whether a step loses data."""
        return any(step.destructive for step in self.steps)


@dataclass(frozen=True, slots=True)
class Plan:
    """All changes in the order in which they will be applied."""

    changes: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Whether what is applied is what is wanted."""
        return not self.changes

    @property
    def destructive(self) -> tuple[Change, ...]:
        """Changes that lose data."""
        return tuple(change for change in self.changes if change.is_destructive)


class Known:
    """All definitions of one load, by kind and code, for checks across files."""

    def __init__(
        self,
        definitions: Mapping[tuple[str, str], Definition],
        faulty: Collection[tuple[str, str]] = (),
    ) -> None:
        self._definitions = dict(definitions)
        self._faulty = frozenset(faulty)

    def lacks(self, kind: str, code: str) -> bool:
        """Whether nothing of the code is declared; what stands in a faulty file is told by its own faults."""
        return (kind, code) not in self._definitions and (kind, code) not in self._faulty

    def with_change(self, kind: str, code: str, definition: Definition | None) -> Known:
        """The same with one definition as it would be; None takes it out."""
        others = {key: found for key, found in self._definitions.items() if key != (kind, code)}
        return Known(others if definition is None else {**others, (kind, code): definition}, self._faulty)

    def has_faulty(self, kind: str) -> bool:
        """Whether a file of a kind could not be read, so that what it declares is not known."""
        return any(found == kind for found, _ in self._faulty)

    def get(self, kind: str, code: str) -> Definition | None:
        """The definition or None."""
        return self._definitions.get((kind, code))

    def of_kind(self, kind: str) -> Iterator[Definition]:
        """All of a kind, sorted by code."""
        for (found, _), definition in sorted(self._definitions.items()):
            if found == kind:
                yield definition

    def __iter__(self) -> Iterator[Definition]:
        return iter(self._definitions.values())


class DefinitionKind(Protocol):
    """What an engine can be told. Engines register kinds at start; their order is the apply order."""

    #: Folder in a pack, e.g. ``cases``; also the kind's name.
    key: ClassVar[str]
    #: File suffixes that are read from the folder, e.g. ``(".yaml",)``.
    suffixes: ClassVar[tuple[str, ...]]
    #: What reads a file of it, for the reference; None where the form is a standard (BPMN, DMN, Typst).
    model: ClassVar[type[BaseModel] | None]
    #: Kinds apply from low to high: registers 20, forms 30, decisions 40, processes 50, cases 60.
    order: ClassVar[int]

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file by itself."""

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Validate across files: every name that is referred to exists and fits."""

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Say what a change will do; ``applied`` is None for an addition, ``wanted`` None to retire."""

    def apply(self, change: Change, *, at: datetime) -> None:
        """Do it, inside the transaction of the whole apply."""


@dataclass(eq=False)
class DestructiveNotAllowed(RuleViolation):
    """The plan would lose data and the caller did not allow it."""

    what: str
    text: ClassVar[Text] = Text(
        "计划包含会丢失数据的步骤（{what}），未作任何更改；确认后加 --allow-destructive。",
        "The plan has steps that lose data ({what}); nothing was changed. Use --allow-destructive.",
    )


@dataclass(eq=False)
class PlanIsStale(RuleViolation):
    """Another apply came first."""

    text: ClassVar[Text] = Text(
        "另一次应用刚刚完成，请重新生成计划。", "Another apply has just finished; make the plan again."
    )
