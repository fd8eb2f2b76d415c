"""What somebody would see who stood at every window at once: reads only, across all organisations.

The doors of cases answer an actor; the simulation plans for everybody, so it looks at the rows themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, LiteralString

from django.db.models import Max, Q, QuerySet

from yiwang.cases.contracts import (
    ENDED_PHASES,
    AppointmentState,
    ExtensionState,
    NoticeState,
    Phase,
    SupplementState,
)
from yiwang.cases.models import (
    Appointment,
    Card,
    Case,
    ClockStop,
    Draft,
    Extension,
    Notice,
    Rating,
    Supplement,
    Task,
)
from yiwang.platform import sql
from yiwang.platform.contracts import Json

# Asked before and after every act, so by prepared statements (0.3 ms; the same by models took 3 ms).
_TASKS: LiteralString = """
SELECT t.id, t.case_id, coalesce(c.ancestors[1], c.id), c.number, c.type_code, t.node, t.role,
  t.organisation, t.assignee_id, c.phase, t.opened_at, k.due_at, k.yellow_at, t.token
FROM cases_task t JOIN cases_case c ON c.id = t.case_id LEFT JOIN cases_clock k ON k.task_id = t.id
WHERE t.state IN ('open', 'claimed') AND """
_NEW = _TASKS + "t.id > %s"
_ONE = _TASKS + "t.id = %s"
_OURS = _TASKS + "(c.person_id = ANY(%s) OR c.entity_id = ANY(%s)) ORDER BY c.number, t.token"
_WAITING = (AppointmentState.BOOKED, AppointmentState.CALLED)
_ASKED = SupplementState.OPEN
_ENDED = frozenset(str(phase) for phase in ENDED_PHASES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTask:
    """An open task with what its planning needs to know of its case."""

    id: int
    case_id: int
    root_id: int
    number: str
    type_code: str
    node: str
    role: str
    organisation: str
    assignee_id: int | None
    phase: Phase
    opened_at: datetime
    due_at: datetime | None
    yellow_at: datetime | None
    #: Number of its token within the case: tells the second time at a step from the first.
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCase:
    """A case as it stands."""

    id: int
    number: str
    type_code: str
    organisation: str
    phase: Phase
    outcome: str
    is_decided: bool
    is_ended: bool
    person_id: int | None
    entity_id: int | None
    agent_person_id: int | None
    answers: dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCard:
    """A card that supervision will look at."""

    id: int
    case_id: int
    number: str
    level: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the applicant is asked to correct, in the case that they see."""

    root_id: int
    root_type: str
    paths: tuple[str, ...]
    materials: tuple[str, ...]
    answers: dict[str, Json]


class Onlooker:
    """Remembers what was seen, so that each look gives what is new."""

    def __init__(self) -> None:
        self._task = Task.objects.aggregate(last=Max("id"))["last"] or 0
        self._card = Card.objects.aggregate(last=Max("id"))["last"] or 0

    def new_tasks(self) -> list[SeenTask]:
        """Tasks opened since the last look, in an order that depends on the cases only."""
        found = _tasks(_NEW, [self._task])
        self._task = max((task.id for task in found), default=self._task)
        return sorted(found, key=lambda task: (task.number, task.visit))

    def new_cards(self) -> list[SeenCard]:
        """Cards issued since the last look."""
        rows = list(Card.objects.filter(id__gt=self._card).select_related("case"))
        self._card = max((row.pk for row in rows), default=self._card)
        found = [
            SeenCard(
                id=row.pk,
                case_id=row.case_id,
                number=row.case.number,
                level=row.level,
                organisation=row.organisation,
            )
            for row in rows
        ]
        return sorted(found, key=lambda card: (card.number, card.organisation, card.level))

    @staticmethod
    def task(task_id: int) -> SeenTask | None:
        """An open task as it stands now."""
        return next(iter(_tasks(_ONE, [task_id])), None)

    @staticmethod
    def case(case_id: int) -> SeenCase:
        """A case as it stands now."""
        return _case(Case.objects.get(pk=case_id))

    @staticmethod
    def ended(since: datetime, until: datetime) -> list[SeenCase]:
        """Whole cases that ended after one moment and not after another."""
        rows = Case.objects.filter(closed_at__gt=since, closed_at__lte=until, parent__isnull=True)
        return [_case(row) for row in rows.order_by("number")]

    @staticmethod
    def has_arrived(at: datetime) -> bool:
        """Whether somebody came at this very second: each has one of their own in a run."""
        return (
            Case.objects.filter(opened_at=at, parent__isnull=True).exists()
            or Appointment.objects.filter(booked_at=at).exists()
            or Draft.objects.filter(started_at=at).exists()
        )

    @staticmethod
    def was_asked_to_correct(case_id: int) -> bool:
        """Whether the one notice of corrections has been used."""
        return Supplement.objects.filter(case_id=case_id).exists()

    @staticmethod
    def is_rated(case_id: int) -> bool:
        """Whether the applicant has said how it was."""
        return Rating.objects.filter(case_id=case_id).exists()

    @staticmethod
    def correction(case_id: int) -> Correction | None:
        """The open notice of corrections of a case."""
        row = Supplement.objects.select_related("case").filter(case_id=case_id, state=_ASKED).first()
        if row is None:
            return None
        root_id = row.case.ancestors[0] if row.case.ancestors else row.case_id
        root = Case.objects.get(pk=root_id)
        return Correction(
            root_id=root_id,
            root_type=root.type_code,
            paths=tuple(item["path"] for item in row.items if item["path"]),
            materials=tuple(item["material"] for item in row.items if item["material"]),
            answers=root.answers,
        )

    @staticmethod
    def may_extend(case_id: int) -> bool:
        """Whether the one extension is unused and the case undecided."""
        used = Extension.objects.filter(case_id=case_id).exclude(state=ExtensionState.REFUSED)
        return not used.exists() and Case.objects.filter(pk=case_id, decided_at__isnull=True).exists()

    @staticmethod
    def extension_asked_by(case_id: int) -> int | None:
        """Who asked for the extension that waits for an answer."""
        rows = Extension.objects.filter(case_id=case_id, state=ExtensionState.ASKED)
        return rows.values_list("asked_by", flat=True).first()

    @staticmethod
    def is_asked_jointly(case_id: int) -> bool:
        """Whether departments are being asked now."""
        return Case.objects.filter(parent_id=case_id, closed_at__isnull=True).exists()

    @staticmethod
    def has_open_notice(case_id: int, organisation: str) -> bool:
        """Whether supervision waits for an answer already."""
        rows = Notice.objects.filter(case_id=case_id, organisation=organisation)
        return rows.exclude(state=NoticeState.CLOSED).exists()


def is_empty() -> bool:
    """Whether nobody has asked anything of this city yet."""
    return not Case.objects.exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A time at the window that nobody has been served at."""

    id: int
    person_id: int | None
    booked_at: datetime
    comes: datetime
    is_called: bool


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What an interrupted run left open, as its makers would have known it."""

    tasks: list[SeenTask]
    supplements: list[int]
    stopped: list[int]
    extensions: list[int]
    notices: list[tuple[int, str, str]]
    bookings: list[Booking]


def unfinished(people: Collection[int], firms: Collection[int], zone: tzinfo) -> Unfinished:
    """Everything that waits for somebody in the cases of these applicants."""
    ours = Q(case__person_id__in=people) | Q(case__entity_id__in=firms)
    tasks = _tasks(_OURS, [list(people), list(firms)])
    booked = Appointment.objects.filter(person_id__in=people, state__in=_WAITING)
    stops = ClockStop.objects.filter(until__isnull=True).exclude(ground="supplement")
    theirs = Q(ordered_in__person_id__in=people) | Q(ordered_in__entity_id__in=firms)
    return Unfinished(
        tasks=tasks,
        supplements=_ids(Supplement.objects.filter(ours, state=_ASKED), "case_id"),
        stopped=_ids(stops.filter(theirs), "ordered_in_id"),
        extensions=_ids(Extension.objects.filter(ours, state=ExtensionState.ASKED), "case_id"),
        notices=list(
            Notice.objects.filter(ours)
            .exclude(state=NoticeState.CLOSED)
            .order_by("id")
            .values_list("id", "state", "organisation")
        ),
        bookings=[
            Booking(
                id=row.pk,
                person_id=row.person_id,
                booked_at=row.booked_at,
                comes=datetime.combine(row.day, row.slot, zone),
                is_called=row.state == AppointmentState.CALLED,
            )
            for row in booked.order_by("day", "queue_number")
        ],
    )


def _ids(rows: QuerySet[Supplement] | QuerySet[ClockStop] | QuerySet[Extension], column: str) -> list[int]:
    return sorted(set(rows.values_list(column, flat=True)))


def _tasks(statement: LiteralString, params: Sequence[object]) -> list[SeenTask]:
    return [_seen(row) for row in sql.fetch(statement, params)]


def _seen(row: tuple[Any, ...]) -> SeenTask:
    """A row of ``_TASKS``, by its columns in order."""
    (
        task_id,
        case_id,
        root_id,
        number,
        type_code,
        node,
        role,
        place,
        assignee,
        phase,
        opened,
        due,
        yellow,
        token,
    ) = row
    return SeenTask(
        id=task_id,
        case_id=case_id,
        root_id=root_id,
        number=number,
        type_code=type_code,
        node=node,
        role=role,
        organisation=place,
        assignee_id=assignee,
        phase=Phase(phase),
        opened_at=opened,
        due_at=due,
        yellow_at=yellow,
        visit=token,
    )


def _case(row: Case) -> SeenCase:
    return SeenCase(
        id=row.pk,
        number=row.number,
        type_code=row.type_code,
        organisation=row.organisation,
        phase=Phase(row.phase),
        outcome=row.outcome,
        is_decided=row.decided_at is not None,
        is_ended=row.phase in _ENDED,
        person_id=row.person_id,
        entity_id=row.entity_id,
        agent_person_id=row.agent_person_id,
        answers=row.answers,
    )
