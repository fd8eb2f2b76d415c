"""A form as a pack writes it in ``forms/*.yaml``: pages of questions, some shown only when a condition holds.

Conditions are FEEL over ``answers`` (by question key), ``applicant`` and, in a group, ``row``. What can be
said of one question by itself is refused here; what needs the whole form in ``rules/forms/checks.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator

from yiwang.cases.definitions.picks import Picks
from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

_CODE = r"^[a-z][a-z0-9_]{0,60}$"
Whole = Annotated[int, Strict()]
Number = Whole | Annotated[float, Strict()]
Truth = Annotated[bool, Strict()]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionKind(StrEnum):
    """What an answer is. Kept in JSON as said in ``rules/forms/parsing.py``."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    ID_NUMBER = "id_number"
    CREDIT_CODE = "credit_code"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    AREA = "area"
    DIVISION = "division"
    INDUSTRY = "industry"
    POSTCODE = "postcode"
    FILE = "file"
    GROUP = "group"


TEXTUAL = frozenset({QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.ADDRESS})
NUMERIC = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.MONEY})
CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
_LIMITED = NUMERIC | {QuestionKind.DATE, QuestionKind.GROUP, QuestionKind.AREA}


class Option(_Part):
    """One answer to choose from; ``group`` heads a part of a long list."""

    value: str = Field(pattern=r"^[A-Za-z0-9_.-]{1,60}$")
    label: Text
    hint: Text | None = None
    group: Text | None = None


class Prefill(_Part):
    """A field of a resource that the exchange gives: a request with a purpose, which leaves a trace."""

    resource: str = Field(pattern=r"^[a-z][a-z0-9_.]{0,80}$")
    field: str = Field(pattern=_CODE)


class Visitor(StrEnum):
    """What a counter officer reads off the card of the person at the window."""

    NAME = "name"
    RESIDENT_ID = "resident_id"
    PHONE = "phone"
    CREDIT_CODE = "credit_code"


class Question(_Part):
    """One question."""

    key: str = Field(pattern=_CODE)
    kind: QuestionKind
    label: Text
    hint: Text | None = None
    #: true, false, or FEEL.
    required: Truth | str = True
    #: FEEL; without it the question is always asked.
    show_if: str | None = None
    max_length: Whole | None = Field(None, ge=1, le=20_000)
    #: Of numbers the value, of an area square metres, of a group the rows, of a date ISO or ``today``.
    min: Number | str | None = None
    max: Number | str | None = None
    #: An XML Schema pattern that covers the whole answer, and how to say it to people.
    pattern: str | None = Field(None, max_length=500)
    pattern_hint: Text | None = None
    options: tuple[Option, ...] = ()
    accept: tuple[str, ...] = ("pdf", "jpg", "png")
    max_megabytes: Whole = Field(20, ge=1, le=200)
    prefill: Prefill | None = None
    #: The answer is an entry of a register, found on a list or the map.
    picks: Picks | None = None
    #: At a counter, left blank: the same as the visitor's.
    visitor: Visitor | None = None
    unit: Text | None = None
    #: Masked for readers without a grant.
    personal: Truth = False
    #: The questions of one row of a group.
    questions: tuple[Question, ...] = ()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Question:
        faults = {
            Text("须有选项，且只有选择题才有", "options, and only a choice has them"): bool(self.options)
            != (self.kind in CHOOSING),
            Text("须有下级题目，且只有分组才有", "questions, and only a group has them"): bool(self.questions)
            != (self.kind is QuestionKind.GROUP),
            Text("只有文字题才有pattern", "a pattern only for text"): self.pattern is not None
            and self.kind not in TEXTUAL,
            Text("pattern和pattern_hint须同时写", "pattern and pattern_hint together"): (self.pattern is None)
            != (self.pattern_hint is None),
            Text("只有文字题才有max_length", "max_length only for text"): self.max_length is not None
            and self.kind not in TEXTUAL,
            Text(
                "只有数字、日期、分组和范围才有min和max",
                "min and max only for numbers, dates, groups and areas",
            ): ((self.min, self.max) != (None, None) and self.kind not in _LIMITED),
            Text("分组和文件不能预填", "no prefill for a group or a file"): self.prefill is not None
            and self.kind in (QuestionKind.GROUP, QuestionKind.FILE),
            Text("只有文字题才有picks", "picks only for text"): self.picks is not None
            and self.kind is not QuestionKind.TEXT,
        }
        for rule, is_broken in faults.items():
            if is_broken:
                raise Unfit(
                    Text(f"{self.kind}类题目：{rule.zh}", f"a question of kind {self.kind} takes {rule.en}")
                )
        return self

    @model_validator(mode="after")
    def _row_is_flat(self) -> Question:
        for inner in self.questions:
            if inner.kind in (QuestionKind.GROUP, QuestionKind.FILE):
                raise Unfit(
                    Text(
                        f"{inner.key}：分组的一行中不能再有分组和文件",
                        f"{inner.key}: a row of a group holds no group and no file",
                    )
                )
            if inner.picks is not None:
                raise Unfit(
                    Text(
                        f"{inner.key}：分组的一行中不能有picks",
                        f"{inner.key}: a question in a row of a group has no picks",
                    )
                )
        return self


class Page(_Part):
    """One page: what is asked together."""

    key: str = Field(pattern=_CODE)
    title: Text
    hint: Text | None = None
    #: FEEL over answers of earlier pages; without it the page is always shown.
    show_if: str | None = None
    questions: tuple[Question, ...] = Field(min_length=1, max_length=60)


class Form(_Part):
    """A whole form."""

    code: str = Field(pattern=_CODE)
    title: Text | None = None
    pages: tuple[Page, ...] = Field(min_length=1, max_length=60)

    def questions(self) -> Iterator[tuple[Page, Question]]:
        """Every question with its page, in the order in which they are asked; a group counts as one."""
        return ((page, question) for page in self.pages for question in page.questions)

    def page(self, key: str) -> Page:
        """The page of a key; raises KeyError."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(f"{self.code} has no page {key!r}")


Question.model_rebuild()
