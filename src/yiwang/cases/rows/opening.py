"""What a new token asks of the world: whom a task is for, which case is called, when a timer fires."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import ProcessStuck
from yiwang.cases.contracts.words import Outcome
from yiwang.cases.queries.calendars import city_calendar
from yiwang.cases.queries.types import case_type
from yiwang.cases.rows.clocks import start_task_clock
from yiwang.cases.rows.environment import CaseEnvironment
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import NewToken
from yiwang.identity.api import find_organisation
from yiwang.kernel import clock as law
from yiwang.kernel.feel import YearsMonths


def organisation_of(live: Live, token: NewToken, environment: CaseEnvironment) -> str:
    """Whom a step is for: what the process says, else the item of a joint step, else the case's own.

    Raises:
        ProcessStuck: the process names nobody whom the city knows; nothing is changed.
    """
    node = live.process.node(token.node)
    if node.organisation is not None:
        found = environment.answer(node.organisation, token.items)
    elif isinstance(token.item, str):
        found = token.item
    else:
        found = live.row.organisation
    if not isinstance(found, str) or find_organisation(found) is None:
        raise ProcessStuck(node=token.node, reason=f"organisation: {found}")
    return found


def type_called(live: Live, token: NewToken) -> AppliedType:
    """The type of a child case."""
    node = live.process.node(token.node)
    assert node.case_type is not None
    found = case_type(node.case_type)
    if found.process is None:
        raise ProcessStuck(node=token.node, reason=f"case type without process: {found.code}")
    return found


def task_row(work: Work, live: Live, number: int, token: NewToken, environment: CaseEnvironment) -> None:
    """Note a task and its clock."""
    node = live.process.node(token.node)
    organisation = organisation_of(live, token, environment)
    work.note_row(
        "tasks_opened",
        case_id=live.id,
        token=number,
        node=token.node,
        role=node.role or "handler",
        organisation=organisation,
        opened_at=work.at,
    )
    # Art. 32: who is not told within five days that something is missing counts as accepted on receipt.
    by_law = live.type.definition.item_type == "licence" and Outcome.ACCEPT in node.outcomes
    start_task_clock(
        work,
        live,
        node=token.node,
        token=number,
        organisation=organisation,
        silence=Outcome.ACCEPT if by_law else "",
    )


def firing_instant(work: Work, live: Live, token: NewToken, environment: CaseEnvironment) -> datetime:
    """When a timer fires: a duration from now, an instant, or the end of the clock it names."""
    node = live.process.node(token.node)
    rule = live.type.clock_for(token.node) if node.clock is not None else None
    if rule is not None and rule.budget.amount:
        budget = law.Budget(rule.budget.amount, law.Unit(rule.budget.unit))
        due = law.due_at(law.ClockState(budget=budget, started_at=work.at), city_calendar())
        assert due is not None
        return due
    written = node.duration or ""
    iso = written.lstrip("-").startswith("P") and '"' not in written
    found = environment.answer(f'duration("{written}")' if iso else written, token.items)
    match found:
        case timedelta():
            return work.at + found
        case YearsMonths():
            return _months_later(work.at, found.months)
        case datetime():
            return found if found.tzinfo else found.replace(tzinfo=ZONE)
        case date():
            return datetime.combine(found, time(), ZONE)
        case _:
            raise ProcessStuck(node=token.node, reason=f"duration: {written}")


def _months_later(at: datetime, months: int) -> datetime:
    """The same day so many months later, or the last one of that month (Civil Code Art. 202)."""
    local = at.astimezone(ZONE)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    first_of_next = date(year + month // 11, (month + 1) % 12 + 1, 1)
    day = min(local.day, (first_of_next - timedelta(days=1)).day)
    return local.replace(year=year, month=month + 1, day=day)
