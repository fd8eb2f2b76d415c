"""Words and errors of talking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text


class LetterState(StrEnum):
    """What an officer said about publishing a letter and its reply."""

    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


LETTER_STATE_TEXTS = {
    LetterState.PUBLISHED: Text("已公开", "Published"),
    LetterState.DECLINED: Text("不公开", "Not published"),
    LetterState.WITHDRAWN: Text("已撤下", "Taken down"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLetter:
    """A letter and its reply as anybody may read them."""

    id: int
    type_code: str
    organisation: str
    subject: str
    letter: str
    reply: str
    received_on: date
    answered_on: date
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLetter:
    """A letter whose publication was decided, at the desk."""

    number: str
    organisation: str
    subject: str
    state: LetterState
    reason: str
    decided_at: datetime


@dataclass(eq=False)
class LetterNotFound(NotFound):
    """No such letter is public."""

    text: ClassVar[Text] = Text("没有找到这封来信。", "There is no such letter.")


@dataclass(eq=False)
class NotAgreed(RuleViolation):
    """The writer did not agree to the publication."""

    number: str
    text: ClassVar[Text] = Text(
        "{number}的写信人不同意公开，不能公开。",
        "The writer of {number} did not agree; it cannot be published.",
    )


@dataclass(eq=False)
class AlreadyJudged(RuleViolation):
    """The publication of this letter was decided before."""

    number: str
    text: ClassVar[Text] = Text(
        "{number}是否公开已有决定，请刷新后再看。",
        "Whether {number} is published was decided already. Reload and look again.",
    )
