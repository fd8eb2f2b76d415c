"""What a pack may write in ``grids/*.yaml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from yiwang.kernel.text import Text
from yiwang.maps.definitions import CODE

_NAME = r"^[a-z][a-z0-9_]{0,39}$"
Length = Annotated[int, Field(ge=1, le=12)]
#: Lengths of the parts of a code, in digits, from the first to the sequence number.
Parts = Annotated[tuple[Length, ...], Field(min_length=2, max_length=6)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Coded(_Strict):
    """Coded shapes of a register: the field that is drawn and the field with the code."""

    register_code: str = Field(alias="register", pattern=CODE)
    shape: str = Field(pattern=_NAME)
    code: str = Field(pattern=_NAME)


class Components(Coded):
    """Components with the cell that each says it stands in."""

    cell: str = Field(pattern=_NAME)


class GridDefinition(_Strict):
    """A grid of cells under parents (communities), with the components that stand in it.

    A cell's code begins with its parent's and ends with a sequence number.
    """

    code: str = Field(pattern=CODE)
    title: Text
    cells: Coded
    cell_code: Parts = Field((6, 3, 3, 3), description="CJ/T 213; GB/T 30428.1")
    parents: Coded
    components: Components | None = None
    component_code: Parts = Field((6, 2, 2, 6), description="CJ/T 214; GB/T 30428.2")
    #: Metres: gaps and overlaps that are narrower come from measuring and rounding.
    tolerance: float = Field(0.5, gt=0, le=100)

    def registers(self) -> tuple[tuple[str, Coded], ...]:
        """Every register that it names, with the place in the file."""
        named: list[tuple[str, Coded]] = [("cells", self.cells), ("parents", self.parents)]
        return (*named, ("components", self.components)) if self.components else tuple(named)
