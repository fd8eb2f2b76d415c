"""Words and errors of openness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import Conflict, NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.portal.openness.rules.blocks import Block
from yiwang.portal.openness.rules.following import Period
from yiwang.portal.openness.rules.life import ActKind, State
from yiwang.portal.openness.rules.links import ItemKind, Need
from yiwang.portal.publishing.rules.proactive import Publication

NO_WORDS = Text("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemContent:
    """What an officer writes of an item."""

    kind: ItemKind
    category: str
    title: Text
    made_on: date
    theme: str = ""
    document_number: str = ""
    summary: Text = NO_WORDS
    body: tuple[Block, ...] = ()
    body_en: tuple[Block, ...] = ()
    from_day: date | None = None
    until: date | None = None
    not_needed: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item as lists show it; ``state`` is for policy files."""

    id: int
    index_number: str
    kind: ItemKind
    organisation: str
    category: str
    theme: str
    document_number: str
    title: Text
    summary: Text
    made_on: date
    published_at: datetime | None
    from_day: date | None
    until: date | None
    state: State | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """An act in the life of a policy file, seen from one of the two; ``done`` when this one does it."""

    id: int
    kind: ActKind
    done: bool
    on: date
    until: date | None
    #: The other file: its number where it can be read, and its name.
    other: int | None
    title: Text
    confirmed: bool
    entered_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """What belongs to an item: another item, or a service of the catalogue."""

    id: int
    need: Need
    title: Text
    item: int | None
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item as it is read, with its life and what belongs to it."""

    row: ItemRow
    body: tuple[Block, ...]
    body_en: tuple[Block, ...]
    file: int | None
    file_name: str
    page: str
    acts: tuple[ActView, ...]
    links: tuple[LinkView, ...]
    #: The policy files that it explains or answers questions about.
    explains: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """An item at the desk."""

    id: int
    index_number: str
    organisation: str
    content: ItemContent
    version: int
    written_by: int
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An item that is made and not yet published, with what Article 26 leaves."""

    row: ItemRow
    publication: Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A policy file in force and what it has no link to."""

    row: ItemRow
    missing: tuple[Need, ...]


class AnswerState(StrEnum):
    """What an officer said about showing an answer."""

    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """An answer in the words in which it is shown."""

    subject: str
    asked: str
    released: str
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A shown answer; nothing says who asked."""

    id: int
    organisation: str
    result: Text
    words: AnswerWords
    received_on: date
    answered_on: date
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerToJudge:
    """An answered request at the desk; ``may_be_shown`` when its review passed and its decision says so."""

    number: str
    organisation: str
    title: str
    result: Text
    applicant: str
    words: AnswerWords
    may_be_shown: bool
    received_on: date
    answered_on: date
    state: AnswerState | None


class Outcome(StrEnum):
    """What became of a line of a package."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A package at the desk: how far it is, and what came of it."""

    id: int
    name: str
    state: str
    reason: Text | None
    rows: int
    counts: Mapping[Outcome, int]
    own: bool
    asked_at: datetime
    waiting: int

    @property
    def read(self) -> int:
        """Lines that are done."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of a package and what became of it."""

    line: int
    outcome: Outcome
    title: str
    reasons: tuple[Text, ...]
    item: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowView:
    """What somebody follows."""

    title: Text
    period: Period
    is_confirmed: bool


@dataclass(eq=False)
class ItemNotFound(NotFound):
    """No such item is public, or it is not within this officer's reach."""

    text: ClassVar[Text] = Text("没有找到这条信息。", "There is no such item.")


@dataclass(eq=False)
class WrittenMeanwhile(Conflict):
    """Somebody else wrote it after the form was opened."""

    text: ClassVar[Text] = Text(
        "在您编辑期间，其他人保存了这条信息，请比对后再保存。",
        "Somebody else has saved this item since you opened it. Compare, then save again.",
    )


@dataclass(eq=False)
class ItemIsPublic(RuleViolation):
    """What is public is not rewritten: it is withdrawn first."""

    text: ClassVar[Text] = Text(
        "已公开的信息先撤回再修改。", "It is public. Withdraw it first, then change it."
    )


@dataclass(eq=False)
class ItemIsNotPublic(RuleViolation):
    """It is not out."""

    text: ClassVar[Text] = Text("这条信息没有公开。", "This item is not public.")


@dataclass(eq=False)
class FourEyes(RuleViolation):
    """Who wrote it does not decide on it."""

    text: ClassVar[Text] = Text(
        "须由起草人以外的工作人员确认。", "Somebody other than the one who wrote it has to confirm it."
    )


@dataclass(eq=False)
class ActRefused(RuleViolation):
    """An act that cannot be in the life of these files."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("{reason}。", "{reason}.")


@dataclass(eq=False)
class ActNotFound(NotFound):
    """No such act waits here."""

    text: ClassVar[Text] = Text("没有找到待确认的变更。", "There is no such change to confirm.")


@dataclass(eq=False)
class LinkRefused(RuleViolation):
    """Explanations, questions and answers, and services of the catalogue belong to a policy; nothing else."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "请填写政策解读、政策问答的索引号，或者服务事项的编码。",
        "Give the index number of an explanation or of questions and answers, or the code of a service.",
    )


@dataclass(eq=False)
class AnswerNotFound(NotFound):
    """No such answer is shown, or no such request is answered."""

    text: ClassVar[Text] = Text("没有找到这份答复。", "There is no such answer.")


@dataclass(eq=False)
class NotToBeShown(RuleViolation):
    """The secrecy review has not passed, or the decision does not say that the answer may be shown."""

    number: str
    text: ClassVar[Text] = Text(
        "{number}没有通过公开前审查，或者没有决定向社会公开。",
        "{number} has not passed its review, or nobody has decided that the answer may be shown.",
    )


@dataclass(eq=False)
class AlreadyJudged(RuleViolation):
    """It was decided before."""

    number: str
    text: ClassVar[Text] = Text(
        "{number}是否公开已有决定，请刷新后再看。",
        "Whether {number} is shown was decided already. Reload and look again.",
    )


@dataclass(eq=False)
class FollowNotFound(NotFound):
    """No such token: it was never given, or what it followed has ended."""

    text: ClassVar[Text] = Text(
        "没有找到这个订阅，可能已经退订。", "There is no such alert; perhaps it has ended."
    )


@dataclass(eq=False)
class BatchNotFound(NotFound):
    """No such package, or not within this officer's reach."""

    text: ClassVar[Text] = Text("没有找到这批文件。", "There is no such package.")
