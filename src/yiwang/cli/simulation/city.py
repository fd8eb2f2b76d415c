"""The living city: demands arrive, offices work, the worker's loops turn, from a past day until now."""

from __future__ import annotations

import time
from collections import Counter as Count
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path

from yiwang.cases.api import city_calendar
from yiwang.cases.contracts import Channel
from yiwang.cli.simulation import runs
from yiwang.cli.simulation.absences import plan_leaves
from yiwang.cli.simulation.adoption import adopt
from yiwang.cli.simulation.agenda import Agenda
from yiwang.cli.simulation.applicants import Applicants
from yiwang.cli.simulation.arrivals import Arrival, arrivals
from yiwang.cli.simulation.behaviours import COLLEAGUES
from yiwang.cli.simulation.counter import Counter
from yiwang.cli.simulation.draws import Draws
from yiwang.cli.simulation.grounds import LONG_AGO, places_of
from yiwang.cli.simulation.hours import Hours
from yiwang.cli.simulation.officers import Officers
from yiwang.cli.simulation.onlooker import Onlooker
from yiwang.cli.simulation.runs import Run
from yiwang.cli.simulation.samples import sample_papers
from yiwang.cli.simulation.settlement import settle
from yiwang.cli.simulation.sites import Whereabouts, read_plots
from yiwang.cli.simulation.staff import Staff
from yiwang.cli.simulation.supervision import Supervision
from yiwang.cli.simulation.world import World
from yiwang.platform import sql
from yiwang.platform.loops import LOOPS

Show = Callable[[float], None]
#: Hours at which the worker's loops turn: limits of days end at the close, 17:00. A turn costs 10 ms.
_WORKING, _FREE = (8, 10, 11, 12, 14, 15, 16, 17, 18), (12,)
#: A loop that did so many rows has more.
_MORE = 200
#: Loops with as many seconds between rounds look through everything: once a day, or they take half of a run.
_SELDOM = 60
_SETTLING = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a run: acts and refusals by name, and how long it took."""

    acts: Count[str]
    refusals: Count[str]
    seconds: float

    @property
    def cases(self) -> int:
        """Cases that were opened; child cases are not counted."""
        return self.acts["case.open"] + self.acts["case.register"]


class LivingCity:
    """One run of the simulation."""

    def __init__(self, folder: Path, run: Run, *, show: Show) -> None:
        self._run = run
        self._show = show
        zone = city_calendar().zone
        self._since, self._until = run.since.astimezone(zone), run.until.astimezone(zone)
        self._seen_until = run.reached.astimezone(zone)
        self._looked_through: date | None = None
        self._world = self._settled(folder)
        self._applicants = Applicants(self._world)
        self._officers = Officers(self._world, self._applicants)
        self._counter = Counter(self._world, self._applicants)
        self._supervision = Supervision(self._world)
        self._world.plan_task = self._officers.plan

    def live(self) -> Report:
        """Do everything until the end of the run."""
        began = time.monotonic()
        # A lost second of a simulation is simulated again; waiting for the disk takes a fifth of the time.
        sql.execute("SET synchronous_commit = off")
        self._plan_ticks()
        drawn = self._plan_arrivals()
        organisations = sorted({organisation for organisation, _, _ in COLLEAGUES})
        plan_leaves(self._world, organisations, since=self._since)
        if self._run.reached > self._run.since:
            adopt(
                self._world,
                self._officers,
                self._applicants,
                self._counter,
                self._supervision,
                drawn=drawn,
                at=self._seen_until,
            )
        length = (self._until - self._since) / timedelta(seconds=1)
        while (planned := self._world.agenda.next()) is not None:
            at, act = planned
            act(at)
            passed = (at - self._since) / timedelta(seconds=1)
            self._show(_SETTLING + (1 - _SETTLING) * passed / length)
        self._tick(self._until)
        runs.finish_run(self._run.seed)
        return Report(
            acts=self._world.counts,
            refusals=self._world.refusals,
            seconds=time.monotonic() - began,
        )

    def _settled(self, folder: Path) -> World:
        draws, places = Draws(self._run.seed), places_of(folder)
        registered = self._since - LONG_AGO
        found = settle(
            folder,
            places,
            draws,
            cases=self._run.cases,
            at=registered,
            now=self._since,
            show=lambda share: self._show(share * _SETTLING),
        )
        return World(
            draws=draws,
            where=Whereabouts(places=places, plots=read_plots(places, at=self._since), draws=draws),
            staff=Staff(at=self._since),
            hours=Hours(city_calendar()),
            agenda=Agenda(since=self._seen_until, until=self._until),
            onlooker=Onlooker(),
            people=found.people,
            firms=found.firms,
            listed_people=found.listed_people,
            listed_firms=found.listed_firms,
            samples=sample_papers(at=registered),
        )

    def _plan_ticks(self) -> None:
        hours = self._world.hours
        for day in hours.days(self._since, self._until):
            for hour in _WORKING if hours.calendar.is_working(day) else _FREE:
                at = datetime.combine(day, wall_time(hour), hours.calendar.zone)
                if self._seen_until < at:
                    self._world.agenda.plan(at, self._tick)

    def _plan_arrivals(self) -> list[Arrival]:
        world = self._world
        drawn = arrivals(
            world.draws, world.hours, count=self._run.cases, since=self._since, until=self._until
        )
        for arrival in drawn:
            if arrival.at > self._seen_until and not self._was_done(arrival):
                world.agenda.plan(arrival.at, self._arriver(arrival))
        return drawn

    def _was_done(self, arrival: Arrival) -> bool:
        interrupted = self._run.reached > self._run.since
        return interrupted and self._world.onlooker.has_arrived(arrival.at)

    def _arriver(self, arrival: Arrival) -> Callable[[datetime], None]:
        way = self._applicants.apply_online
        if arrival.demand.channel is not Channel.ONLINE:
            way = self._counter.arrive
        return lambda at: way(arrival.demand, arrival.index, at)

    def _tick(self, at: datetime) -> None:
        """Let the worker's loops do what is due, and everybody see what came of it."""
        first_of_day, self._looked_through = at.date() != self._looked_through, at.date()
        for _, loop in LOOPS:
            if loop.reaches_out or (loop.seconds >= _SELDOM and not first_of_day):
                continue
            while loop.work(at) >= _MORE:
                pass
        self._world.look()
        for card in self._world.onlooker.new_cards():
            self._supervision.see(card, at)
        for case in self._world.onlooker.ended(self._seen_until, at):
            self._applicants.will_rate(case, at)
        self._seen_until = at
        runs.note_reached(self._run.seed, at)
