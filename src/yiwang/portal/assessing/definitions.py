"""What a pack may write in ``assessment/*.yaml``: by which indicators disclosure work is assessed."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.scoring import Grade, refuse_unsound_grades
from yiwang.kernel.text import Text

_TWICE = Text("同一指标写了两次", "an indicator stands here twice")


class Measure(StrEnum):
    """What can be measured; each is the share of good among all that happened."""

    REQUESTS_ON_TIME = "requests_on_time"
    PUBLISHED_IN_TIME = "published_in_time"
    SITE_FRESH = "site_fresh"
    LETTERS_ON_TIME = "letters_on_time"
    POLICIES_LINKED = "policies_linked"


class IndicatorRule(BaseModel):
    """An indicator: what is measured, its weight, and under which share it counts nothing.

    Between ``none_at`` and ``full_at`` percent the score rises in a straight line from 0 to 100.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: Measure
    weight: int = Field(ge=1, le=100)
    none_at: int = Field(default=0, ge=0, le=99)
    full_at: int = Field(default=100, ge=1, le=100)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.none_at >= self.full_at:
            raise Unfit(Text("none_at应小于full_at", "none_at lies under full_at"))
        return self


class AssessmentScheme(BaseModel):
    """How a quarter or a year is assessed. The text of ``basis`` names the rule by which the city does it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")
    title: Text
    basis: Text
    indicators: tuple[IndicatorRule, ...] = Field(min_length=1)
    grades: tuple[Grade, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        total = sum(one.weight for one in self.indicators)
        if total != 100:
            raise Unfit(Text(f"权重之和为{total}，应为100", f"weights add up to {total}, not 100"))
        if len({one.measure for one in self.indicators}) != len(self.indicators):
            raise Unfit(_TWICE)
        refuse_unsound_grades(self.grades)
        return self
