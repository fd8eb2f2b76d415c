"""Rows as an act holds them: one case that is locked, and what stands open in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.rules.process.model import Process
from yiwang.cases.rules.process.tokens import Token
from yiwang.platform.contracts import Json


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """An open task."""

    id: int
    token: int
    node: str
    role: str
    organisation: str
    assignee_id: int | None
    state: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class StopRecord:
    """A stop of a clock; ``until`` None while it lasts."""

    id: int
    ordered_in: int
    ground: str
    label: Mapping[str, str]
    legal_basis: Mapping[str, str]
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ClockRecord:
    """A clock that is not done."""

    id: int
    task_id: int | None
    kind: str
    amount: int
    unit: str
    started_at: datetime
    extended_by: int
    state: str
    rung: int
    stops: tuple[StopRecord, ...]


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """The outcome of a step, with the count where many answered."""

    outcome: str
    counted: tuple[int, int, int, int] | None = None


NOTHING_SAID = OpinionInput()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A verdict with what belongs to it, and who gave it."""

    verdict: str
    said: OpinionInput = NOTHING_SAID
    officer_id: int | None = None
    officer_name: str = ""
    organisation: str = ""


@dataclass(slots=True)
class CaseRecord:
    """The columns of a case that acts read and change; the row is locked while this lives."""

    id: int
    number: str
    type_version_id: int
    parent_id: int | None
    ancestors: list[int]
    parent_token: int | None
    applicant_kind: str
    person_id: int | None
    entity_id: int | None
    applicant_name: str
    organisation: str
    division_code: str
    channel: str
    title: str
    urgent: bool
    answers_text: str
    data_text: str
    phase: str
    outcome: str
    version: int
    last_token: int
    opened_at: datetime
    accepted_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    result: str = ""


@dataclass
class Live:
    """A locked case in the hands of one act."""

    row: CaseRecord
    type: AppliedType
    parent: Live | None = None
    loaded: bool = False
    tokens: dict[int, Token] = field(default_factory=dict)
    #: What each token asked of the world, by number (``call``, ``timer`` …).
    opens: dict[int, str] = field(default_factory=dict)
    tasks: dict[int, TaskRecord] = field(default_factory=dict)
    clocks: list[ClockRecord] = field(default_factory=list)
    results: dict[int, dict[str, ResultRecord]] = field(default_factory=dict)
    #: Whether the act changes the version that readers see.
    touched: bool = False
    data_changed: bool = False
    answers_changed: bool = False

    @property
    def id(self) -> int:
        """The id of the case."""
        return self.row.id

    @property
    def process(self) -> Process:
        """The process of its version."""
        assert self.type.process is not None
        return self.type.process

    @property
    def root(self) -> Live:
        """The case that the applicant sees."""
        return self if self.parent is None else self.parent.root

    @cached_property
    def answers(self) -> Mapping[str, Json]:
        """The form answers: one set for the whole family of cases."""
        found = json.loads(self.row.answers_text)
        if not found and self.parent is not None:
            return self.parent.answers
        assert isinstance(found, dict)
        return found

    @cached_property
    def data(self) -> dict[str, Json]:
        """What decisions put down for this case."""
        found = json.loads(self.row.data_text)
        assert isinstance(found, dict)
        return found

    @property
    def is_open(self) -> bool:
        """Whether anything may still be done."""
        return self.row.closed_at is None

    def task(self, task_id: int) -> TaskRecord | None:
        """An open task by its id."""
        return next((task for task in self.tasks.values() if task.id == task_id), None)
