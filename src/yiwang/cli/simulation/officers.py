"""Officers take what is opened for their post, and finish it early, in time or late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from yiwang.cases.api import (
    claim_task,
    complete_task,
    decide_case,
    request_supplement,
    return_case,
)
from yiwang.cases.contracts import (
    OpinionInput,
    Outcome,
    Phase,
    SupplementItem,
    Verdict,
)
from yiwang.cli.simulation import wording
from yiwang.cli.simulation.applicants import Applicants
from yiwang.cli.simulation.applications import WRITTEN
from yiwang.cli.simulation.behaviours import (
    HABITS,
    LATE,
    OUTCOMES,
    OUTCOMES_AT,
    PACES,
    RETURNS,
    TAKEN_AFTER,
    UNLIMITED_STEP,
    Pace,
)
from yiwang.cli.simulation.draws import between, happens, pick
from yiwang.cli.simulation.onlooker import SeenTask
from yiwang.cli.simulation.procedures import Procedures
from yiwang.cli.simulation.registers import look_up
from yiwang.cli.simulation.world import World
from yiwang.identity.contracts import OfficerView
from yiwang.platform.contracts import Actor

_RESTING = frozenset({Phase.SUPPLEMENT, Phase.STOPPED})
_VERDICTS = frozenset(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A task in an officer's head: who does it, when, and what chance says about it."""

    task: SeenTask
    officer: OfficerView
    act_at: datetime
    pace: Pace


class Officers:
    """Everybody who holds a post."""

    def __init__(self, world: World, applicants: Applicants) -> None:
        self._world = world
        self._applicants = applicants
        self._procedures = Procedures(world)

    def plan(self, task: SeenTask) -> None:
        """Decide who will do a new task and when."""
        world = self._world
        chance = self._chance(task, "plan")
        officers = world.staff.officers(task.organisation, task.role)
        if not officers:
            world.counts["nobody holds the role"] += 1
            return
        officer, pace = chance.choice(officers), _pace(task.organisation, chance)
        if world.kind(task.type_code).definition.handling == "immediate":
            minutes = between(chance, HABITS.minutes_at_window)
            self._later(
                task.opened_at + timedelta(minutes=minutes),
                Plan(task=task, officer=officer, act_at=task.opened_at, pace=pace),
            )
            return
        if task.due_at is None:
            act_at = world.hours.after(task.opened_at, between(chance, UNLIMITED_STEP))
        else:
            limit = task.yellow_at if pace.until_yellow and task.yellow_at else task.due_at
            act_at = world.hours.part(task.opened_at, limit, between(chance, pace.part))
        taken_at = world.hours.after(task.opened_at, between(chance, TAKEN_AFTER))
        act_at = max(act_at, world.hours.after(taken_at, 3))
        plan = Plan(task=task, officer=officer, act_at=act_at, pace=pace)
        world.agenda.plan(taken_at, lambda at: self._take(plan, at))

    def resume(self, task: SeenTask, at: datetime) -> None:
        """Take up a task that an interrupted run had opened: whoever holds it does it soon."""
        officers = self._world.staff.officers(task.organisation, task.role)
        holder = [one for one in officers if one.account_id == task.assignee_id]
        if task.assignee_id is None:
            self.plan(replace(task, opened_at=max(task.opened_at, at), due_at=None))
        elif holder:
            chance = self._chance(task, "resume")
            act_at = self._world.hours.after(at, between(chance, UNLIMITED_STEP))
            self._later(act_at, Plan(task=task, officer=holder[0], act_at=act_at, pace=PACES[0]))

    def _take(self, plan: Plan, at: datetime) -> None:
        world, chance = self._world, self._chance(plan.task, "take")
        seen = world.onlooker.task(plan.task.id)
        if seen is None:
            return
        if seen.phase in _RESTING:
            world.agenda.plan(self._another_day(seen, at), lambda later: self._take(plan, later))
            return
        leave = world.staff.leave_of(plan.officer, at)
        if leave is not None:
            soon = world.hours.after(at, 20)
            if soon >= leave.ends:
                back = world.hours.after(leave.ends, 15)
                world.agenda.plan(back, lambda later: self._take(plan, later))
                return
            # A stand-in finishes while the post is theirs.
            plan = replace(plan, act_at=min(max(plan.act_at, soon), leave.ends - timedelta(minutes=1)))
        actor = world.staff.acting(plan.officer, at)
        if world.do("task.claim", lambda: claim_task(actor=actor, at=at, task_id=seen.id)) is None:
            return
        moved = self._procedures.transfer(seen, plan.officer, actor, at, chance)
        if moved is not None:
            if moved.organisation != seen.organisation:
                fresh = world.onlooker.task(seen.id)
                if fresh is not None:
                    self.plan(replace(fresh, opened_at=at))
                return
            plan = replace(plan, officer=moved)
        elif leave is None:
            plan = self._hindered(plan, seen, actor, at, chance)
        self._later(max(plan.act_at, at), plan)

    def _hindered(self, plan: Plan, seen: SeenTask, actor: Actor, at: datetime, chance: Random) -> Plan:
        """A hearing, a review, an extension: each moves the day on which the work is finished."""
        resumed_at = self._procedures.special(seen, actor, at, chance)
        if resumed_at is not None:
            return replace(plan, act_at=self._world.hours.after(resumed_at, between(chance, (40, 600))))
        if happens(chance, plan.pace.asks_extension):
            self._procedures.extension(seen, actor, at, chance)
        return plan

    def _later(self, at: datetime, plan: Plan) -> None:
        self._world.agenda.plan(at, lambda now: self._finish(plan, now))

    def _finish(self, plan: Plan, at: datetime) -> None:
        world = self._world
        seen = world.onlooker.task(plan.task.id)
        if seen is None:
            return
        if seen.phase in _RESTING:
            self._later(self._another_day(seen, at), plan)
            return
        leave = world.staff.leave_of(plan.officer, at)
        if leave is not None and seen.assignee_id == plan.officer.account_id:
            self._later(world.hours.after(leave.ends, 30), plan)  # nobody else may finish what he holds
            return
        self._answer(seen, world.staff.acting(plan.officer, at), at)
        world.look()

    def _answer(self, seen: SeenTask, actor: Actor, at: datetime) -> None:
        world, chance = self._world, self._chance(seen, "answer")
        kind = world.kind(seen.type_code)
        look_up(world, seen, actor, at, chance)
        node = kind.process.node(seen.node) if kind.process is not None else None
        offered = node.outcomes if node is not None else ()
        back = RETURNS.get(f"{seen.type_code}/{seen.node}")
        if back is not None and happens(chance, HABITS.returned):
            world.do(
                "case.return",
                lambda: return_case(
                    actor=actor, at=at, task_id=seen.id, to_node=back, reason=wording.RETURNED
                ),
            )
            return
        outcome = self._choose(seen, offered, chance)
        if outcome == Outcome.SUPPLEMENT:
            self._ask_correction(seen, actor, at, chance)
            return
        if outcome in _VERDICTS and node is not None and kind.decides(node):
            world.do(
                "case.decide",
                lambda: decide_case(
                    actor=actor,
                    at=at,
                    task_id=seen.id,
                    outcome=Verdict(outcome),
                    grounds=wording.grounds(outcome, chance),
                    articles=wording.ARTICLES.get(outcome, ()),
                ),
            )
            return
        self._complete(seen, outcome, actor, at, chance)

    def _complete(self, seen: SeenTask, outcome: str, actor: Actor, at: datetime, chance: Random) -> None:
        is_done = outcome == Outcome.DONE
        said = wording.done_note(seen.node, chance) if is_done else wording.grounds(outcome, chance)
        opinion = OpinionInput(
            conditions=wording.conditions(outcome, chance),
            grounds="" if is_done else said,
            articles=wording.ARTICLES.get(outcome, ()),
        )
        self._world.do(
            "task.complete",
            lambda: complete_task(
                actor=actor, at=at, task_id=seen.id, outcome=outcome, note=said, opinion=opinion
            ),
        )
        if outcome == Outcome.ACCEPT:
            self._procedures.more_departments(seen.case_id, seen.number, at)

    def _choose(self, seen: SeenTask, offered: tuple[str, ...], chance: Random) -> str:
        shares = OUTCOMES | OUTCOMES_AT.get(seen.node, {})
        open_to = [outcome for outcome in offered if outcome in shares] or list(offered) or [Outcome.DONE]
        faults = WRITTEN[seen.type_code].faults if seen.type_code in WRITTEN else {}
        once = not faults or self._world.onlooker.was_asked_to_correct(seen.case_id)
        if once and Outcome.SUPPLEMENT in open_to:
            open_to.remove(Outcome.SUPPLEMENT)
        return pick(chance, {outcome: shares.get(outcome, 1.0) for outcome in open_to})

    def _ask_correction(self, seen: SeenTask, actor: Actor, at: datetime, chance: Random) -> None:
        faults = WRITTEN[seen.type_code].faults
        named = chance.sample(sorted(faults), k=chance.randint(1, len(faults)))
        items = tuple(
            SupplementItem(material=name.removeprefix("materials."), what=faults[name])
            if name.startswith("materials.")
            else SupplementItem(path=name, what=faults[name])
            for name in named
        )
        asked = self._world.do(
            "supplement.request",
            lambda: request_supplement(
                actor=actor,
                at=at,
                case_id=seen.case_id,
                items=items,
                note="；".join(item.what for item in items),
            ),
        )
        if asked is not None:
            self._applicants.will_correct(seen.case_id, at)

    def _another_day(self, seen: SeenTask, at: datetime) -> datetime:
        return self._world.hours.after(at, between(self._chance(seen, at.date()), (240, 480)))

    def _chance(self, task: SeenTask, what: object) -> Random:
        return self._world.draws.of("task", task.number, task.visit, what)


def _pace(organisation: str, chance: Random) -> Pace:
    shares = {pace: pace.share for pace in PACES}
    shares[PACES[-1]] = LATE.get(organisation, PACES[-1].share)
    return pick(chance, shares)
