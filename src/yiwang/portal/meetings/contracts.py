"""Words and errors of meeting notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.portal.meetings.rules.notices import Attendee, NoticeWords


class EditionKind(StrEnum):
    """Why a notice was sent."""

    ISSUE = "issue"
    CHANGE = "change"
    CANCEL = "cancel"


EDITION_TEXTS = {
    EditionKind.ISSUE: Text("会议通知", "Notice"),
    EditionKind.CHANGE: Text("变更通知", "Change"),
    EditionKind.CANCEL: Text("取消通知", "Cancellation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """One sending of a notice: the first, a change or the cancellation, with what its note says."""

    number: int
    kind: EditionKind
    note: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """An attachment."""

    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting as its last sending says."""

    id: int
    issuer: str
    words: NoticeWords
    edition: EditionView
    editions: tuple[EditionView, ...]
    files: tuple[FileView, ...]
    is_cancelled: bool
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """Who opened a sending first for a department, and when."""

    edition: int
    name: str
    post: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """What a department answered; ``is_current`` is false when the notice was changed since."""

    people: tuple[Attendee, ...]
    reason: str
    by: str
    at: datetime
    is_late: bool
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A department with its receipt of the last sending and its reply."""

    organisation: str
    receipt: ReceiptView | None
    reply: ReplyView | None
    is_reminded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What became of a notice, for its issuer."""

    meeting: MeetingView
    invited: tuple[Invited, ...]

    @property
    def read(self) -> int:
        """Departments that opened the last sending."""
        return sum(1 for one in self.invited if one.receipt is not None)

    @property
    def replied(self) -> int:
        """Departments that answered it."""
        return sum(1 for one in self.invited if one.reply is not None and one.reply.is_current)

    @property
    def coming(self) -> int:
        """People who come."""
        return sum(len(one.reply.people) for one in self.invited if one.reply and one.reply.is_current)


@dataclass(eq=False)
class MeetingNotFound(NotFound):
    """No such meeting, or the officer's organisation is neither its issuer nor invited."""

    text: ClassVar[Text] = Text("没有找到这次会议。", "There is no such meeting.")


@dataclass(eq=False)
class MeetingCancelled(RuleViolation):
    """It does not take place."""

    text: ClassVar[Text] = Text("会议已经取消。", "The meeting is cancelled.")


@dataclass(eq=False)
class MeetingOver(RuleViolation):
    """It has begun; nothing about it is changed or answered."""

    text: ClassVar[Text] = Text("会议已经开始，不能再改或者回复。", "The meeting has begun; it is too late.")


@dataclass(eq=False)
class NothingChanged(RuleViolation):
    """A change that changes nothing is not sent."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("通知没有变化，不必再发。", "Nothing has changed; there is nothing to send.")
