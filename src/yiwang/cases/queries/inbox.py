"""An officer's inbox: what waits for the roles held, and what was taken (E17)."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from yiwang.cases.contracts.lists import InboxCounts, InboxFilter, InboxRow, Slice
from yiwang.cases.contracts.words import ClockState, Light, TaskState
from yiwang.cases.models import Task
from yiwang.cases.queries.pages import cut
from yiwang.cases.queries.shapes import inbox_row
from yiwang.platform.contracts import Actor

_OPEN = (TaskState.OPEN, TaskState.CLAIMED)
#: Where work without a limit stands in a list by due instant.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_SORTS = {"due": ("due_order", False), "opened": ("opened_at", False), "number": ("case__number", True)}


def inbox(
    *,
    actor: Actor,
    at: datetime,
    show: InboxFilter | None = None,
    after: str | None = None,
    most: int = 50,
) -> Slice[InboxRow]:
    """Tasks of the actor's organisation for the actor's roles, and those in the actor's hands."""
    wanted = show or InboxFilter()
    rows = _filtered(_mine(actor), actor, wanted, at)
    key, descending = _SORTS.get(wanted.sort, _SORTS["due"])
    return cut(
        rows.select_related("case", "clock"),
        key=key,
        descending=descending,
        after=after,
        most=most,
        shape=lambda task: inbox_row(task, at),
    )


def inbox_counts(*, actor: Actor, at: datetime) -> InboxCounts:
    """The figures over the inbox, in one statement."""
    running = Q(clock__state=ClockState.RUNNING)
    found = _mine(actor).aggregate(
        total=Count("id"),
        mine=Count("id", filter=Q(assignee_id=actor.account_id)),
        unclaimed=Count("id", filter=Q(state=TaskState.OPEN)),
        yellow=Count("id", filter=running & _lit(Light.YELLOW, at)),
        red=Count("id", filter=running & _lit(Light.RED, at)),
    )
    return InboxCounts(**found)


def inbox_count(*, actor: Actor, at: datetime, show: InboxFilter | None = None) -> int:
    """How many rows the inbox has."""
    return _filtered(_mine(actor), actor, show or InboxFilter(), at).count()


def done_by_me(*, actor: Actor, at: datetime, after: str | None = None, most: int = 50) -> Slice[InboxRow]:
    """What the actor has completed, latest first."""
    rows = Task.objects.filter(ended_by=actor.account_id, state=TaskState.DONE)
    return cut(
        rows.select_related("case", "clock"),
        key="ended_at",
        descending=True,
        after=after,
        most=most,
        shape=lambda task: inbox_row(task, at),
    )


def _mine(actor: Actor) -> QuerySet[Task]:
    if actor.kind != "officer":
        return Task.objects.none()
    rows = Task.objects.filter(state__in=_OPEN).filter(
        Q(organisation=actor.organisation, role__in=actor.roles) | Q(assignee_id=actor.account_id)
    )
    return rows.annotate(due_order=Coalesce(F("clock__due_at"), Value(NEVER)))


def _filtered(rows: QuerySet[Task], actor: Actor, wanted: InboxFilter, at: datetime) -> QuerySet[Task]:
    if wanted.mine:
        rows = rows.filter(assignee_id=actor.account_id)
    if wanted.unclaimed:
        rows = rows.filter(state=TaskState.OPEN)
    if wanted.type_code:
        rows = rows.filter(case__type_code=wanted.type_code)
    if wanted.division_code:
        rows = rows.filter(case__division_code__startswith=wanted.division_code)
    if wanted.light is not None:
        rows = rows.filter(_lit(wanted.light, at))
    if wanted.text.strip():
        text = wanted.text.strip()
        rows = rows.filter(
            Q(case__number__startswith=text.upper())
            | Q(case__title__icontains=text)
            | Q(case__applicant_name__icontains=text)
        )
    return rows


def _lit(light: Light, at: datetime) -> Q:
    running = Q(clock__state=ClockState.RUNNING)
    red = Q(clock__red_at__lte=at)
    yellow = Q(clock__yellow_at__lte=at)
    warned = Q(clock__warn_at__lte=at)
    return {
        Light.NONE: Q(clock__isnull=True),
        Light.STOPPED: Q(clock__state=ClockState.STOPPED),
        Light.RED: running & red,
        Light.YELLOW: running & yellow & ~red,
        Light.WARNED: running & warned & ~yellow,
        Light.GREEN: running & ~warned,
    }[light]
