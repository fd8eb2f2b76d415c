"""The definition kind ``rasters``: imagery that a department keeps; its files are loaded, not declared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.maps.rasters.definitions import RasterDefinition
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, Named, SourceFile, Step
from yiwang.platform.contracts import Json


class RasterKind:
    """Rasters are declared in ``rasters/*.yaml``, one a file named like its code."""

    key: ClassVar[str] = "rasters"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = RasterDefinition
    #: After grids; it needs nothing of other kinds.
    order: ClassVar[int] = 24

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(RasterDefinition, source)
        if model is None:
            return None, problems
        content = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Organisations are checked where all are known."""
        return []

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Loaded files stay where they are: taking a raster away loses none."""
        if wanted is None:
            return (Step(Text("撤下影像，文件保留", "take the imagery down; its files stay")),)
        if applied is None:
            return (Step(Text("可导入这种影像", "files of this imagery can be loaded")),)
        return (Step(Text("按新的声明提供影像", "give the imagery as it is declared now")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """The declaration itself is what is read."""


def named_in(definition: Definition) -> Iterator[Named]:
    """Organisations that a raster names."""
    raster = raster_of(definition.content)
    yield Named("organisation", raster.owner, definition.source.problem(("owner",), Text("", "")))
    for place, code in enumerate(raster.audience.organisations):
        path = ("audience", "organisations", place)
        yield Named("organisation", code, definition.source.problem(path, Text("", "")))


def raster_of(content: Json) -> RasterDefinition:
    """A raster as it was applied."""
    return as_model(RasterDefinition, content)
