"""The notice of corrections: asked once, answered within what it names, lapsed in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import NotInSupplement, RoleMissing, SupplementTooLate
from yiwang.cases.contracts.inputs import GivenMaterial, OpinionInput
from yiwang.cases.contracts.views import SupplementItem
from yiwang.cases.contracts.words import (
    STOP_TEXTS,
    SUPPLEMENT_ANSWERED_MESSAGE,
    MaterialState,
    Outcome,
    Phase,
    StopGround,
    SupplementState,
    TaskState,
    Verdict,
)
from yiwang.cases.definitions.case_type import Budget
from yiwang.cases.definitions.case_type import StopGround as DeclaredStop
from yiwang.cases.models import Material, Supplement
from yiwang.cases.queries.matters import correctable, form_of
from yiwang.cases.queries.standard_addresses import KEPT, kept_addresses
from yiwang.cases.rows.answers import judged_answers
from yiwang.cases.rows.application import keep_materials
from yiwang.cases.rows.clocks import days_until, end_of, restart_clocks, resume_clocks, stop_clocks
from yiwang.cases.rows.family import withdraw
from yiwang.cases.rows.finishing import finish_task
from yiwang.cases.rows.letters import ask_letter
from yiwang.cases.rows.loading import load
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.rows.phases import decide, resting_phase
from yiwang.cases.rows.playing import give_to_parent, play, waiting_for
from yiwang.cases.rows.records import Live, Ruling, TaskRecord
from yiwang.cases.rows.special_procedures import basis_of, case_limits_above
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import Arrived
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

#: Calendar days to answer where the item declares none.
ANSWER_DAYS = 30
_NOTHING = Text("请逐项列明需要补正的内容", "List what must be corrected")
_UNKNOWN = Text("表单和材料清单中没有这一项", "Neither a question nor a material of this service")
_SAY_WHAT = Text("请写明怎么补正", "Say how to correct it")
_MISSING = Text("请按补正通知提供这一项", "The notice of corrections asks for this")
_LAPSED = "逾期未补正，视为不符合条件。 Not corrected in time."


def asking_task(work: Work, live: Live) -> TaskRecord:
    """The open task of the actor that may ask; one that declares the outcome comes first.

    Raises:
        RoleMissing: the actor has none.
    """
    actor = work.actor
    mine = [
        task
        for task in live.tasks.values()
        if task.organisation == actor.organisation
        and task.role in actor.roles
        and (task.state == TaskState.OPEN or task.assignee_id == actor.account_id)
    ]
    if not mine:
        roles = sorted({task.role for task in live.tasks.values()})
        raise RoleMissing(role=", ".join(roles))
    return next((task for task in mine if _declares(live, task)), mine[0])


def checked_items(work: Work, live: Live, items: Sequence[SupplementItem]) -> tuple[SupplementItem, ...]:
    """The items if each names one known thing and says what to do."""
    fields, materials = correctable(live.root.id, today=work.at.astimezone(ZONE).date())
    paths, keys = {path for path, _ in fields}, {key for key, _ in materials}
    problems = [] if items else [FieldProblem("items", _NOTHING)]
    for place, item in enumerate(items):
        known = item.path in paths if item.path else item.material in keys
        if not known or (item.path and item.material):
            problems.append(FieldProblem(f"items.{place}", _UNKNOWN))
        if not item.what.strip():
            problems.append(FieldProblem(f"items.{place}.what", _SAY_WHAT))
    if problems:
        raise InvalidInput(problems=tuple(problems))
    return tuple(items)


def ask_supplement(
    work: Work, live: Live, task: TaskRecord, items: Sequence[SupplementItem], *, note: str
) -> None:
    """Write the notice, stop the clocks, and complete the task where the process draws it so."""
    rule = _rule(live)
    days = rule.longest_days if rule is not None and rule.longest_days else ANSWER_DAYS
    unit = rule.unit if rule is not None else "calendar_days"
    Supplement.objects.create(
        case_id=live.id,
        items=[asdict(item) for item in items],
        note=note,
        task_id=task.id,
        organisation=task.organisation,
        issued_by=work.actor.account_id or 0,
        issued_at=work.at,
        answer_until=end_of(Budget(amount=days, unit=unit), since=work.at)
        if unit == "working_days"
        else work.at + timedelta(days=days),
    )
    work.log(live, "supplement_requested", items=len(items), task=task.id)
    if _declares(live, task):
        finish_task(work, live, task, outcome=Outcome.SUPPLEMENT, note=note)
    for holder, clocks in ((live, list(live.clocks)), *case_limits_above(live)):
        stop_clocks(
            work,
            holder,
            clocks,
            ordered_in=live.id,
            ground=StopGround.SUPPLEMENT,
            label=STOP_TEXTS[StopGround.SUPPLEMENT],
            legal_basis=basis_of(live, StopGround.SUPPLEMENT),
            expected_days=days_until(Budget(amount=days, unit=unit), since=work.at),
        )
    live.row.phase = Phase.SUPPLEMENT
    ask_letter(
        work,
        live,
        kind="supplement",
        about=f"case:{live.id}",
        organisation=task.organisation,
        content={"items": [dict(asdict(item)) for item in items], "note": note, "days": days, "unit": unit},
    )
    work.tell(facts.SUPPLEMENT_REQUESTED, live, organisation=task.organisation, items=len(items))


def in_time(work: Work, live: Live) -> None:
    """Refuse a notice that comes later than the law of the item gives it time.

    Raises:
        SupplementTooLate: that time is over.
    """
    rule = _rule(live)
    if rule is None or rule.within is None:
        return
    until = end_of(rule.within, since=live.row.accepted_at or live.row.opened_at)
    if work.at > until:
        raise SupplementTooLate(number=live.row.number, until=f"{until.astimezone(ZONE):%F}")


def take_answer(
    work: Work,
    live: Live,
    notice: Supplement,
    answers: Mapping[str, Json],
    materials: Sequence[GivenMaterial],
    *,
    addresses: Json = None,
) -> None:
    """Judge the answer, keep it, and let clocks and process go on."""
    paths = {item["path"] for item in notice.items if item["path"]}
    keys = {item["material"] for item in notice.items if item["material"]}
    for name in (*sorted(set(answers) - paths), *sorted({m.key for m in materials} - keys)):
        raise NotInSupplement(path=name)
    root = live.root
    merged = {**root.answers, **answers}
    facts_of = {"kind": root.row.applicant_kind}
    counted, wrong = judged_answers(root.type, merged, applicant=facts_of, at=work.at)
    given = {material.key for material in materials}
    problems = [FieldProblem(path, _MISSING) for path in sorted(paths - set(answers))]
    problems += [FieldProblem(f"materials.{key}", _MISSING) for key in sorted(keys - given)]
    problems += [problem for problem in wrong if problem.path.partition(".")[0] in paths]
    if problems:
        raise InvalidInput(problems=tuple(problems))
    work.note_row(
        "supplements_ended",
        case_id=live.id,
        state=SupplementState.ANSWERED,
        answered_at=work.at,
        before={path: root.answers.get(path) for path in sorted(paths)},
    )
    if answers:
        work.hold(root)
        root.answers, root.answers_changed = counted, True
        placed = kept_addresses(form_of(root.type), counted, addresses)
        if placed:
            before = root.data.get(KEPT)
            root.data[KEPT] = {**(before if isinstance(before, dict) else {}), **placed}
            root.data_changed = True
    Material.objects.filter(case_id=root.id, key__in=given).update(state=MaterialState.REPLACED)
    keep_materials(live, materials, at=work.at)
    work.log(live, "supplement_answered", items=len(notice.items))
    work.tell(facts.SUPPLEMENT_ANSWERED, live, organisation=notice.organisation)
    _go_on(work, live)
    rule = _rule(live)
    if rule is not None and rule.restarts:
        restart_clocks(work, live)
    token = waiting_for(live, SUPPLEMENT_ANSWERED_MESSAGE)
    if token is not None:
        play(work, live, Arrived(token))


def waits_in_process(live: Live) -> bool:
    """Whether the process itself waits for the answer, with its own way for silence."""
    return waiting_for(live, SUPPLEMENT_ANSWERED_MESSAGE) is not None


def after_timer(work: Work, live: Live) -> None:
    """A timer has taken the case on from waiting for corrections: the notice is over."""
    if live.row.phase != Phase.SUPPLEMENT or not live.is_open or waits_in_process(live):
        return
    work.note_row("supplements_ended", case_id=live.id, state=SupplementState.LAPSED)
    work.log(live, "supplement_lapsed")
    _go_on(work, live)


def lapse(work: Work, live: Live) -> None:
    """End a case in which the applicant stayed silent; a child case answers its parent with a refusal."""
    work.log(live, "supplement_lapsed")
    for holder in _ancestry(live):
        resume_clocks(work, holder, ordered_in=live.id, ground=StopGround.SUPPLEMENT)
    if live.parent is None:
        withdraw(work, live, Phase.LAPSED, Outcome.LAPSED)
        return
    ruling = Ruling(verdict=Verdict.REFUSE, said=OpinionInput(grounds=_LAPSED))
    work.rulings[live.id] = ruling
    decide(work, live, ruling)
    withdraw(work, live, Phase.CLOSED, Outcome.REFUSE)
    give_to_parent(work, live)


def _go_on(work: Work, live: Live) -> None:
    for holder in _ancestry(live):
        resume_clocks(work, holder, ordered_in=live.id, ground=StopGround.SUPPLEMENT)
    live.row.phase = resting_phase(live)


def _rule(live: Live) -> DeclaredStop | None:
    return next((stop for stop in live.type.definition.stops if stop.key == "supplement"), None)


def _ancestry(live: Live) -> list[Live]:
    found, at = [live], live.parent
    while at is not None:
        found.append(load(at))
        at = at.parent
    return found


def _declares(live: Live, task: TaskRecord) -> bool:
    return Outcome.SUPPLEMENT in live.process.node(task.node).outcomes
