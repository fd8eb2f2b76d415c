"""The log of a case, and the derivation of its clocks."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import CaseNotFound, ThingNotFound
from yiwang.cases.contracts.views import ClockExplanation, EventView
from yiwang.cases.models import Case, CaseEvent, Clock
from yiwang.cases.queries.calendars import calendar_version
from yiwang.cases.queries.rights import family, own_case, readable_case
from yiwang.cases.queries.sentences import PUBLIC_ACTS, event_view
from yiwang.cases.queries.shapes import clock_state, clock_view
from yiwang.kernel.clock import explain
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

_CLOCK = Text("时限", "Time limit")


def log_of(*, actor: Actor, case_id: int) -> tuple[EventView, ...]:
    """The whole log of a case and its children, for officers, in order."""
    row = readable_case(actor, case_id)
    events = CaseEvent.objects.filter(case__in=Case.objects.filter(family(row)))
    return tuple(event_view(event) for event in events.select_related("case").order_by("at", "id"))


def timeline(row: Case) -> tuple[EventView, ...]:
    """What applicant and public may follow, without the names of officers."""
    events = CaseEvent.objects.filter(case__in=Case.objects.filter(family(row)), act__in=PUBLIC_ACTS)
    return tuple(
        event_view(event, names=False) for event in events.select_related("case").order_by("at", "id")
    )


def clock_explanation(*, actor: Actor, clock_id: int, at: datetime) -> ClockExplanation:
    """Which days were counted, which were not, and why: for the applicant, the office and supervision.

    Raises:
        ThingNotFound: no such clock, or not for this reader.
    """
    row = Clock.objects.select_related("case", "task").prefetch_related("stops").filter(pk=clock_id).first()
    if row is None:
        raise ThingNotFound(thing=_CLOCK)
    try:
        if actor.kind == "citizen":
            own_case(actor, row.case.ancestors[0] if row.case.ancestors else row.case_id)
        else:
            readable_case(actor, row.case_id)
    except CaseNotFound:
        raise ThingNotFound(thing=_CLOCK) from None
    calendar = calendar_version(row.calendar_version)
    lines = explain(clock_state(row), calendar, row.ended_at or at)
    return ClockExplanation(clock=clock_view(row, at), lines=lines)
