"""The definition kind ``underground``: which registers a check before digging reads, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.maps.analysis.definitions import OwnerFields, UndergroundDefinition
from yiwang.maps.named_registers import SHAPE, Place, misnamed
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.registers.api import keep_mapped


class UndergroundKind:
    """They are declared in ``underground/*.yaml``, one a file named like its code, and keep no data."""

    key: ClassVar[str] = "underground"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = UndergroundDefinition
    #: After registers, before their data, as grids are.
    order: ClassVar[int] = 23

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(UndergroundDefinition, source)
        if model is None:
            return None, problems
        content = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """The registers are there and have the fields."""
        return [
            problem
            for at, register, fields in _named(underground_of(definition.content))
            for problem in misnamed(definition.source, known, register, fields, at=at)
        ]

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """It says what is read; nothing of the registers changes."""
        if wanted is None:
            return (Step(Text("动土核查不再查阅", "checks before digging read it no more")),)
        if applied is None:
            return (Step(Text("动土核查一并查阅", "checks before digging read it")),)
        return (Step(Text("按新的声明查阅", "it is read as it is declared now")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """See that what is asked by place has an index."""
        if change.wanted is not None:
            declared = underground_of(change.wanted.content)
            keep_mapped(declared.register_code, declared.shape)


def underground_of(content: Json) -> UndergroundDefinition:
    """A declaration as it was applied."""
    return as_model(UndergroundDefinition, content)


def _named(declared: UndergroundDefinition) -> Iterator[tuple[Place, str, Mapping[Place, str]]]:
    """Where the file names a register, its code, and the fields that it should have."""
    part, fields = ("pipes", declared.pipes) if declared.pipes else ("openings", declared.openings)
    own: dict[Place, str] = {SHAPE: declared.shape}
    if fields:
        own |= {(part, place): name for place, name in fields.named().items()}
    yield (), declared.register_code, own
    if isinstance(declared.owners, OwnerFields):
        asked: dict[Place, str] = {(place,): name for place, name in declared.owners.named().items()}
        yield ("owners",), declared.owners.register_code, asked
