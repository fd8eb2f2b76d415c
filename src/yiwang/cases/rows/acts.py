"""What service tasks of a process may have the kernel do."""

from __future__ import annotations

from collections.abc import Callable

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import ProcessStuck
from yiwang.cases.contracts.words import AutomaticAct, Outcome, Verdict
from yiwang.cases.rows import phases
from yiwang.cases.rows.letters import ask_decision_letter
from yiwang.cases.rows.licences import issue
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.model import Node


def do_act(work: Work, live: Live, node: Node) -> None:
    """Do the automatic act of a service task.

    Raises:
        ProcessStuck: the pack names an act that doesn't exist.
    """
    act = _ACTS.get(node.act or "")
    if act is None:
        raise ProcessStuck(node=node.id, reason=f"act: {node.act}")
    act(work, live, node)


def _accept(work: Work, live: Live, node: Node) -> None:
    phases.accept(work, live)


def _refuse_acceptance(work: Work, live: Live, node: Node) -> None:
    live.row.outcome = Outcome.REFUSE_ACCEPTANCE


def decided(work: Work, live: Live) -> None:
    """Make sure that the decision is made: by the last verdict, or by approval where none was asked for."""
    if live.row.decided_at is not None:
        return
    ruling = phases.ruling_so_far(work, live)
    phases.decide(work, live, ruling or phases.own_ruling(work, live, Verdict.APPROVE))


def _issue_licence(work: Work, live: Live, node: Node) -> None:
    decided(work, live)
    if live.row.outcome == Verdict.REFUSE:
        raise ProcessStuck(node=node.id, reason="a licence after a refusal")
    issue(work, live)


def _send_decision(work: Work, live: Live, node: Node) -> None:
    decided(work, live)
    ask_decision_letter(work, live)


def _notify(work: Work, live: Live, node: Node) -> None:
    work.tell(facts.CASE_STEP_REACHED, live, node=node.id)


_ACTS: dict[str, Callable[[Work, Live, Node], None]] = {
    AutomaticAct.ACCEPT: _accept,
    AutomaticAct.REFUSE_ACCEPTANCE: _refuse_acceptance,
    AutomaticAct.ISSUE_LICENCE: _issue_licence,
    AutomaticAct.SEND_DECISION: _send_decision,
    AutomaticAct.NOTIFY: _notify,
}
