"""A case as its applicant sees it, and as the public follows it by number and code (E12)."""

from __future__ import annotations

import hmac
from datetime import datetime

from yiwang.cases.contracts.errors import CaseNotFound
from yiwang.cases.contracts.lists import CaseRow, Slice
from yiwang.cases.contracts.views import CaseForApplicant, Holder, StopView, Tracked
from yiwang.cases.contracts.words import ClockState, Phase, TaskState
from yiwang.cases.models import Case, Clock, ClockStop, Decision, Material, Message, Rating, Supplement, Task
from yiwang.cases.queries.acts import applicant_acts, is_open_supplement
from yiwang.cases.queries.enclosures import enclosures_for_applicant
from yiwang.cases.queries.logs import timeline
from yiwang.cases.queries.officer_case import letters_of, licences_of
from yiwang.cases.queries.pages import cut
from yiwang.cases.queries.rights import family, own_case
from yiwang.cases.queries.shapes import (
    case_clock,
    case_row,
    clock_of,
    clock_view,
    decision_view,
    material_view,
    message_view,
    rating_view,
    stop_view,
    supplement_view,
)
from yiwang.cases.queries.types import type_version
from yiwang.platform.contracts import Actor


def case_for_applicant(
    *, actor: Actor, at: datetime, case_id: int | None = None, number: str = ""
) -> CaseForApplicant:
    """Give an own case by its id or number, or raise CaseNotFound."""
    row = own_case(actor, case_id, number=number)
    limits = Clock.objects.filter(case=row, task__isnull=True).order_by("id")
    clocks = list(limits.select_related("case", "task").prefetch_related("stops"))
    cases = Case.objects.filter(family(row))
    supplements = list(Supplement.objects.filter(case__in=cases).order_by("-issued_at"))
    supplement = next((each for each in supplements if is_open_supplement(each)), None)
    shown = supplement or (supplements[0] if supplements else None)
    decision = Decision.objects.select_related("case").filter(case=row).first()
    rating = Rating.objects.filter(case=row).first()
    return CaseForApplicant(
        case=case_row(row, case_clock(clocks), at),
        tracking_code=row.tracking_code,
        answers=row.answers,
        materials=tuple(
            material_view(material)
            for material in Material.objects.filter(case=row).select_related("case").order_by("id")
        ),
        holders=holders_of(row),
        clocks=tuple(clock_view(clock, at) for clock in clocks),
        timeline=timeline(row),
        stops=_stops(clocks),
        supplement=supplement_view(shown) if shown else None,
        decision=decision_view(decision) if decision else None,
        licences=licences_of(row.pk),
        letters=tuple(letter for letter in letters_of(row.pk) if not letter.addressee),
        enclosures=enclosures_for_applicant(row),
        messages=tuple(message_view(message) for message in Message.objects.filter(case=row).order_by("id")),
        rating=rating_view(rating) if rating else None,
        may=applicant_acts(row, open_supplement=supplement is not None, rated=rating is not None),
    )


def my_cases(*, actor: Actor, at: datetime, after: str | None = None, most: int = 20) -> Slice[CaseRow]:
    """The applicant's own cases, or those of the entity that they act for, latest first."""
    rows = Case.objects.filter(parent__isnull=True).prefetch_related("clocks")
    if actor.for_entity is not None:
        rows = rows.filter(entity_id=actor.for_entity)
    elif actor.person_id is not None:
        rows = rows.filter(person_id=actor.person_id, entity_id__isnull=True)
    else:
        rows = rows.none()
    return cut(
        rows,
        key="opened_at",
        descending=True,
        after=after,
        most=most,
        shape=lambda row: case_row(row, case_clock(row.clocks.all()), at),
    )


def track(*, number: str, code: str, at: datetime) -> Tracked:
    """Follow a case by number and code, without signing in; CaseNotFound if either is wrong."""
    row = Case.objects.filter(number=number.strip().upper(), parent__isnull=True).first()
    given = code.strip().upper().encode()
    if row is None or not hmac.compare_digest(row.tracking_code.encode(), given):
        raise CaseNotFound
    clocks = list(Clock.objects.filter(case=row, task__isnull=True).prefetch_related("stops"))
    limit = case_clock(clocks)
    return Tracked(
        number=row.number,
        type_title=type_version(row.type_version_id).title,
        organisation=row.organisation,
        phase=Phase(row.phase),
        outcome=row.outcome,
        opened_at=row.opened_at,
        due_at=limit.due_at if limit is not None and limit.state != ClockState.DONE else None,
        holders=holders_of(row),
        timeline=timeline(row),
        stops=_stops(clocks),
        result=type_version(row.type_version_id).result_title(row.result),
    )


def holders_of(row: Case) -> tuple[Holder, ...]:
    """Which organisation holds the case now, at which step, since when, and when the step is due."""
    tasks = (
        Task.objects.filter(
            case__in=Case.objects.filter(family(row)), state__in=[TaskState.OPEN, TaskState.CLAIMED]
        )
        .select_related("case", "clock")
        .order_by("opened_at", "id")
    )
    return tuple(
        Holder(
            organisation=task.organisation,
            step=type_version(task.case.type_version_id).step(task.node),
            since=task.opened_at,
            due_at=clock.due_at if (clock := clock_of(task)) is not None else None,
        )
        for task in tasks
    )


def _stops(clocks: list[Clock]) -> tuple[StopView, ...]:
    """The stretches in which the promised (else the statutory) limit stood still."""
    limit = case_clock(clocks)
    stops: list[ClockStop] = [] if limit is None else sorted(limit.stops.all(), key=lambda stop: stop.since)
    return tuple(stop_view(stop) for stop in stops)
