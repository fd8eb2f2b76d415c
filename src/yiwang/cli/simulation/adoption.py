"""An interrupted run goes on: whatever waits for somebody is planned again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from yiwang.cases.contracts import NoticeState
from yiwang.cli.simulation.applicants import Applicants
from yiwang.cli.simulation.arrivals import Arrival
from yiwang.cli.simulation.counter import Counter
from yiwang.cli.simulation.officers import Officers
from yiwang.cli.simulation.onlooker import unfinished
from yiwang.cli.simulation.procedures import Procedures
from yiwang.cli.simulation.supervision import Supervision
from yiwang.cli.simulation.world import World

_SOON = 90


def adopt(
    world: World,
    officers: Officers,
    applicants: Applicants,
    counter: Counter,
    supervision: Supervision,
    *,
    drawn: Sequence[Arrival],
    at: datetime,
) -> None:
    """Plan tasks, corrections, procedures, extensions, notices and visits that were left open."""
    left = unfinished(
        {one.person_id for one in (*world.people, *world.listed_people)},
        {one.entity_id for one in (*world.firms, *world.listed_firms)},
        world.hours.calendar.zone,
    )
    procedures = Procedures(world)
    soon = world.hours.after(at, _SOON)
    for task in left.tasks:
        officers.resume(task, at)
    for case_id in left.supplements:
        applicants.will_correct(case_id, at)
    for case_id in left.stopped:
        handler = world.staff.one(world.onlooker.case(case_id).organisation, "handler")
        procedures.will_resume(case_id, handler, world.hours.after(at + timedelta(days=2), _SOON))
    for case_id in left.extensions:
        procedures.will_decide_extension(case_id, soon)
    for notice_id, state, organisation in left.notices:
        chance = world.draws.of("notice", state, organisation)
        if state == NoticeState.OPEN:
            supervision.will_reply(notice_id, organisation, soon, chance)
        else:
            supervision.will_close(notice_id, soon, chance)
    by_instant = {arrival.at: arrival for arrival in drawn}
    for booking in left.bookings:
        counter.resume(booking, by_instant.get(booking.booked_at), soon)
