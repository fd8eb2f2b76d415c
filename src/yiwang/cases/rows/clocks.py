"""The clocks of a case: started, stopped, resumed, extended, done; their instants are derived and indexed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from yiwang.cases.contracts.words import ClockKind, ClockState
from yiwang.cases.definitions.case_type import Budget as DeclaredBudget
from yiwang.cases.definitions.case_type import Legal
from yiwang.cases.queries.calendars import city_calendar
from yiwang.cases.rows.records import ClockRecord, Live, StopRecord
from yiwang.cases.rows.work import Row, Work
from yiwang.kernel import clock as law
from yiwang.kernel.text import Text, text_from


def start_case_clocks(work: Work, live: Live, *, since: datetime) -> None:
    """Start the statutory and the promised limit: the law counts from acceptance (Art. 42)."""
    definition = live.type.definition
    silence = "approve" if definition.silence == "granted" else ""
    limits = (
        (ClockKind.CASE_STATUTORY, definition.statutory_limit, silence),
        (ClockKind.CASE_PROMISED, definition.promised_limit, ""),
    )
    for kind, limit, effect in limits:
        if limit.amount:
            _start(work, live, kind=kind, limit=limit, since=since, silence=effect, organisation="")


def start_task_clock(
    work: Work, live: Live, *, node: str, token: int, organisation: str, silence: str
) -> None:
    """Start the clock that the process declares for a step."""
    rule = live.type.clock_for(node)
    if rule is None or not rule.budget.amount:
        return
    _start(
        work,
        live,
        kind=ClockKind.TASK,
        limit=rule.budget,
        since=(live.row.accepted_at if rule.since == "acceptance" else None) or work.at,
        silence=silence,
        organisation=organisation,
        limit_key=rule.key,
        token=token,
    )


def _start(
    work: Work,
    live: Live,
    *,
    kind: ClockKind,
    limit: DeclaredBudget,
    since: datetime,
    silence: str,
    organisation: str,
    limit_key: str = "",
    token: int | None = None,
) -> None:
    calendar = city_calendar()
    state = law.ClockState(budget=law.Budget(limit.amount, law.Unit(limit.unit)), started_at=since)
    work.note_row(
        "clocks_opened",
        case_id=live.id,
        token=token,
        kind=kind,
        organisation=organisation or live.row.organisation,
        limit_key=limit_key,
        amount=limit.amount,
        unit=limit.unit,
        started_at=since,
        silence=silence,
        state=ClockState.RUNNING,
        calendar_key=calendar.key,
        calendar_version=calendar.version,
        **_instants(state),
    )


def state_of(clock: ClockRecord) -> law.ClockState:
    """The pure state of a stored clock."""
    return law.ClockState(
        budget=law.Budget(clock.amount, law.Unit(clock.unit)),
        started_at=clock.started_at,
        extended_by=clock.extended_by,
        stops=tuple(
            law.Stop(
                start=stop.since,
                end=stop.until,
                ground=stop.ground,
                legal_basis=text_from(dict(stop.legal_basis)),
                label=text_from(dict(stop.label)),
            )
            for stop in clock.stops
        ),
    )


def stop_clocks(
    work: Work,
    live: Live,
    clocks: Iterable[ClockRecord],
    *,
    ordered_in: int,
    ground: str,
    label: Text,
    legal_basis: Text,
    expected_days: int | None,
) -> None:
    """Stop clocks on a ground; the loops that look for due instants don't see them any more."""
    for clock in clocks:
        work.note_row(
            "stops_opened",
            clock_id=clock.id,
            ordered_in=ordered_in,
            ground=ground,
            label=label.as_dict(),
            legal_basis=legal_basis.as_dict(),
            since=work.at,
            expected_days=expected_days,
        )
        stop = StopRecord(0, ordered_in, ground, label.as_dict(), legal_basis.as_dict(), work.at, None)
        _changed(work, live, clock, replace(clock, state=ClockState.STOPPED, stops=(*clock.stops, stop)))


def resume_clocks(work: Work, live: Live, *, ordered_in: int, ground: str) -> int:
    """End the stops that this case ordered on a ground; gives how many clocks they held."""
    resumed = 0
    for clock in list(live.clocks):
        ended = [
            stop
            for stop in clock.stops
            if stop.until is None and stop.ground == ground and stop.ordered_in == ordered_in
        ]
        if not ended:
            continue
        resumed += 1
        for stop in ended:
            work.note_row("stops_ended", id=stop.id, until=work.at)
        stops = tuple(replace(stop, until=work.at) if stop in ended else stop for stop in clock.stops)
        still = any(stop.until is None for stop in stops)
        state = ClockState.STOPPED if still else ClockState.RUNNING
        _changed(work, live, clock, replace(clock, state=state, stops=stops))
    return resumed


def restart_clocks(work: Work, live: Live) -> None:
    """The limits of the case count anew from now; what they had consumed is forgotten."""
    for clock in [clock for clock in live.clocks if clock.task_id is None]:
        began = replace(clock, started_at=work.at, state=ClockState.RUNNING, stops=(), rung=0)
        _changed(work, live, clock, began)
        work.note_change("clocks_changed", "id", id=clock.id, started_at=work.at, rung=0)


def extend_clock(work: Work, live: Live, clock: ClockRecord, *, by: int) -> None:
    """Give a clock more of its unit."""
    _changed(work, live, clock, replace(clock, extended_by=clock.extended_by + by))


def hand_over_clocks(work: Work, live: Live) -> None:
    """The limits of the case are those of the organisation that has it now; they go on as they stand."""
    for clock in list(live.clocks):
        if clock.task_id is None:
            _changed(work, live, clock, clock, organisation=live.row.organisation)


def end_clocks(work: Work, live: Live, clocks: Iterable[ClockRecord]) -> None:
    """A clock has done its work; what it consumed is kept."""
    calendar = city_calendar()
    for clock in list(clocks):
        used = law.consumed(state_of(clock), calendar, work.at)
        work.note_row("clocks_done", id=clock.id, consumed=used, ended_at=work.at)
        for stop in clock.stops:
            if stop.until is None:
                work.note_row("stops_ended", id=stop.id, until=work.at)
        live.clocks.remove(clock)


def end_all_clocks(work: Work, live: Live) -> None:
    """Every clock of a case has done its work, also those that this act started."""
    end_clocks(work, live, live.clocks)
    for row in work.rows.get("clocks_opened", ()):
        if row["case_id"] == live.id:
            row.update(state=ClockState.DONE, consumed=_used(row, work.at), ended_at=work.at)


def _used(row: Row, at: datetime) -> int:
    """What a clock consumed that was started by this act, perhaps for an earlier instant."""
    amount, started_at = row["amount"], row["started_at"]
    assert isinstance(amount, int)
    assert isinstance(started_at, datetime)
    state = law.ClockState(budget=law.Budget(amount, law.Unit(str(row["unit"]))), started_at=started_at)
    return law.consumed(state, city_calendar(), at)


def due_after(at: datetime, working_days: int) -> datetime:
    """The end of a period of so many working days from an instant."""
    return end_of(DeclaredBudget(amount=working_days, unit="working_days"), since=at)


def end_of(limit: DeclaredBudget, *, since: datetime) -> datetime:
    """When a period that began at an instant is over."""
    state = law.ClockState(budget=law.Budget(limit.amount, law.Unit(limit.unit)), started_at=since)
    due = law.due_at(state, city_calendar())
    assert due is not None
    return due


def days_until(limit: DeclaredBudget, *, since: datetime) -> int:
    """How many calendar days a period takes, for people who are told what to expect."""
    if limit.unit == "calendar_days":
        return limit.amount
    zone = city_calendar().zone
    return (end_of(limit, since=since).astimezone(zone).date() - since.astimezone(zone).date()).days


def limit_text(basis: Legal) -> Text:
    """A legal basis in one line."""
    return Text(f"{basis.law.zh}{basis.article.zh}", f"{basis.law.en}, {basis.article.en}")


def task_clock(live: Live, task_id: int) -> ClockRecord | None:
    """The running or stopped clock of a task."""
    return next((clock for clock in live.clocks if clock.task_id == task_id), None)


def _changed(work: Work, live: Live, before: ClockRecord, after: ClockRecord, **more: str) -> None:
    calendar = city_calendar()
    work.note_change(
        "clocks_changed",
        "id",
        id=after.id,
        state=after.state,
        extended_by=after.extended_by,
        calendar_key=calendar.key,
        calendar_version=calendar.version,
        **_instants(state_of(after)),
        **more,
    )
    live.clocks[live.clocks.index(before)] = after


def _instants(state: law.ClockState) -> Row:
    found = law.instants(state, city_calendar())
    return {
        "due_at": found.due_at,
        "warn_at": found.warn_at,
        "yellow_at": found.yellow_at,
        "red_at": found.red_at,
    }
