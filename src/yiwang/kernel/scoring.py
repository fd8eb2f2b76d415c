"""Scores by weighted indicators, for whoever scores: exact fractions, rounded only to be shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


class Grade(BaseModel):
    """A grade is given from this score on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: int = Field(ge=0, le=100)
    title: Text
    tone: str = Field(default="neutral", pattern=r"^(success|info|warning|danger|neutral)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What an indicator adds: its share after the weights of empty ones went to the others, its points."""

    share: Fraction
    points: Fraction


def weigh(measured: Sequence[tuple[int, Fraction | None]]) -> tuple[Fraction | None, tuple[Weighed, ...]]:
    """The total of indicators, each a weight and 0 to 100 or None, and what each adds; None of nothing."""
    counting = sum(weight for weight, found in measured if found is not None)
    lines = []
    for weight, found in measured:
        share = Fraction(weight, counting) if counting and found is not None else Fraction(0)
        lines.append(Weighed(share=share, points=share * (found or 0)))
    total = sum((line.points for line in lines), Fraction(0)) if counting else None
    return total, tuple(lines)


def grade_of(total: Fraction, grades: Sequence[Grade]) -> Grade:
    """The first grade whose floor is reached; the last one begins at 0."""
    return next(grade for grade in grades if total >= grade.least)


def refuse_unsound_grades(grades: Sequence[Grade]) -> None:
    """Grades stand from the highest down to one that begins at 0; raises Unfit."""
    floors = [grade.least for grade in grades]
    if floors != sorted(set(floors), reverse=True) or floors[-1] != 0:
        raise Unfit(
            Text(
                "等级应从高到低排列，最后一级从0开始",
                "grades stand from the highest down to one that begins at 0",
            )
        )


def rounded(value: Fraction, step: Decimal) -> Decimal:
    """Round half up, as reports of offices do."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)
