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


class QualityKind(StrEnum):
    """What a rule asks of an entry. The first of ``fields`` is the one that is judged."""

    #: The field holds something.
    COMPLETE = "complete"
    #: The value keeps the standard of its kind and its bounds, and the ``pattern`` if one is given.
    VALID = "valid"
    #: The birthday in the identity number is the day of the second field.
    BIRTHDAY = "birthday"
    #: The sex in the identity number is that of the second field.
    SEX = "sex"
    #: The first field is no later, or no greater, than the second.
    ORDER = "order"
    #: The register that the field refers to has such an entry now.
    REFERS = "refers"
    #: The field's day, or without a field what was recorded, is no older than ``days``.
    FRESH = "fresh"
    #: No other entry has the same values.
    UNIQUE = "unique"


#: Fewest and most fields of a rule of each kind.
_FIELDS = {
    QualityKind.COMPLETE: (1, 1),
    QualityKind.VALID: (1, 1),
    QualityKind.BIRTHDAY: (2, 2),
    QualityKind.SEX: (2, 2),
    QualityKind.ORDER: (2, 2),
    QualityKind.REFERS: (1, 1),
    QualityKind.FRESH: (0, 1),
    QualityKind.UNIQUE: (1, 4),
}


class QualityRule(_Strict):
    """A rule that entries should keep, and the share that must, below which it is sent back."""

    key: str = Field(pattern=_NAME)
    title: Text
    kind: QualityKind
    fields: tuple[str, ...] = Field((), max_length=4)
    #: A regular expression of PostgreSQL for the whole value.
    pattern: str | None = Field(None, max_length=200)
    days: int | None = Field(None, ge=1, le=36_500)
    #: The rule holds for entries of which this field is one of these values.
    only_field: str | None = None
    only_values: tuple[str, ...] = ()
    weight: int = Field(1, ge=1, le=10)
    #: Share of entries that must keep it; 1 sends back every single one.
    least: Decimal = Field(Decimal(1), gt=0, le=1)

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        fewest, most = _FIELDS[self.kind]
        if not fewest <= len(self.fields) <= most:
            raise Unfit(
                Text(
                    f"{self.kind.value}规则须有{fewest}至{most}个字段",
                    f"a rule of kind {self.kind.value} has {fewest} to {most} fields",
                )
            )
        if (self.days is None) == (self.kind is QualityKind.FRESH):
            raise Unfit(Text("days用于fresh规则，且只用于它", "a fresh rule, and only it, has days"))
        if self.pattern is not None and self.kind is not QualityKind.VALID:
            raise Unfit(Text("pattern只用于valid规则", "a pattern is for a valid rule"))
        if (self.only_field is None) == bool(self.only_values):
            raise Unfit(Text("only_field和only_values须同时写", "only_field and only_values go together"))
        return self


class StandardAddress(_Strict):
    """An address field whose standard address is kept: the fields that take its code and its point."""

    field: str
    code_field: str | None = None
    point_field: str | None = None
    #: When a file is loaded, the chance from which on the place of an address is taken without asking.
    least: float = Field(0.9, ge=0.5, le=0.99)

    @model_validator(mode="after")
    def _keeps_something(self) -> Self:
        if self.code_field is None and self.point_field is None:
            raise Unfit(Text("code_field和point_field至少写一个", "give a code_field, a point_field or both"))
        return self

    @property
    def kept(self) -> tuple[str, ...]:
        """The fields that are filled in."""
        return tuple(name for name in (self.code_field, self.point_field) if name is not None)


class Share(_Strict):
    """A number held against a limit of the entry that this one refers to, as it is when this one is written.

    ``field`` gets per cent to one decimal, ``state`` its first code up to the limit and its second above it.
    The database works both out with each write; what somebody types there is not kept.
    """

    field: str
    state: str
    value: str = Field(description="Number of the entry")
    of: str = Field(description="Reference to the entry that has the limit")
    limit: str = Field(description="Number of that entry's register")
