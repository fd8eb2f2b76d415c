"""Tokens opened, answered and closed, with the task, the timer and the clock that hang on them.

The parts of an act's one statement don't see one another's rows. A token that is opened and closed within
one act (its child case needed nobody) is therefore stored once, as closed; a task or a timer that is taken
back by the act that opened it was never anybody's and is not stored at all.
"""

from __future__ import annotations

from dataclasses import replace

from yiwang.cases.contracts.words import TaskState, TokenState
from yiwang.cases.rows.clocks import end_clocks, task_clock
from yiwang.cases.rows.environment import CaseEnvironment
from yiwang.cases.rows.records import Live, TaskRecord
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import NewToken, Opens, Settled, Token


def store_token(work: Work, live: Live, token: NewToken, environment: CaseEnvironment) -> int:
    """Note a new token; gives its stored number."""
    number = environment.number_of(token.id)
    parent = None if token.parent is None else environment.number_of(token.parent)
    work.new_tokens[live.id, number] = work.note_row(
        "tokens_opened",
        case_id=live.id,
        number=number,
        node=token.node,
        opens=token.opens,
        parent=parent,
        item=token.item,
        index=token.index,
        via=token.via,
        outcome=token.outcome,
        state=TokenState.OPEN,
    )
    live.tokens[number] = Token(
        id=number,
        node=token.node,
        parent=parent,
        item=token.item,
        index=token.index,
        via=token.via,
        outcome=token.outcome,
    )
    live.opens[number] = token.opens
    return number


def settle_token(work: Work, live: Live, settled: Settled) -> None:
    """An instance has answered and waits for the others."""
    live.tokens[settled.token] = replace(live.tokens[settled.token], outcome=settled.outcome)
    work.change_token(live.id, settled.token, state=TokenState.OPEN, outcome=settled.outcome)


def close_token(work: Work, live: Live, number: int, state: TokenState) -> None:
    """A token has done its work or is taken back, and its task and timer with it."""
    is_new = (live.id, number) in work.new_tokens
    work.change_token(live.id, number, state=state)
    del live.tokens[number]
    if live.opens.pop(number) == Opens.TIMER and not is_new:
        work.note_row("timers_ended", case_id=live.id, token=number, done_at=work.at)
    if is_new:
        for table in ("timers_opened", "tasks_opened", "clocks_opened"):
            work.forget(table, live.id, number)
    task = live.tasks.pop(number, None)
    if task is not None and state is TokenState.CANCELLED:
        _cancel_task(work, live, task)


def _cancel_task(work: Work, live: Live, task: TaskRecord) -> None:
    """Take a task back from whoever should have done it."""
    work.note_row(
        "tasks_changed",
        id=task.id,
        state=TaskState.CANCELLED,
        assignee_id=task.assignee_id,
        ended_at=work.at,
    )
    clock = task_clock(live, task.id)
    if clock is not None:
        end_clocks(work, live, [clock])
