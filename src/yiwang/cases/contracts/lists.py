"""Rows of lists and figures: what many cases, drafts and appointments look like from afar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Generic, TypeVar

from yiwang.cases.contracts.words import AppointmentState, Channel, LicenceState, Light, Phase, TaskState
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case in a list. ``due_at`` is that of the promised limit while it runs."""

    id: int
    number: str
    parent_id: int | None
    type_code: str
    type_title: Text
    title: str
    applicant_name: str
    organisation: str
    division_code: str
    channel: Channel
    phase: Phase
    outcome: str
    urgent: bool
    version: int
    opened_at: datetime
    accepted_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    light: Light
    #: How it turned out in the words of its own law, where the item declares them.
    result: Text | None = None

    @property
    def heading(self) -> Text:
        """The title; one that only names the item is said in the reader's language."""
        return self.type_title if self.title == self.type_title.zh else Text(self.title, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStamp:
    """What an act leaves a case as; ``version`` is what the next act of this reader expects."""

    case_id: int
    number: str
    phase: Phase
    outcome: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A new case with what the applicant needs to follow it without signing in."""

    case_id: int
    number: str
    tracking_code: str
    phase: Phase
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A task in an officer's inbox."""

    task_id: int
    case_id: int
    number: str
    type_code: str
    type_title: Text
    title: str
    applicant_name: str
    node: str
    name: Text
    role: str
    organisation: str
    division_code: str
    state: TaskState
    assignee_id: int | None
    opened_at: datetime
    due_at: datetime | None
    light: Light
    phase: Phase
    urgent: bool
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[Row]):
    """A page of a list by key: ``after`` asks for the next one; None at the end."""

    rows: tuple[Row, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """What of the inbox to show; empty means all."""

    mine: bool = False
    unclaimed: bool = False
    type_code: str = ""
    division_code: str = ""
    light: Light | None = None
    text: str = ""
    sort: str = field(default="due")  # due | opened | number


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A figure of the board. ``late`` cases ended or stand after their promised limit."""

    key: str
    open: int = 0
    ended: int = 0
    late: int = 0
    yellow: int = 0
    red: int = 0
    stopped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicResult:
    """A decision as the portal publishes it, with a person's name masked."""

    number: str
    type_code: str
    type_title: Text
    applicant: str
    organisation: str
    outcome: str
    decided_at: datetime
    working_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceCheck:
    """What anyone may learn from the code on a licence."""

    number: str
    title: Text
    holder: str
    organisation: str
    state: LicenceState
    valid_from: date
    valid_to: date | None
    issued_at: datetime
    file_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A saved form."""

    id: int
    type_code: str
    type_version: int
    type_title: Text
    answers: Mapping[str, Json]
    files: Mapping[str, int]
    page: str
    version: int
    saved_at: datetime
    entity_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentView:
    """A place in the queue."""

    id: int
    type_code: str
    organisation: str
    day: date
    slot: time
    queue_number: int
    name: str
    state: AppointmentState
    window: str
    called_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """A time that can be booked."""

    slot: time
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """The figures over an inbox."""

    total: int
    mine: int
    unclaimed: int
    yellow: int
    red: int
