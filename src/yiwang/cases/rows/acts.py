"""What service tasks of a process may have the kernel do."""

from __future__ import annotations

from collections.abc import Callable

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import ProcessStuck, SameOfficer
from yiwang.cases.contracts.words import AutomaticAct, Verdict
from yiwang.cases.rows import phases
from yiwang.cases.rows.environment import receipt_of
from yiwang.cases.rows.letters import ask_declared_letter, ask_letter
from yiwang.cases.rows.licences import issue, licence_content
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.register_changes import write_change
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.model import Node
from yiwang.platform import sql

_MESSAGE = """
INSERT INTO cases_message (case_id, at, from_applicant, account_id, sender_name, organisation, body, files)
VALUES (%s, %s, false, %s, %s, %s, %s, '[]')
"""
_REPLY = """
SELECT note, ended_by FROM cases_task
WHERE case_id = %s AND node = ANY(%s) AND state = 'done' AND outcome <> 'return'
ORDER BY ended_at DESC, id DESC LIMIT 1
"""


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
    phases.accept(work, live, since=receipt_of(live))


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


def _write_register(work: Work, live: Live, node: Node) -> None:
    decided(work, live)
    if live.row.outcome == Verdict.REFUSE:
        raise ProcessStuck(node=node.id, reason="a change of a register after a refusal")
    write_change(work, live, node=node.id)


def _issue_refusal(work: Work, live: Live, node: Node) -> None:
    if live.type.accepts_explicitly and live.row.accepted_at is None:
        ask_letter(
            work,
            live,
            kind="not_accepted",
            about=f"case:{live.id}",
            content={"reason": work.last_note},
        )
        return
    decided(work, live)
    if live.row.outcome != Verdict.REFUSE:
        raise ProcessStuck(node=node.id, reason="a refusal after an approval")
    ask_letter(work, live, kind="decision", about=f"case:{live.id}")


def _words_for_applicant(work: Work, live: Live) -> str:
    """What the last step that replies said, though it was reviewed since; else what the last step noted.

    Raises:
        SameOfficer: who wrote the reply reviewed it.
    """
    replying = [node.id for node in live.process.nodes if node.replies]
    if work.last_reply or not replying:
        return work.last_reply or work.last_note
    for note, written_by in sql.fetch(_REPLY, [live.id, replying]):
        if written_by is not None and written_by == work.actor.account_id:
            raise SameOfficer
        return str(note)
    return work.last_note


def _issue_decision(work: Work, live: Live, node: Node) -> None:
    decided(work, live)
    result = live.type.definition.result
    ask_letter(
        work,
        live,
        kind="decision",
        about=f"case:{live.id}",
        title=result.title,
        organisation=result.seal or "",
        content=licence_content(work, live),
    )


def _send_letter(work: Work, live: Live, node: Node) -> None:
    ask_declared_letter(work, live, node.id)


def _notify_applicant(work: Work, live: Live, node: Node) -> None:
    words = _words_for_applicant(work, live)
    if words:
        root = work.hold(live.root)
        sql.execute(
            _MESSAGE,
            [
                root.id,
                work.at,
                work.actor.account_id,
                work.actor.name,
                work.actor.organisation,
                words,
            ],
        )
    work.tell(facts.CASE_STEP_REACHED, live, node=node.id)


_ACTS: dict[str, Callable[[Work, Live, Node], None]] = {
    AutomaticAct.ACCEPT: _accept,
    AutomaticAct.ISSUE_LICENCE: _issue_licence,
    AutomaticAct.ISSUE_REFUSAL: _issue_refusal,
    AutomaticAct.ISSUE_DECISION: _issue_decision,
    AutomaticAct.WRITE_REGISTER: _write_register,
    AutomaticAct.SEND_LETTER: _send_letter,
    AutomaticAct.NOTIFY_APPLICANT: _notify_applicant,
}
#: The names of acts that a process may use.
KNOWN_ACTS = frozenset(_ACTS)
