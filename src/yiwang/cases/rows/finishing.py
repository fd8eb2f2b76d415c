"""A task is done: its row, its clock, its opinion, the decision if it makes one, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import GroundsMissing, OutcomeNotOffered
from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.contracts.words import Outcome, TaskState, Verdict
from yiwang.cases.rows import phases
from yiwang.cases.rows.clocks import end_clocks, hand_over_clocks, task_clock
from yiwang.cases.rows.enclosures import check_drafted
from yiwang.cases.rows.findings import take_findings
from yiwang.cases.rows.playing import play
from yiwang.cases.rows.records import Live, TaskRecord
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.model import Node
from yiwang.cases.rules.process.tokens import Finished
from yiwang.identity.api import find_organisation
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

_NOBODY = Text("请选择承办单位", "Choose the organisation that is to handle it")
_NO_REPLY = Text("请填写给申请人的答复", "Write the reply to the applicant")


def finish_task(
    work: Work,
    live: Live,
    task: TaskRecord,
    *,
    outcome: str,
    note: str = "",
    said: OpinionInput | None = None,
    to: str = "",
    findings: Mapping[str, Json] = MappingProxyType({}),
    tacit: bool = False,
) -> None:
    """Complete a task with an outcome and play on; a step that routes says to which organisation (``to``).

    Raises:
        OutcomeNotOffered: the step doesn't know the outcome.
        GroundsMissing: a refusal without grounds, a conditional approval without conditions.
        InvalidInput: nobody to route to, nothing written where the applicant is to be answered, or an
            answer of the step's form is missing or wrong.
    """
    node = live.process.node(task.node)
    if node.outcomes and outcome not in node.outcomes:
        raise OutcomeNotOffered(outcome=outcome, offered=", ".join(node.outcomes))
    said = said or OpinionInput(grounds=note)
    if not tacit:
        _said_enough(outcome, said, note)
        take_findings(work, live, node, outcome, findings)
    if node.replies and outcome != Outcome.RETURN:
        _words_for_applicant(note)
    target = _target(node, outcome, to)
    work.note_row(
        "tasks_changed",
        id=task.id,
        state=TaskState.DONE,
        outcome=outcome,
        note=note,
        assignee_id=task.assignee_id or work.actor.account_id,
        ended_by=work.actor.account_id,
        ended_at=work.at,
    )
    work.last_note = note
    work.last_reply = note if node.replies else ""
    end_clocks(work, live, filter(None, [task_clock(live, task.id)]))
    if outcome == Outcome.ACCEPT:
        # Art. 32: who was not told of anything missing counts as accepted on receipt.
        phases.accept(work, live, since=live.row.opened_at if tacit else None)
    else:
        phases.begin_review(live)
    work.log(live, "task_completed", task=task.id, node=task.node, outcome=outcome, tacit=tacit)
    if target:
        live.row.organisation = target
        hand_over_clocks(work, live)
        work.log(live, "case_routed", to=target)
    if outcome in phases.VERDICTS and not live.type.examines_acceptance(node):
        _give_opinion(work, live, task, outcome, said)
        if live.type.decides(node) and live.row.decided_at is None:
            phases.decide(work, live, work.rulings[live.id], tacit=tacit)
    play(work, live, Finished(task.token, outcome))
    check_drafted(work, live, node, outcome)


def _target(node: Node, outcome: str, to: str) -> str:
    """The organisation that a routing step hands the case to; empty where it does not."""
    if not node.routes or outcome != Outcome.DONE:
        return ""
    if find_organisation(to) is None:
        raise InvalidInput(problems=(FieldProblem("organisation", _NOBODY),))
    return to


def _words_for_applicant(note: str) -> None:
    if not note.strip():
        raise InvalidInput(problems=(FieldProblem("note", _NO_REPLY),))


def _said_enough(outcome: str, said: OpinionInput, note: str) -> None:
    """Art. 38: a refusal is reasoned in writing; a condition that isn't written doesn't bind."""
    reasons = said.grounds.strip() or note.strip()
    if outcome in {Outcome.REFUSE, Outcome.RETURN} and not reasons:
        raise GroundsMissing(outcome=outcome)
    if outcome == Outcome.CONDITIONAL and not (said.conditions.strip() or reasons):
        raise GroundsMissing(outcome=outcome)


def _give_opinion(work: Work, live: Live, task: TaskRecord, verdict: str, said: OpinionInput) -> None:
    ruling = phases.own_ruling(work, live, verdict, said)
    work.rulings[live.id] = ruling
    work.note_row(
        "opinions",
        case_id=live.id,
        token=task.token,
        node=task.node,
        task_id=task.id,
        organisation=task.organisation,
        verdict=Verdict(verdict),
        conditions=said.conditions,
        grounds=said.grounds,
        articles=list(said.articles),
        officer_id=ruling.officer_id,
        officer_name=ruling.officer_name,
        at=work.at,
    )
    work.tell(facts.OPINION_GIVEN, live, task=task.id, organisation=task.organisation, verdict=verdict)
