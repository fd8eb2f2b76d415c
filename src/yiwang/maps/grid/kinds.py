"""The definition kind ``grids``: which registers hold a grid, and how its codes are made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.maps.grid.definitions import Coded, Components, GridDefinition
from yiwang.maps.named_registers import SHAPE, Place, misnamed
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.registers.api import keep_mapped


class GridKind:
    """Grids are declared in ``grids/*.yaml``, one a file named like its code; they keep no data."""

    key: ClassVar[str] = "grids"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = GridDefinition
    #: After registers, before their data, as layers are.
    order: ClassVar[int] = 23

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(GridDefinition, source)
        if model is None:
            return None, problems
        content = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """The registers are there and have the fields."""
        return [
            problem
            for part, coded in grid_of(definition.content).registers()
            for problem in misnamed(definition.source, known, coded.register_code, _fields(coded), at=(part,))
        ]

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """It says how registers are checked; nothing of them changes."""
        if wanted is None:
            return (Step(Text("停止检查网格", "check the grid no more")),)
        if applied is None:
            return (Step(Text("可检查网格的编码和界线", "its codes and borders can be checked")),)
        return (Step(Text("按新的声明检查", "check it as it is declared now")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """See that what is checked has an index."""
        if change.wanted is None:
            return
        for _, coded in grid_of(change.wanted.content).registers():
            keep_mapped(coded.register_code, coded.shape)


def _fields(coded: Coded) -> Mapping[Place, str]:
    named: dict[Place, str] = {SHAPE: coded.shape, ("code",): coded.code}
    return named | ({("cell",): coded.cell} if isinstance(coded, Components) else {})


def grid_of(content: Json) -> GridDefinition:
    """A grid as it was applied."""
    return as_model(GridDefinition, content)
