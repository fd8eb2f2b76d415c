"""When who comes with what: drawn before anything happens, so that it is the same however the rest goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from yiwang.cases.contracts import Channel
from yiwang.cli.simulation.behaviours import DEMANDS, FREE_DAY, ONLINE_HOURS, Demand
from yiwang.cli.simulation.draws import Draws, pick
from yiwang.cli.simulation.hours import Hours

#: Today is drawn like other days; what would come after the end is drawn again so often at most.
_TRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A demand at an instant; ``index`` names its chance."""

    at: datetime
    index: int
    demand: Demand


def arrivals(draws: Draws, hours: Hours, *, count: int, since: datetime, until: datetime) -> list[Arrival]:
    """So many demands between two moments, each second taken once, in order."""
    shares = {day: 1.0 if hours.calendar.is_working(day) else FREE_DAY for day in hours.days(since, until)}
    if 1.0 not in shares.values():
        return []
    taken: set[datetime] = set()
    found = []
    for index in range(count):
        chance = draws.of("demand", index)
        demand = pick(chance, {each: each.weight for each in DEMANDS})
        moments = (_moment(demand, shares, hours, chance) for _ in range(_TRIES))
        at = next((each for each in moments if since <= each <= until), hours.after(since, 60))
        while at in taken:
            at -= timedelta(seconds=1)
        taken.add(at)
        found.append(Arrival(at=at, index=index, demand=demand))
    return sorted(found, key=lambda arrival: arrival.at)


def _moment(demand: Demand, shares: dict[date, float], hours: Hours, chance: Random) -> datetime:
    if demand.channel is Channel.ONLINE:
        return hours.sometime(pick(chance, shares), ONLINE_HOURS, chance)
    working = {day: share for day, share in shares.items() if share == 1.0}
    return hours.during(pick(chance, working), chance)
