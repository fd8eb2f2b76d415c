"""What a register's yaml may declare to keep it right: how duplicates are found, what quality is."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

_NAME = r"^[a-z][a-z0-9_]{0,39}$"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Comparison(StrEnum):
    """How the values of two entries are compared."""

    EQUAL = "equal"
    #: By edit distance, spaces and punctuation aside: 1 is the same, 0 has nothing in common.
    NEAR = "near"
    #: The day of a date, or the birthday in an identity number.
    BIRTHDAY = "birthday"


class Compared(_Strict):
    """One field of a set; where either entry has nothing in it, it doesn't count."""

    field: str
    by: Comparison = Comparison.EQUAL
    #: Only entries that agree here are compared at all, so that a register of millions can be.
    must: bool = False
    weight: int = Field(1, ge=1, le=10)
    #: A nearness below it counts as nothing in common.
    least: Decimal = Field(Decimal("0.5"), ge=0, le=1)


class DuplicateSet(_Strict):
    """Fields by which two entries of one register are likely the same person, firm or place."""

    key: str = Field(pattern=_NAME)
    title: Text
    fields: tuple[Compared, ...] = Field(min_length=2, max_length=12)
    #: Pairs of a lower score are no candidates.
    least: Decimal = Field(Decimal("0.8"), gt=0, le=1)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if not any(compared.must for compared in self.fields):
            raise Unfit(
                Text(
                    "至少一个字段须写must: true",
                    "at least one field must agree: say must",
                )
            )
        if any(compared.must and compared.by is Comparison.NEAR for compared in self.fields):
            raise Unfit(Text("near不能作must", "near cannot be a must"))
        names = [compared.field for compared in self.fields]
        if len(names) != len(set(names)):
            raise Unfit(Text("字段重复", "a field is listed twice"))
        return self
