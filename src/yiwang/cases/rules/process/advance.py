"""The token game: one event moves the tokens of a case until all rest again. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.cases.rules.process import many as joint
from yiwang.cases.rules.process.board import Board
from yiwang.cases.rules.process.errors import EventDoesNotFit, OutcomeNotOffered, ProcessAlreadyStarted
from yiwang.cases.rules.process.model import BOUNDARIES, MESSAGES, TIMERS, Node, NodeKind, Process
from yiwang.cases.rules.process.play import Play
from yiwang.cases.rules.process.returns import return_to
from yiwang.cases.rules.process.tokens import (
    AddItem,
    Arrived,
    Environment,
    Event,
    Finished,
    Fired,
    JumpTo,
    Moves,
    RemoveItem,
    Start,
    Token,
)


def advance(process: Process, tokens: Sequence[Token], event: Event, environment: Environment) -> Moves:
    """Give the moves that an event causes; ``tokens`` are all open tokens of the case.

    Nothing is changed when a ``YiwangError`` of ``errors.py`` is raised, but the environment may have been
    asked to act before: run it inside the transaction that stores the moves.
    """
    board = Board(process, tokens)
    play = Play(board, environment)
    match event:
        case Start():
            if tokens:
                raise ProcessAlreadyStarted
            play.begin(None, None)
        case Finished():
            _finished(play, board.token(event.token), event.outcome)
        case Fired():
            _happened(play, board.token(event.token), TIMERS, "fired")
        case Arrived():
            _happened(play, board.token(event.token), MESSAGES, "arrived")
        case AddItem():
            host = board.token(event.scope)
            play.begin_instance(board.node_of(host), joint.add(board, host, event.item))
        case RemoveItem():
            host = board.token(event.scope)
            joint.remove(board, host, event.item)
            play.rejoin(host)
        case JumpTo():
            return_to(play, board.token(event.token), event.node)
    play.run()
    return board.moves()


def _is_host(node: Node, token: Token) -> bool:
    return node.many is not None and token.index is None


def _finished(play: Play, token: Token, outcome: str) -> None:
    node = play.board.node_of(token)
    fits = node.kind in {NodeKind.USER_TASK, NodeKind.CALL} and not _is_host(node, token)
    if not fits or token.outcome is not None:
        raise EventDoesNotFit(node.name, "finished")
    if node.outcomes and outcome not in node.outcomes:
        raise OutcomeNotOffered(node.name, outcome)
    play.answered(token, outcome)


def _happened(play: Play, token: Token, fitting: frozenset[NodeKind], event: str) -> None:
    board = play.board
    node = board.node_of(token)
    if node.kind not in fitting:
        raise EventDoesNotFit(node.name, event)
    board.end(token)
    scope = token.parent
    if node.kind in BOUNDARIES and token.parent is not None:
        host = board.token(token.parent)
        scope = host.parent
        if node.interrupting:
            board.cancel(host)
    play.leave(node.id, scope)
