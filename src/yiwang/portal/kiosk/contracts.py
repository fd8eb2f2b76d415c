"""Words and errors of the kiosks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.portal.kiosk.rules.states import TerminalState


class NoticeKind(StrEnum):
    """What a community posts."""

    JOB = "job"
    NOTICE = "notice"


class Hours(StrEnum):
    """How much of a week a job takes."""

    FULL = "full"
    PART = "part"
    FLEXIBLE = "flexible"


class WagePer(StrEnum):
    """For how long a wage is paid."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"


TERMINAL_STATE_TEXTS = {
    TerminalState.WORKING: Text("正常", "Working"),
    TerminalState.SILENT: Text("失去联系", "Silent"),
    TerminalState.WAITING: Text("待启用", "Not started yet"),
    TerminalState.RETIRED: Text("已停用", "Retired"),
}
NOTICE_KIND_TEXTS = {
    NoticeKind.JOB: Text("招聘用工", "Job"),
    NoticeKind.NOTICE: Text("社区通知", "Community notice"),
}
HOURS_TEXTS = {
    Hours.FULL: Text("全职", "Full time"),
    Hours.PART: Text("兼职", "Part time"),
    Hours.FLEXIBLE: Text("灵活就业", "Flexible"),
}
WAGE_PER_TEXTS = {
    WagePer.MONTH: Text("每月", "a month"),
    WagePer.DAY: Text("每天", "a day"),
    WagePer.HOUR: Text("每小时", "an hour"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalView:
    """A terminal; ``organisation`` is the body in whose area it stands."""

    id: int
    number: str
    organisation: str
    place: Text
    address: str
    state: TerminalState
    last_contact_at: datetime | None
    registered_at: datetime
    retired_at: datetime | None
    retired_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerminal:
    """A terminal just registered, with the secret that is shown this once."""

    id: int
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a job notice says beside its words; wages in yuan, None where they are agreed."""

    place: str
    hours: Hours
    openings: int
    wage_from: int | None
    wage_to: int | None
    wage_per: WagePer


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalNoticeView:
    """A notice of a community or street."""

    id: int
    kind: NoticeKind
    organisation: str
    title: str
    body: str
    contact: str
    phone: str
    valid_until: date
    posted_at: datetime
    is_shown: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str
    job: Job | None


@dataclass(eq=False)
class TerminalNotFound(NotFound):
    """No such terminal, or none with such a secret."""

    text: ClassVar[Text] = Text("没有找到这台终端。", "There is no such terminal.")


@dataclass(eq=False)
class TerminalRetired(RuleViolation):
    """It was taken out of use; register a new one."""

    number: str
    text: ClassVar[Text] = Text("终端{number}已停用。", "Terminal {number} is retired.")


@dataclass(eq=False)
class LocalNoticeNotFound(NotFound):
    """No such notice is shown, or it is not within this officer's reach."""

    text: ClassVar[Text] = Text(
        "没有找到这条信息，可能已经过期。", "There is no such notice; it may have expired."
    )


@dataclass(eq=False)
class NotLocal(RuleViolation):
    """Only communities and streets post here."""

    text: ClassVar[Text] = Text(
        "这里只发布社区和街道的信息。", "Only communities and subdistricts post here."
    )


@dataclass(eq=False)
class AlreadyWithdrawn(RuleViolation):
    """It was taken back before."""

    text: ClassVar[Text] = Text("这条信息已经撤回。", "This notice was withdrawn already.")
