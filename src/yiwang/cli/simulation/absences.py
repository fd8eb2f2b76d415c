"""Officers go on leave, and a colleague of the same organisation stands in for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from yiwang.cli.simulation.agenda import Act
from yiwang.cli.simulation.behaviours import HABITS
from yiwang.cli.simulation.draws import happens
from yiwang.cli.simulation.staff import Leave, actor_in
from yiwang.cli.simulation.world import World
from yiwang.identity.api import delegate
from yiwang.identity.contracts import OfficerView


def plan_leaves(world: World, organisations: list[str], *, since: datetime) -> None:
    """Draw who is away when; at most one of an organisation at a time, and never the only officer."""
    days = world.hours.days(since, world.agenda.until)
    for organisation in organisations:
        officers = {
            view.posting_id: view
            for role in ("window", "handler", "approver")
            for view in world.staff.officers(organisation, role)
        }
        away = [
            view
            for place, view in enumerate(officers.values())
            if happens(world.draws.of("leave", organisation, place), HABITS.on_leave)
        ]
        if len(officers) < 2 or not away:
            continue
        chance = world.draws.of("leave", organisation, "when")
        officer = away[0]
        others = [view for view in officers.values() if view.account_id != officer.account_id]
        starts = world.hours.opening(chance.choice(days[1:] or days))
        ends = world.hours.after(starts, chance.randint(*HABITS.leave_days) * 390)
        colleague = chance.choice(others)
        if starts <= world.agenda.now:
            continue
        world.agenda.plan(
            starts - timedelta(hours=1),
            _leaver(world, officer, colleague, starts, ends),
        )


def _leaver(
    world: World, officer: OfficerView, colleague: OfficerView, starts: datetime, ends: datetime
) -> Act:
    def leave(at: datetime) -> None:
        made = world.do(
            "duty.delegate",
            lambda: delegate(
                actor=world.staff.actor(officer),
                at=at,
                posting_id=officer.posting_id,
                to_account_id=colleague.account_id,
                roles=officer.roles,
                starts_at=starts,
                ends_at=ends,
            ),
        )
        if made is not None:
            stand_in = actor_in(colleague.account_id, f"delegation:{made}", at=starts)
            world.staff.goes_on_leave(
                Leave(
                    posting_id=officer.posting_id,
                    account_id=officer.account_id,
                    starts=starts,
                    ends=ends,
                    stand_in=stand_in,
                )
            )

    return leave
