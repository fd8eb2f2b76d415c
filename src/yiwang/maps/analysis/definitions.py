"""What a pack may write in ``underground/*.yaml``: what a check before digging reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text
from yiwang.maps.definitions import CODE

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,40}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def named(self) -> Mapping[str, str]:
        """The fields of the register by what they are; those that it doesn't have are left out."""
        return {
            place: name
            for place, name in self.model_dump(exclude={"register_code"}).items()
            if isinstance(name, str)
        }


class PipeFields(_Strict):
    """Which field of a register of pipes is what."""

    code: Name
    kind: Name
    #: The column that says whom to ask: a code of ``owners``.
    owner: Name
    material: Name | None = None
    diameter: Name | None = None
    #: Metres down to the top, at the beginning and, where it differs, at the end.
    depth_from: Name | None = None
    depth_to: Name | None = None
    year: Name | None = None
    sharing: Name | None = None


class OwnerFields(_Strict):
    """The register of those who are asked, and which field of it is what."""

    register_code: str = Field(alias="register", pattern=CODE)
    code: Name
    name: Name
    name_en: Name
    kind: Name
    sharing: Name = Field(description="A code field with full, partial and none")
    contact: Name
    contact_en: Name | None = None
    authority: Name


class OpeningFields(_Strict):
    """Which field of a register of planned road openings is what."""

    code: Name
    builder: Name
    purpose: Name
    begins: Name
    ends: Name
    road: Name | None = Field(None, description="Which road; openings of one in the same weeks are told")
    place: Name | None = Field(None, description="Where on it, in words")
    contact: Name | None = Field(
        None, description="Whom to talk to about it, besides the office that told it"
    )
    state: Name | None = Field(None, description="A code field")
    over: tuple[Code, ...] = Field((), description="States of openings that will not be, or are no more")
    restored: tuple[Code, ...] = Field((), description="States of openings whose road is restored")
    no_dig_years: int = Field(
        0, ge=0, le=10, description="For so many years after its last day an opening is told"
    )

    @model_validator(mode="after")
    def _has_a_state_for_its_values(self) -> Self:
        if self.state is None and (self.over or self.restored):
            raise Unfit(Text("写了over或restored，须写state", "over and restored are values of a state"))
        return self


class UndergroundDefinition(_Strict):
    """A register that a check before digging reads: ``pipes`` with their ``owners``, or ``openings``."""

    code: str = Field(pattern=CODE)
    title: Text
    register_code: str = Field(alias="register", pattern=CODE)
    shape: Name
    pipes: PipeFields | None = None
    owners: OwnerFields | None = None
    openings: OpeningFields | None = None
    #: Layers that the report's map shows, where its reader sees them.
    layers: tuple[Annotated[str, Field(pattern=CODE)], ...] = Field((), max_length=4)

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.pipes is None) == (self.openings is None) or (self.pipes is None) != (self.owners is None):
            raise Unfit(
                Text("须写pipes和owners，或只写openings", "write pipes with owners, or openings alone")
            )
        return self
