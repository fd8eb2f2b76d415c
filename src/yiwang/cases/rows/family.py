"""Cases that are opened, and child cases that are withdrawn with the step that called them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.words import Outcome, Phase, TokenState
from yiwang.cases.rows import numbers, phases
from yiwang.cases.rows.loading import load, lock_children
from yiwang.cases.rows.records import CaseRecord, Live
from yiwang.cases.rows.tokens import close_token
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import Opens
from yiwang.platform.contracts import Json


def open_root(
    work: Work,
    kind: AppliedType,
    row: CaseRecord,
    *,
    answers: Mapping[str, Json],
    data: dict[str, Json],
    agent_person_id: int | None,
) -> Live:
    """Make the case of an application; it is written at the end of the act."""
    live = Live(row=row, type=kind, loaded=True)
    live.answers, live.data = answers, data
    return _opened(work, live, answers=answers, agent_person_id=agent_person_id)


def open_child(
    work: Work, parent: Live, kind: AppliedType, *, case_id: int, token: int, organisation: str
) -> Live:
    """Make the case that a step of another case calls; it shares the applicant and the answers."""
    row = replace(
        parent.row,
        id=case_id,
        number=f"{parent.row.number}-{token:02d}",
        type_version_id=kind.id,
        parent_id=parent.id,
        ancestors=[*parent.row.ancestors, parent.id],
        parent_token=token,
        organisation=organisation,
        answers_text="{}",
        data_text="{}",
        phase=Phase.RECEIVED,
        outcome="",
        version=1,
        last_token=0,
        opened_at=work.at,
        accepted_at=None,
        decided_at=None,
        closed_at=None,
        result="",
    )
    live = Live(row=row, type=kind, parent=parent, loaded=True)
    return _opened(work, live, answers={}, agent_person_id=None)


def _opened(work: Work, live: Live, *, answers: Mapping[str, Json], agent_person_id: int | None) -> Live:
    columns = asdict(live.row)
    for text in ("answers_text", "data_text"):
        del columns[text]
    work.new_cases[live.id] = {
        **columns,
        "type_code": live.type.code,
        "agent_person_id": agent_person_id,
        "answers": answers,
        "tracking_code": numbers.code(8),
    }
    work.hold(live)
    work.log(live, "opened", channel=live.row.channel, organisation=live.row.organisation)
    work.tell(facts.CASE_OPENED, live, organisation=live.row.organisation, parent=live.row.parent_id)
    if not live.type.accepts_explicitly:
        phases.accept(work, live)
    return live


def withdraw_children(
    work: Work, parent: Live, tokens: Sequence[int], phase: Phase, outcome: Outcome
) -> None:
    """End the open child cases that tokens of the parent called, also those that this act opened."""
    stored = [work.lives.get(child.id, child) for child in lock_children(parent, tokens)]
    new = [
        live
        for live in work.lives.values()
        if live.id in work.new_cases and live.parent is parent and live.row.parent_token in tokens
    ]
    for child in (*stored, *new):
        if child.is_open:
            withdraw(work, load(child), phase, outcome)


def withdraw(work: Work, live: Live, phase: Phase, outcome: Outcome) -> None:
    """End a case and its children from outside: nothing more is asked of anybody."""
    work.hold(live)
    calls = [number for number, opens in live.opens.items() if opens == Opens.CALL]
    if calls:
        withdraw_children(work, live, calls, phase, outcome)
    for number in list(live.tokens):
        close_token(work, live, number, TokenState.CANCELLED)
    live.row.outcome = outcome
    phases.close(work, live, phase)
