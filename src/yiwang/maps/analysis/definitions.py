"""What a pack may write in ``underground/*.yaml``: what a check before digging reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text
from yiwang.maps.definitions import CODE

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def named(self) -> Mapping[str, str]:
        """The fields of the register by what they are; those that it doesn't have are left out."""
        return self.model_dump(exclude_none=True, exclude={"register_code"})


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
