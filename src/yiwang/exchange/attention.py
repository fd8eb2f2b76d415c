"""Words of what asks for somebody's attention: emergencies, consents, findings, notices to readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotAllowed, NotFound, RuleViolation
from yiwang.kernel.text import Text


class Verdict(StrEnum):
    """What a review or an explanation comes to."""

    JUSTIFIED = "justified"
    MISUSE = "misuse"

    @property
    def words(self) -> Text:
        """The verdict in words."""
        return _VERDICTS[self]


_VERDICTS = {Verdict.JUSTIFIED: Text("理由成立", "Justified"), Verdict.MISUSE: Text("滥用", "Misuse")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeInfo:
    """Wrong data that an organisation was given; no value, but its own references to what it did."""

    id: int
    resource: str
    resource_title: Text
    field_titles: tuple[Text, ...]
    references: tuple[str, ...]
    last_look_at: datetime
    told_at: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyInfo:
    """A look without a grant, for whoever reviews it."""

    id: int
    account_id: int
    organisation: str
    resource: str
    owner: str
    incident: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    looks: int
    review_due_at: datetime
    rung: int
    reviewed_at: datetime | None
    verdict: Verdict | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentInfo:
    """What a person allows."""

    id: int
    resource: str
    purpose: str
    grantee: str
    given_at: datetime
    valid_until: date
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingInfo:
    """Something about an officer's looks that a person must explain, in a sentence with its figures."""

    id: int
    rule: str
    sentence: Text
    account_id: int
    organisation: str
    purpose: str
    since: datetime
    figures: Mapping[str, float]
    first_trace: int
    last_trace: int
    found_at: datetime
    verdict: Verdict | None
    words: str


@dataclass(eq=False)
class NoticeNotFound(NotFound):
    """There is no such notice for this organisation."""

    text: ClassVar[Text] = Text("没有这条告知。", "There is no such notice.")


@dataclass(eq=False)
class EmergencyNotFound(NotFound):
    """There is no such emergency look."""

    text: ClassVar[Text] = Text("没有这次紧急查看。", "There is no such emergency look.")


@dataclass(eq=False)
class EmergencyRefused(RuleViolation):
    """An emergency look cannot be had like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能紧急查看：{reason}", "No emergency look: {reason}")


@dataclass(eq=False)
class ReviewWaiting(NotAllowed):
    """An earlier emergency look of this officer has not been reviewed."""

    incident: str
    text: ClassVar[Text] = Text(
        "您因“{incident}”的紧急查看尚未审查，审查前不能再次紧急查看。",
        "Your emergency look because of “{incident}” has not been reviewed; there is none before that.",
    )


@dataclass(eq=False)
class ReviewRefused(RuleViolation):
    """A review or explanation cannot be recorded like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能这样审查：{reason}", "This cannot be recorded: {reason}")


@dataclass(eq=False)
class ConsentMissing(NotAllowed):
    """The person concerned has not consented to this look, or no longer does."""

    resource: str
    text: ClassVar[Text] = Text(
        "当事人没有同意查询资源“{resource}”，或已撤回同意。",
        "The person concerned has not consented to looks at “{resource}”, or no longer does.",
    )


@dataclass(eq=False)
class ConsentRefused(RuleViolation):
    """A consent cannot be given like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能这样同意：{reason}", "This consent cannot be given: {reason}")


@dataclass(eq=False)
class ConsentNotFound(NotFound):
    """There is no such consent of this person."""

    text: ClassVar[Text] = Text("没有这项同意。", "There is no such consent.")


@dataclass(eq=False)
class FindingNotFound(NotFound):
    """There is no such finding."""

    text: ClassVar[Text] = Text("没有这条发现。", "There is no such finding.")


def refuse_review(*, is_done: bool, is_own: bool, words: str) -> None:
    """Refuse a second review, one of what oneself did, and one that says nothing.

    Raises:
        ReviewRefused
    """
    for is_broken, reason in ((is_done, _DONE), (is_own, _OWN), (not words.strip(), _NO_WORDS)):
        if is_broken:
            raise ReviewRefused(reason=reason)


_DONE = Text("已经有审查结论", "it was decided before")
_OWN = Text("不能审查自己的查询", "nobody decides about an own look")
_NO_WORDS = Text("须写明审查意见", "the review says nothing")
