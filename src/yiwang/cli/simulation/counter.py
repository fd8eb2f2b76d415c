"""The service centre's windows: people who walk in, people with a number, letters that came by post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from yiwang.cases.api import (
    book_appointment,
    call_next,
    cancel_appointment,
    finish_appointment,
    free_slots,
    register_at_counter,
)
from yiwang.cases.contracts import AppointmentView, OpenedCase
from yiwang.cli.simulation.answering import confirmed_addresses
from yiwang.cli.simulation.applicants import Applicants
from yiwang.cli.simulation.applications import Asker
from yiwang.cli.simulation.arrivals import Arrival
from yiwang.cli.simulation.behaviours import HABITS, Demand
from yiwang.cli.simulation.draws import between, happens
from yiwang.cli.simulation.onlooker import Booking
from yiwang.cli.simulation.world import World
from yiwang.platform.contracts import Actor

_CENTRE = "service_centre"
_WINDOWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who has a number, and what for."""

    demand: Demand
    asker: Asker
    index: int
    will_miss: bool


class Counter:
    """Everything that happens at a window."""

    def __init__(self, world: World, applicants: Applicants) -> None:
        self._world = world
        self._applicants = applicants
        self._visitors: dict[int, Visitor] = {}

    def arrive(self, demand: Demand, index: int, at: datetime) -> None:
        """Somebody comes, or a letter does; some have booked a time days before and come then."""
        chance = self._world.draws.of("arrival", index)
        asker = self._applicants.asker(demand, chance)
        if happens(chance, demand.booked):
            self._book(demand, asker, index, chance, at)
        else:
            self._register(demand, asker, index, at)

    def resume(self, booking: Booking, arrival: Arrival | None, soon: datetime) -> None:
        """Take up a number that an interrupted run had given; who was at the window then has left."""
        world = self._world
        if booking.is_called:
            clerk = self._clerk(world.draws.of("resume", booking.id), soon)
            world.agenda.plan(soon, lambda now: self._finish(booking.id, clerk, None, now))
            return
        asker = world.asker_of(booking.person_id, None, None)
        if asker is not None and arrival is not None:
            self._expect(booking.id, arrival, asker, booking.comes)

    def _register(self, demand: Demand, asker: Asker, index: int, at: datetime) -> OpenedCase | None:
        world, chance = self._world, self._world.draws.of("counter", index)
        clerk = self._clerk(chance, at)
        answers = self._applicants.written(demand, asker, index, chance, at)
        materials = self._applicants.materials(demand, answers, chance, at)
        opened = world.do(
            "case.register",
            lambda: register_at_counter(
                actor=clerk,
                at=at,
                type_code=demand.type_code,
                applicant=self._applicants.applicant(asker),
                answers=answers,
                materials=materials,
                channel=demand.channel,
                addresses=confirmed_addresses(world.kind(demand.type_code), answers),
            ),
        )
        if opened is not None:
            self._applicants.after_opening(opened, asker, at)
        return opened

    def _book(self, demand: Demand, asker: Asker, index: int, chance: Random, at: datetime) -> None:
        world = self._world
        ahead = timedelta(days=chance.randint(*HABITS.booked_days_ahead))
        day = world.today(world.hours.after(at + ahead, 1))
        slots = free_slots(type_code=demand.type_code, organisation=_CENTRE, day=day)
        open_slots = [slot.slot for slot in slots if slot.free]
        if not open_slots:
            return
        slot = chance.choice(open_slots)
        booked = world.do(
            "appointment.book",
            lambda: book_appointment(
                actor=world.actor(asker, at),
                at=at,
                type_code=demand.type_code,
                organisation=_CENTRE,
                day=day,
                slot=slot,
            ),
        )
        if booked is None:
            return
        arrival = Arrival(at=at, index=index, demand=demand)
        self._expect(booked.id, arrival, asker, datetime.combine(day, slot, world.hours.calendar.zone))

    def _expect(self, appointment_id: int, arrival: Arrival, asker: Asker, slot: datetime) -> None:
        """Plan the visit of somebody who has a number: they come, stay away, or cancel before."""
        world, chance = self._world, self._world.draws.of("visit", arrival.index)
        self._visitors[appointment_id] = Visitor(
            demand=arrival.demand,
            asker=asker,
            index=arrival.index,
            will_miss=happens(chance, HABITS.misses_appointment),
        )
        comes = slot + timedelta(minutes=chance.randint(0, 9))
        if happens(chance, HABITS.cancels_appointment):
            gives_up = arrival.at + (comes - arrival.at) * chance.uniform(0.2, 0.9)
            world.agenda.plan(gives_up.replace(microsecond=0), lambda now: self._cancel(appointment_id, now))
            return
        world.agenda.plan(comes, self._call)

    def _cancel(self, appointment_id: int, at: datetime) -> None:
        visitor = self._visitors.pop(appointment_id)
        actor = self._world.actor(visitor.asker, at)
        self._world.do(
            "appointment.cancel",
            lambda: cancel_appointment(actor=actor, at=at, appointment_id=appointment_id),
        )

    def _call(self, at: datetime) -> None:
        """The next number is called; whoever holds it is served, or was not there."""
        world = self._world
        chance = world.draws.of("call", at.isoformat())
        clerk = self._clerk(chance, at)
        called = world.do(
            "appointment.call",
            lambda: call_next(
                actor=clerk, at=at, organisation=_CENTRE, window=str(chance.randint(1, _WINDOWS))
            ),
        )
        if called is not None:
            self._serve(called, clerk, chance, at)

    def _serve(self, called: AppointmentView, clerk: Actor, chance: Random, at: datetime) -> None:
        world = self._world
        visitor = self._visitors.pop(called.id, None)
        if visitor is None or visitor.will_miss:
            missed_at = at + timedelta(minutes=3)
            world.agenda.plan(missed_at, lambda now: self._finish(called.id, clerk, None, now))
            return
        world.agenda.plan(at + timedelta(minutes=2), lambda now: self._attend(called.id, visitor, clerk, now))

    def _attend(self, appointment_id: int, visitor: Visitor, clerk: Actor, at: datetime) -> None:
        opened = self._register(visitor.demand, visitor.asker, visitor.index, at)
        minutes = between(self._world.draws.of("attend", visitor.index), HABITS.minutes_at_window)
        case_id = opened.case_id if opened is not None else None
        self._world.agenda.plan(
            at + timedelta(minutes=round(minutes)),
            lambda now: self._finish(appointment_id, clerk, case_id, now),
        )

    def _finish(self, appointment_id: int, clerk: Actor, case_id: int | None, at: datetime) -> None:
        self._world.do(
            "appointment.finish",
            lambda: finish_appointment(
                actor=clerk, at=at, appointment_id=appointment_id, missed=case_id is None, case_id=case_id
            ),
        )

    def _clerk(self, chance: Random, at: datetime) -> Actor:
        staff = self._world.staff
        return staff.acting(chance.choice(staff.officers(_CENTRE, "window")), at)
