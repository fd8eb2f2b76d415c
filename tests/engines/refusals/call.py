"""A call that succeeds, and the cases on which calls are tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from yiwang.cases import api
from yiwang.cases.contracts.lists import OpenedCase
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_review_type,
    an_accepted_case,
    an_application,
    done,
    officer,
    open_task,
)
from yiwang.identity.testing import a_citizen, an_organisation
from yiwang.platform.contracts import Actor

LATER = MONDAY + timedelta(days=1)
TIMERS = Actor.system("timers")


@dataclass
class Call:
    """A command with the actor and the words with which it succeeds at ``at``."""

    run: Callable[..., object]
    actor: Actor
    words: dict[str, object]
    at: datetime = LATER
    #: Brings about a state in which the same call must be refused; None where any state will do.
    spoil: Callable[[], object] | None = None
    #: An actor with the same rights somewhere else; None for machines, which have no place.
    elsewhere: Actor | None = field(default=None)

    def __call__(self, **changes: object) -> object:
        """Make the call, with other words if given."""
        return self.run(**{"actor": self.actor, "at": self.at, **self.words, **changes})


@dataclass
class World:
    """One applicant and one case."""

    citizen: Actor
    case: OpenedCase

    def withdraw(self) -> object:
        """Nothing more is done in the case."""
        return api.withdraw_case(actor=self.citizen, at=LATER, case_id=self.case.case_id)

    @property
    def id(self) -> int:
        """Of the case."""
        return self.case.case_id


def opened(**changes: object) -> World:
    citizen = a_citizen()
    return World(citizen, an_application(a_review_type(**changes), applicant=citizen))


def accepted(**changes: object) -> World:
    citizen = a_citizen()
    return World(citizen, an_accepted_case(a_review_type(**changes), applicant=citizen))


def answered(verdict: str = "approve") -> World:
    world = accepted()
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(world.id, "opinions", department), verdict)
    return world


def decided() -> World:
    world = answered()
    done(officer(BODY, "approver"), open_task(world.id, "decide"), "approve")
    return world


def by_officer(run: Callable[..., object], *roles: str, place: str = BODY, **words: object) -> Call:
    an_organisation("water")
    return Call(run, officer(place, *roles), words, elsewhere=officer("water", *roles))


def by_citizen(run: Callable[..., object], world: World, **words: object) -> Call:
    return Call(run, world.citizen, words, elsewhere=a_citizen())


def at_acceptance(run: Callable[..., object], **words: object) -> Call:
    world = opened()
    call = by_officer(run, "window", task_id=open_task(world.id, "accept"), **words)
    call.spoil = world.withdraw
    return call


def under_review(run: Callable[..., object], *roles: str, **words: object) -> Call:
    world = accepted()
    call = by_officer(run, *(roles or ("handler",)), case_id=world.id, **words)
    call.spoil = world.withdraw
    return call
