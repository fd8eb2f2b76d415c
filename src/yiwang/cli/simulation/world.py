"""What everybody in the simulation shares: chance, hours, agenda, people, and a count of what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import TypeVar

from yiwang.cases.api import case_type
from yiwang.cases.contracts import AppliedType, GivenMaterial
from yiwang.cli.simulation.agenda import Agenda
from yiwang.cli.simulation.applications import Asker
from yiwang.cli.simulation.draws import Draws
from yiwang.cli.simulation.hours import Hours
from yiwang.cli.simulation.onlooker import Onlooker, SeenTask
from yiwang.cli.simulation.population import Settled, SettledFirm
from yiwang.cli.simulation.sites import Whereabouts
from yiwang.cli.simulation.staff import Staff, actor_in
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor

T = TypeVar("T")


@dataclass(kw_only=True)
class World:
    """One simulation while it runs."""

    draws: Draws
    where: Whereabouts
    staff: Staff
    hours: Hours
    agenda: Agenda
    onlooker: Onlooker
    people: list[Settled]
    firms: list[SettledFirm]
    listed_people: list[Settled]
    listed_firms: list[SettledFirm]
    #: Stored sample file of each material, by its title.
    samples: dict[str, int]
    #: Who plans new tasks; set by the city when it wires the roles together.
    plan_task: Callable[[SeenTask], None] = lambda _: None
    counts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    _kinds: dict[str, AppliedType] = field(default_factory=dict)
    _actors: dict[tuple[int, str], Actor] = field(default_factory=dict)

    def today(self, at: datetime) -> date:
        """The civil day of a moment."""
        return self.hours.calendar.local(at).date()

    def do(self, name: str, act: Callable[[], T]) -> T | None:
        """Do an act and count it; a refusal is counted with its reason and ends nothing."""
        try:
            result = act()
        except YiwangError as refused:
            self.refusals[f"{name}: {refused.code}"] += 1
            return None
        self.counts[name] += 1
        return result

    def kind(self, code: str) -> AppliedType:
        """The service item as it stands; nothing is applied while a simulation runs."""
        if code not in self._kinds:
            self._kinds[code] = case_type(code)
        return self._kinds[code]

    def look(self) -> None:
        """See what has been opened for whom, and plan it."""
        for task in self.onlooker.new_tasks():
            self.plan_task(task)

    def actor(self, asker: Asker, at: datetime) -> Actor:
        """The applicant's actor, in the capacity in which they ask."""
        key = (asker.who.account_id, asker.standing)
        if key not in self._actors:
            self._actors[key] = actor_in(asker.who.account_id, asker.standing, at=at)
        return self._actors[key]

    def asker(self, *, by_firm: bool, share_listed: float, chance: Random) -> Asker:
        """Somebody who asks; now and then one of those with a listed sign-in."""
        listed = chance.random() < share_listed
        if by_firm:
            firm = chance.choice(self.listed_firms if listed and self.listed_firms else self.firms)
            return Asker(who=chance.choice(firm.people), firm=firm)
        return Asker(who=chance.choice(self.listed_people if listed and self.listed_people else self.people))

    def asker_of(self, person_id: int | None, entity_id: int | None, agent_id: int | None) -> Asker | None:
        """The applicant of a case that was opened before; None if they are not of this simulation."""
        if entity_id is not None:
            for firm in (*self.firms, *self.listed_firms):
                if firm.entity_id == entity_id:
                    found = [one for one in firm.people if one.person_id == agent_id]
                    return Asker(who=(found or list(firm.people))[0], firm=firm)
            return None
        for who in (*self.people, *self.listed_people):
            if who.person_id == person_id:
                return Asker(who=who)
        return None

    def given(self, key: str, title: str, *, on_paper: bool) -> GivenMaterial:
        """A material: seen on paper, or a stored sample of it."""
        return GivenMaterial(key=key, file_id=None if on_paper else self.samples.get(title))
