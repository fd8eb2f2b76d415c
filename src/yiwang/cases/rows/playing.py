"""Play events and turn the moves of tokens into rows: tasks, child cases, timers, ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from yiwang.cases.contracts.words import Outcome, Phase, TokenState
from yiwang.cases.rows import phases
from yiwang.cases.rows.acts import do_act
from yiwang.cases.rows.decisions import decide
from yiwang.cases.rows.environment import CaseEnvironment
from yiwang.cases.rows.family import open_child, withdraw_children
from yiwang.cases.rows.loading import load
from yiwang.cases.rows.numbers import case_ids
from yiwang.cases.rows.opening import firing_instant, organisation_of, task_row, type_called
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.special_procedures import keep_drawn_stops
from yiwang.cases.rows.tokens import close_token, settle_token, store_token
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.advance import advance
from yiwang.cases.rules.process.tokens import Event, Finished, NewToken, Opens, Start

Queue = deque[tuple[Live, Event]]


def play(work: Work, live: Live, event: Event) -> None:
    """Play an event, and whatever it starts in child and parent cases, until all rest."""
    queue: Queue = deque([(live, event)])
    while queue:
        _play(work, *queue.popleft(), queue)


def _play(work: Work, live: Live, event: Event, queue: Queue) -> None:
    if not live.is_open:
        # Opened and taken back within this act: another child's answer was enough.
        return
    work.hold(load(live))
    environment = CaseEnvironment(work, live, act=do_act, decide=decide)
    moves = advance(live.process, list(live.tokens.values()), event, environment)
    for settled in moves.settled:
        settle_token(work, live, settled)
    for number in moves.ended:
        close_token(work, live, number, TokenState.ENDED)
    calls = [number for number in moves.cancelled if live.opens[number] == Opens.CALL]
    for number in moves.cancelled:
        close_token(work, live, number, TokenState.CANCELLED)
    if calls:
        withdraw_children(work, live, calls, Phase.WITHDRAWN, Outcome.WITHDRAWN)
    if moves.opened:
        _open(work, live, moves.opened, environment, queue)
    keep_drawn_stops(work, live)
    if moves.finished:
        _end(work, live, moves.result, queue)


def _open(
    work: Work, live: Live, opened: tuple[NewToken, ...], environment: CaseEnvironment, queue: Queue
) -> None:
    calls: list[NewToken] = []
    opening: dict[Opens, Callable[[int, NewToken], None]] = {
        Opens.TASK: lambda number, token: task_row(work, live, number, token, environment),
        Opens.TIMER: lambda number, token: _timer(work, live, number, token, environment),
        Opens.CALL: lambda _, token: calls.append(token),
    }
    for token in opened:
        number = store_token(work, live, token, environment)
        open_it = opening.get(token.opens)
        if open_it is not None:
            open_it(number, token)
    live.row.last_token = max(live.row.last_token, *(environment.number_of(token.id) for token in opened))
    for case_id, token in zip(case_ids(len(calls)) if calls else (), calls, strict=True):
        child = open_child(
            work,
            live,
            type_called(live, token),
            case_id=case_id,
            token=environment.number_of(token.id),
            organisation=organisation_of(live, token, environment),
        )
        queue.append((child, Start()))


def _timer(work: Work, live: Live, number: int, token: NewToken, environment: CaseEnvironment) -> None:
    fires_at = firing_instant(work, live, token, environment)
    work.note_row("timers_opened", case_id=live.id, token=number, fires_at=fires_at)


def waiting_for(live: Live, message: str) -> int | None:
    """The token that waits for a named message."""
    for number, token in live.tokens.items():
        if live.opens[number] == Opens.MESSAGE and live.process.node(token.node).message == message:
            return number
    return None


def give_to_parent(work: Work, live: Live) -> None:
    """Let the parent go on with the outcome of a child that ended outside its process."""
    queue: Queue = deque()
    _tell_parent(work, live, queue)
    while queue:
        _play(work, *queue.popleft(), queue)


def _end(work: Work, live: Live, result: str | None, queue: Queue) -> None:
    phases.end(work, live, result)
    _tell_parent(work, live, queue)


def _tell_parent(work: Work, live: Live, queue: Queue) -> None:
    parent, token = live.parent, live.row.parent_token
    if parent is None or token is None:
        return
    load(parent)
    ruling = phases.ruling_so_far(work, live) or phases.own_ruling(work, live, live.row.outcome)
    work.note_row(
        "opinions",
        case_id=parent.id,
        token=token,
        node=parent.tokens[token].node,
        child_id=live.id,
        organisation=live.row.organisation,
        verdict=live.row.outcome,
        conditions=ruling.said.conditions,
        grounds=ruling.said.grounds,
        articles=list(ruling.said.articles),
        officer_id=ruling.officer_id,
        officer_name=ruling.officer_name,
        at=work.at,
    )
    # Before all else that waits: what a parent has heard decides whether other children begin at all.
    queue.appendleft((parent, Finished(token, live.row.outcome)))
