"""What a pack may write in ``scoring/*.yaml``: how the work of departments and officers is scored."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.scoring import Grade, refuse_unsound_grades
from yiwang.kernel.text import Text

_CODE = r"^[a-z][a-z0-9_]{1,60}$"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weights(_Part):
    """Weights of the five indicators; together 100."""

    on_time: int = Field(ge=0, le=100)
    cards: int = Field(ge=0, le=100)
    notices: int = Field(ge=0, le=100)
    ratings: int = Field(ge=0, le=100)
    supplements: int = Field(ge=0, le=100)

    @model_validator(mode="after")
    def _together_a_hundred(self) -> Self:
        total = self.on_time + self.cards + self.notices + self.ratings + self.supplements
        if total != 100:
            raise Unfit(Text(f"权重之和为{total}，应为100", f"weights add up to {total}, not 100"))
        return self


class Deductions(_Part):
    """Points that a card takes away from the full 100 of the indicator.

    They hold for up to ``per_limits`` limits that ended in the month; who had more loses in proportion,
    so that a large department is not worse for being large.
    """

    yellow: int = Field(ge=0, le=100)
    red: int = Field(ge=0, le=100)
    per_limits: int = Field(ge=1, le=10_000)


class Escalation(_Part):
    """Which superiors are told of a card, by the roles that they hold over the office that got it."""

    yellow: tuple[str, ...] = ()
    red: tuple[str, ...] = ("approver", "leader")


class ScoringScheme(_Part):
    """How a month is scored. The text of ``basis`` names the rule by which the city does it."""

    code: str = Field(pattern=_CODE)
    title: Text
    basis: Text
    departments: Weights
    officers: Weights
    deductions: Deductions
    escalation: Escalation = Escalation()
    grades: tuple[Grade, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _grades_fall(self) -> Self:
        refuse_unsound_grades(self.grades)
        return self
