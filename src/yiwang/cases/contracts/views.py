"""What readers of cases get: frozen values, made by the queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from yiwang.cases.contracts.enclosures import RemovalProof
from yiwang.cases.contracts.lists import CaseRow
from yiwang.cases.contracts.words import (
    CardLevel,
    ClockKind,
    ClockState,
    EnclosureKind,
    ExtensionState,
    LicenceState,
    Light,
    NoticeState,
    Phase,
    SupplementState,
    TaskState,
)
from yiwang.kernel.clock import DayLine
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task of a case. ``outcomes`` are the answers it may be completed with."""

    id: int
    node: str
    name: Text
    role: str
    organisation: str
    state: TaskState
    assignee_id: int | None
    outcomes: tuple[str, ...]
    outcome: str
    note: str
    opened_at: datetime
    claimed_at: datetime | None
    ended_at: datetime | None
    ended_by: int | None
    decides: bool
    is_opinion: bool
    #: Whether it says who has the case from then on, and whether its note is what the applicant gets.
    routes: bool
    replies: bool
    may_act: bool
    #: Form that the step asks, empty for none; and the result that what was found leads to.
    form: str = ""
    result: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionView:
    """What a department said."""

    node: str
    name: Text
    organisation: str
    verdict: str
    conditions: str
    grounds: str
    articles: tuple[str, ...]
    officer_name: str
    at: datetime
    child_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """A stretch in which a clock stood still."""

    ground: str
    label: Text
    legal_basis: Text
    since: datetime
    until: datetime | None
    expected_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """A clock as it stands at the moment of asking."""

    id: int
    kind: ClockKind
    task_id: int | None
    name: Text
    organisation: str
    amount: int
    unit: str
    extended_by: int
    consumed: int
    remaining: int
    state: ClockState
    light: Light
    started_at: datetime
    due_at: datetime | None
    yellow_at: datetime | None
    red_at: datetime | None
    ended_at: datetime | None
    stops: tuple[StopView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExplanation:
    """A clock with its derivation, day by day."""

    clock: ClockView
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One line of the log; ``sentence`` is written for people."""

    id: int
    at: datetime
    act: str
    sentence: Text
    actor_kind: str
    actor_name: str
    organisation: str
    delegated_by: int | None
    detail: Mapping[str, Json]
    leaf: int | None
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message between applicant and office."""

    id: int
    at: datetime
    from_applicant: bool
    sender_name: str
    organisation: str
    body: str
    files: tuple[int, ...]
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialView:
    """A paper or file; ``file_id`` None was shown on paper."""

    id: int
    key: str
    title: Text
    file_id: int | None
    replaced: bool
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementItem:
    """One thing to correct: a field path of the answers or a material, and what to do about it."""

    path: str = ""
    material: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementView:
    """The one-time notice of corrections."""

    id: int
    case_id: int
    items: tuple[SupplementItem, ...]
    note: str
    organisation: str
    issued_at: datetime
    answer_until: datetime
    state: SupplementState
    answered_at: datetime | None
    before: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionView:
    """A request for more time."""

    id: int
    asked_days: int
    reason: str
    legal_basis: Text
    state: ExtensionState
    asked_by: int
    asked_at: datetime
    decided_at: datetime | None
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """The legal act that ended the case."""

    number: str
    outcome: str
    grounds: str
    conditions: str
    articles: tuple[str, ...]
    tacit: bool
    by_name: str
    organisation: str
    at: datetime
    result: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceView:
    """A licence as its holder or its issuer sees it."""

    id: int
    number: str
    kind: str
    title: Text
    case_id: int
    holder_name: str
    organisation: str
    issued_at: datetime
    valid_from: date
    valid_to: date | None
    state: LicenceState
    verification_code: str
    file_id: int | None
    content: Mapping[str, Json]
    ended_at: datetime | None
    ended_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A document of the case; ``file_id`` is None until the job has made it.

    ``addressee``: who it was written to, if not the applicant.
    """

    id: int
    kind: str
    number: str
    title: Text
    addressee: str
    asked_at: datetime
    file_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosureView:
    """A file that an officer put to the case; ``proof`` if parts were taken out of it."""

    id: int
    kind: EnclosureKind
    name: str
    file_id: int
    sha256: str
    proof: RemovalProof | None
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A yellow or red card."""

    id: int
    level: CardLevel
    case_id: int
    number: str
    type_title: Text
    organisation: str
    officer_id: int | None
    step: Text
    at: datetime
    noticed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """What the organisation answered to a notice."""

    at: datetime
    organisation: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A supervision notice with its replies."""

    id: int
    case_id: int
    number: str
    organisation: str
    opened_by_organisation: str
    body: str
    opened_at: datetime
    due_at: datetime
    state: NoticeState
    closed_at: datetime | None
    closing: str
    replies: tuple[ReplyView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingView:
    """What the applicant thought of the handling."""

    case_id: int
    level: int
    comment: str
    at: datetime
    answer_until: datetime | None
    reply: str
    replied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has the case now and since when."""

    organisation: str
    step: Text
    since: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForOfficer:
    """Everything of a case that an officer who may see it sees. ``may`` are operations open to them now."""

    case: CaseRow
    type_version: int
    applicant: Mapping[str, Json]
    answers: Mapping[str, Json]
    data: Mapping[str, Json]
    tasks: tuple[TaskView, ...]
    opinions: tuple[OpinionView, ...]
    clocks: tuple[ClockView, ...]
    materials: tuple[MaterialView, ...]
    supplement: SupplementView | None
    extension: ExtensionView | None
    decision: DecisionView | None
    licences: tuple[LicenceView, ...]
    letters: tuple[LetterView, ...]
    enclosures: tuple[EnclosureView, ...]
    messages: tuple[MessageView, ...]
    cards: tuple[CardView, ...]
    notices: tuple[NoticeView, ...]
    rating: RatingView | None
    children: tuple[CaseRow, ...]
    #: Nodes of the process where a token stands, and those that were done: for the diagram.
    present: tuple[str, ...]
    passed: tuple[str, ...]
    returnable: tuple[str, ...]
    #: Grounds on which the clock may be stopped now, and those on which it stands.
    stops: tuple[str, ...]
    stopped: tuple[str, ...]
    may: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForApplicant:
    """What the applicant sees of an own case."""

    case: CaseRow
    tracking_code: str
    answers: Mapping[str, Json]
    materials: tuple[MaterialView, ...]
    holders: tuple[Holder, ...]
    #: The limits of the case itself, statutory and promised.
    clocks: tuple[ClockView, ...]
    timeline: tuple[EventView, ...]
    stops: tuple[StopView, ...]
    supplement: SupplementView | None
    decision: DecisionView | None
    licences: tuple[LicenceView, ...]
    letters: tuple[LetterView, ...]
    enclosures: tuple[EnclosureView, ...]
    messages: tuple[MessageView, ...]
    rating: RatingView | None
    may: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """What number and code show without signing in: no name, no answers."""

    number: str
    type_title: Text
    organisation: str
    phase: Phase
    outcome: str
    opened_at: datetime
    due_at: datetime | None
    holders: tuple[Holder, ...]
    timeline: tuple[EventView, ...]
    stops: tuple[StopView, ...]
    result: Text | None = None
