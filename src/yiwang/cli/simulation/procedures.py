"""What keeps a task from going straight on: transfers, hearings and reviews, extensions, more departments."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from random import Random

from yiwang.cases.api import (
    add_department,
    ask_extension,
    decide_extension,
    resume_clock,
    stop_clock,
    transfer_task,
)
from yiwang.cases.contracts import StopGround
from yiwang.cli.simulation import wording
from yiwang.cli.simulation.behaviours import HABITS, SPECIAL_STEPS, SPECIALS, Special
from yiwang.cli.simulation.draws import between, happens
from yiwang.cli.simulation.onlooker import SeenTask
from yiwang.cli.simulation.world import World
from yiwang.identity.contracts import OfficerView
from yiwang.platform.contracts import Actor

_AWAY = ("development_planning", "planning", "land_housing", "environment", "construction", "fire")


class Procedures:
    """Acts beside the straight way."""

    def __init__(self, world: World) -> None:
        self._world = world

    def transfer(
        self, seen: SeenTask, officer: OfficerView, actor: Actor, at: datetime, chance: Random
    ) -> OfficerView | None:
        """Hand a task to a colleague, or a question to the office that can answer it."""
        colleagues = [
            one
            for one in self._world.staff.officers(seen.organisation, seen.role)
            if one.account_id != actor.account_id and self._world.staff.leave_of(one, at) is None
        ]
        is_first = self._world.onlooker.case(seen.case_id).organisation == seen.organisation
        if seen.node == "answer" and is_first and happens(chance, HABITS.transferred_away):
            place = chance.choice([code for code in _AWAY if code != seen.organisation])
            done = self._world.do(
                "task.transfer",
                lambda: transfer_task(
                    actor=actor,
                    at=at,
                    task_id=seen.id,
                    to_organisation=place,
                    reason=wording.TRANSFERRED_AWAY,
                ),
            )
            return self._world.staff.officers(place, seen.role)[0] if done is not None else None
        if not colleagues or not happens(chance, HABITS.transferred):
            return None
        colleague = chance.choice(colleagues)
        done = self._world.do(
            "task.transfer",
            lambda: transfer_task(
                actor=actor,
                at=at,
                task_id=seen.id,
                to_account=colleague.account_id,
                reason=wording.TRANSFERRED,
            ),
        )
        return colleague if done is not None else None

    def special(self, seen: SeenTask, actor: Actor, at: datetime, chance: Random) -> datetime | None:
        """Begin a procedure that stops the clock, sometimes; gives when it will be over."""
        if seen.node not in SPECIAL_STEPS:
            return None
        declared = {stop.key for stop in self._world.kind(seen.type_code).definition.stops}
        drawn = [kind for kind in SPECIALS if happens(chance, kind.share) and kind.ground in declared]
        if not drawn:
            return None
        return self._stop(seen, drawn[0], actor, at, chance)

    def _stop(
        self, seen: SeenTask, kind: Special, actor: Actor, at: datetime, chance: Random
    ) -> datetime | None:
        days = between(chance, kind.days)
        stopped = self._world.do(
            "clock.stop",
            lambda: stop_clock(
                actor=actor,
                at=at,
                case_id=seen.case_id,
                ground=kind.ground,
                expected_days=math.ceil(days),
                reason=wording.stop_reason(kind.ground),
            ),
        )
        if stopped is None:
            return None
        over = self._world.hours.after(at + timedelta(days=days), 30)
        self.will_resume(seen.case_id, actor, over)
        return over

    def will_resume(
        self, case_id: int, actor: Actor, over: datetime, ground: StopGround | None = None
    ) -> None:
        """Plan the end of a procedure."""
        self._world.agenda.plan(over, lambda at: self._resume(case_id, actor, at, ground))

    def _resume(self, case_id: int, actor: Actor, at: datetime, ground: StopGround | None) -> None:
        if self._world.onlooker.case(case_id).is_ended:
            return
        self._world.do(
            "clock.resume",
            lambda: resume_clock(actor=actor, at=at, case_id=case_id, ground=ground, note=wording.RESUMED[0]),
        )

    def extension(self, seen: SeenTask, actor: Actor, at: datetime, chance: Random) -> None:
        """Ask for more time before a limit passes, where the law of the item knows it."""
        rule = self._world.kind(seen.type_code).definition.extension
        if rule is None or seen.due_at is None or "handler" not in actor.roles:
            return
        ask_at = self._world.hours.part(at, seen.due_at, between(chance, (0.5, 0.9)))
        days = min(rule.amount, round(between(chance, HABITS.extension_days)))
        self._world.agenda.plan(ask_at, lambda now: self._ask(seen, actor, now, days, chance))

    def _ask(self, seen: SeenTask, actor: Actor, at: datetime, days: int, chance: Random) -> None:
        onlooker = self._world.onlooker
        if onlooker.task(seen.id) is None or not onlooker.may_extend(seen.case_id):
            return
        reason = chance.choice(wording.EXTENSION)
        asked = self._world.do(
            "extension.ask",
            lambda: ask_extension(actor=actor, at=at, case_id=seen.case_id, days=days, reason=reason),
        )
        if asked is not None:
            decide_at = self._world.hours.after(
                at, between(chance, HABITS.extension_decided_after_hours) * 60
            )
            self.will_decide_extension(seen.case_id, decide_at)

    def will_decide_extension(self, case_id: int, at: datetime) -> None:
        """Plan the approver's answer."""
        self._world.agenda.plan(at, lambda now: self._decide_extension(case_id, now))

    def _decide_extension(self, case_id: int, at: datetime) -> None:
        world = self._world
        case, asked_by = world.onlooker.case(case_id), world.onlooker.extension_asked_by(case_id)
        if case.is_ended or asked_by is None:
            return
        [approver, *_] = world.staff.officers(case.organisation, "approver")
        actor = world.staff.acting(approver, at)
        if actor.account_id == asked_by:  # the stand-in of the approver is who asked
            self.will_decide_extension(case_id, world.hours.after(at, 480))
            return
        grant = happens(world.draws.of("extension", case.number), HABITS.extension_granted)
        remark = "同意延长。" if grant else "请在原期限内办结。"
        world.do(
            "extension.decide",
            lambda: decide_extension(actor=actor, at=at, case_id=case_id, grant=grant, remark=remark),
        )

    def more_departments(self, case_id: int, number: str, at: datetime) -> None:
        """The centre asks one more department about a project, now and then."""
        chance = self._world.draws.of("departments", number)
        if happens(chance, HABITS.department_added):
            hours = between(chance, HABITS.department_added_after_hours)
            asked_at = self._world.hours.after(at, hours * 60)
            self._world.agenda.plan(asked_at, lambda now: self._add(case_id, chance, now))

    def _add(self, case_id: int, chance: Random, at: datetime) -> None:
        world = self._world
        if not world.onlooker.is_asked_jointly(case_id):
            return
        case = world.onlooker.case(case_id)
        actor = world.staff.some(case.organisation, "handler", chance)
        world.do(
            "department.add",
            lambda: add_department(
                actor=actor, at=at, case_id=case_id, organisation="civil_air_defence", reason=wording.ADDED
            ),
        )
        world.look()
