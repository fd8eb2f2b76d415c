"""What a pack may declare to be asked of a field by yes or no: questions with their bounds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.exchange.contracts import Question, Test
from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

#: Of one field: with many bounds near each other the answers would tell the value.
MOST_A_FIELD = 6


class QuestionDefinition(BaseModel):
    """A question of a resource. The bound stands here and not with whoever asks, so nobody searches by it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="What a grant and a claim name it by")
    title: Text = Field(description="The question in words, e.g. 是否年满18周岁")
    field: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="The field that it is asked of")
    years_at_least: int | None = Field(
        None, ge=1, le=150, description="Full years since the date, from the day after the anniversary"
    )
    on_or_before: date | None = None
    on_or_after: date | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    one_of: tuple[str, ...] | None = Field(
        None, min_length=1, max_length=200, description="Codes; a division stands for everything within it"
    )

    @model_validator(mode="after")
    def _has_one_test(self) -> Self:
        given = [test for test in Test if getattr(self, test.value) is not None]
        if len(given) != 1:
            raise Unfit(Text("一个问题须有且仅有一个条件", "a question has exactly one test"))
        return self

    @property
    def as_asked(self) -> Question:
        """The question as the exchange asks it."""
        test = next(test for test in Test if getattr(self, test.value) is not None)
        bounds = {
            Test.YEARS_AT_LEAST: self.years_at_least,
            Test.ON_OR_BEFORE: self.on_or_before,
            Test.ON_OR_AFTER: self.on_or_after,
            Test.AT_LEAST: self.at_least,
            Test.AT_MOST: self.at_most,
        }
        bound = bounds.get(test)
        return Question(
            name=self.name,
            title=self.title,
            field=self.field,
            test=test,
            bounds=self.one_of or (() if bound is None else (str(bound),)),
        )


def refuse_unsound_questions(questions: tuple[QuestionDefinition, ...], fields: frozenset[str]) -> None:
    """Questions have names of their own, and are asked of shared fields, of each a few.

    Raises:
        Unfit: a name is taken, a field is not shared, or one is asked too much of.
    """
    names = [question.name for question in questions]
    if len(names) != len(set(names)) or fields & set(names):
        raise Unfit(Text("问题的名称重复", "the name of a question is taken"))
    for question in questions:
        if question.field not in fields:
            raise Unfit(
                Text(f"没有共享字段“{question.field}”", f"there is no shared field {question.field!r}")
            )
        if sum(other.field == question.field for other in questions) > MOST_A_FIELD:
            raise Unfit(
                Text(
                    f"对“{question.field}”最多{MOST_A_FIELD}个问题，多了等于给出数值",
                    f"at most {MOST_A_FIELD} questions of {question.field!r}: more would tell its value",
                )
            )
