"""The definition kind ``grids``: which registers hold a grid, and how its codes are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.maps.grid.definitions import Coded, Components, GridDefinition
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.registers.api import keep_mapped
from yiwang.registers.definitions import SHAPES, RegisterDefinition


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
        found = []
        for part, coded in grid_of(definition.content).registers():
            if known.lacks("registers", coded.register_code):
                reason = Text(
                    f"没有登记簿“{coded.register_code}”", f"there is no register {coded.register_code!r}"
                )
                found.append(definition.source.problem((part, "register"), reason))
                continue
            applied = known.get("registers", coded.register_code)
            if applied is None:
                continue
            register = as_model(RegisterDefinition, applied.content)
            found += [
                definition.source.problem((part, place), reason)
                for place, reason in _misfits(coded, register)
            ]
        return found

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


def _misfits(coded: Coded, register: RegisterDefinition) -> Iterator[tuple[str, Text]]:
    names = {"shape": coded.shape, "code": coded.code}
    if isinstance(coded, Components):
        names["cell"] = coded.cell
    for place, name in names.items():
        field = register.find(name)
        if field is None:
            yield (
                place,
                Text(
                    f"登记簿“{register.code}”没有字段“{name}”",
                    f"the register {register.code!r} has no field {name!r}",
                ),
            )
        elif (place == "shape") != (field.kind in SHAPES):
            yield place, Text(f"字段“{name}”的类型不合", f"the field {name!r} is of another kind")


def grid_of(content: Json) -> GridDefinition:
    """A grid as it was applied."""
    return as_model(GridDefinition, content)
