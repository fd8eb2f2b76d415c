"""Everybody whom a simulation needs comes into the city before it begins. Safe to repeat."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from yiwang.cli.simulation import grounds
from yiwang.cli.simulation.behaviours import COLLEAGUES
from yiwang.cli.simulation.draws import Draws
from yiwang.cli.simulation.firms import synthetic_firms
from yiwang.cli.simulation.people import SyntheticPerson, synthetic_people
from yiwang.cli.simulation.places import Places
from yiwang.cli.simulation.population import Settled, SettledFirm, settle_firm, settle_person
from yiwang.cli.simulation.staff import Staff
from yiwang.identity.api import appoint_officer, find_account_id, postings_of, register_citizen
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

_REGISTRATION = Actor.system("registration")
_TITLE = Text("科员", "Section member")
#: The seed of those who work for the city, whatever the seed of the simulation.
_COLLEAGUES_SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Who is there: the many of the seed, and those with a listed sign-in."""

    people: list[Settled]
    firms: list[SettledFirm]
    listed_people: list[Settled]
    listed_firms: list[SettledFirm]


def settle(
    folder: Path,
    places: Places,
    draws: Draws,
    *,
    cases: int,
    at: datetime,
    now: datetime,
    show: Callable[[float], None],
) -> Settlement:
    """Settle people and firms in number for so many cases; ``at`` is when they registered, long ago."""
    hire_colleagues(places, at=at, now=now)
    staff = Staff(at=now)
    wanted_people, wanted_firms = min(600, max(24, cases // 3)), min(200, max(8, cases // 10))
    drawn = list(islice(synthetic_people(draws, places), wanted_people))
    people = []
    for done, person in enumerate(drawn, start=1):
        settled = settle_person(person, staff, at=at)
        if settled is not None:
            people.append(settled)
        show(done / len(drawn))
    by_name = {settled.person.username: settled for settled in people}
    firms = [
        settle_firm(
            firm,
            by_name[firm.representative.username],
            by_name[firm.agent.username],
            staff,
            at=at,
            now=now,
        )
        for firm in islice(
            synthetic_firms(draws, places, [settled.person for settled in people], before=at.date()),
            wanted_firms,
        )
    ]
    listed_people, listed_firms = grounds.ensure_listed_people(folder, places, staff, at=at, now=now)
    return Settlement(people=people, firms=firms, listed_people=listed_people, listed_firms=listed_firms)


def hire_colleagues(places: Places, *, at: datetime, now: datetime) -> None:
    """Give the officers who have sign-ins some colleagues."""
    admin = Staff(at=now).one("informatization", "city_admin")
    for person, organisation, roles in _colleagues(places):
        found = find_account_id(person.username)
        if found is None:
            found = register_citizen(
                actor=_REGISTRATION,
                at=at,
                username=person.username,
                password=secrets.token_urlsafe(24),  # told to nobody: they do not sign in
                name=person.name,
                resident_id=person.resident_id,
                phone=person.phone,
                synthetic=True,
            )
        if not postings_of(found, at=now):
            appoint_officer(
                actor=admin, at=at, account_id=found, organisation=organisation, title=_TITLE, roles=roles
            )


def _colleagues(places: Places) -> Iterator[tuple[SyntheticPerson, str, tuple[str, ...]]]:
    wanted = [(organisation, roles) for organisation, roles, count in COLLEAGUES for _ in range(count)]
    people = synthetic_people(Draws(_COLLEAGUES_SEED), places)
    for (organisation, roles), person in zip(wanted, people, strict=False):
        yield person, organisation, roles
