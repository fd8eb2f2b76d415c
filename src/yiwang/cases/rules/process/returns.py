"""Return to an earlier step: where to, and what lies after it and is withdrawn.

A return is allowed only if the tokens that stay, with one at the step returned to, are a state that the
process can come to by itself: then what the soundness check proved holds after the return as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.cases.rules.process.board import Board
from yiwang.cases.rules.process.errors import EventDoesNotFit, ReturnNotAllowed
from yiwang.cases.rules.process.model import BOUNDARIES, RESTS, Node, NodeKind, Process
from yiwang.cases.rules.process.net import Marking, armed, at, explored, on, places_at
from yiwang.cases.rules.process.paths import reaches
from yiwang.cases.rules.process.play import Play
from yiwang.cases.rules.process.tokens import Token

TARGETS = frozenset({NodeKind.USER_TASK, NodeKind.CALL, NodeKind.SUBPROCESS, NodeKind.DECISION_TASK})


def return_targets(process: Process, tokens: Sequence[Token], token_id: int) -> tuple[Node, ...]:
    """The steps to which an open task may return, in drawing order; the log says which were visited."""
    board = Board(process, tokens)
    token = board.token(token_id)
    found = []
    for node in process.nodes:
        if node.kind in TARGETS and node.id != token.node:
            mover = _mover(board, token, node)
            if mover is not None and _kept(board, mover, node) is not None:
                found.append(node)
    return tuple(found)


def return_to(play: Play, token: Token, target_id: str) -> None:
    """Move a token back; everything in its scope that could not be there then is cancelled."""
    board = play.board
    node = board.node_of(token)
    if target_id not in board.process or node.kind not in RESTS or token.outcome is not None:
        raise EventDoesNotFit(node.name, "jump_to")
    target = board.process.node(target_id)
    mover = _mover(board, token, target) if target.kind in TARGETS else None
    kept = _kept(board, mover, target) if mover is not None else None
    if mover is None or kept is None:
        raise ReturnNotAllowed(node.name, target.name)
    for each in board.inside(mover.parent):
        if each.id not in kept:
            board.cancel(each)
    if target.kind is NodeKind.DECISION_TASK:
        board.send(board.process.incoming(target.id)[:1], mover.parent)
    else:
        play.enter(target, mover.parent)


def _mover(board: Board, token: Token, target: Node) -> Token | None:
    """The token that stands in the target's scope: the token itself, or the scope around it."""
    at_present: Token | None = token
    while at_present is not None:
        node = board.node_of(at_present)
        if node.scope == target.scope and at_present.index is None and node.kind not in BOUNDARIES:
            return at_present if target.id in _earlier(board.process, node.id) else None
        at_present = None if at_present.parent is None else board.live[at_present.parent]
    return None


def _earlier(process: Process, node_id: str) -> frozenset[str]:
    return frozenset(n.id for n in process.nodes if n.id != node_id and node_id in reaches(process, n.id))


def _kept(board: Board, mover: Token, target: Node) -> frozenset[int] | None:
    """The tokens of the scope that stay when the mover goes to the target; None if it must not go."""
    process = board.process
    others = {each.id: _places(board, each) for each in board.inside(mover.parent) if each.id != mover.id}
    present = frozenset(place for places in others.values() for place in places)
    arrivals = _arrivals(process, target)
    space = explored(process, target.scope)
    best: Marking | None = None
    for marking in space.steps:
        for arrival in arrivals:
            rest = marking - arrival
            if arrival <= marking and rest <= present and (best is None or _order(rest) > _order(best)):
                best = rest
    if best is None or not space.whole:
        return None
    return frozenset(token_id for token_id, places in others.items() if places <= best)


def _order(marking: Marking) -> tuple[int, list[str]]:
    return len(marking), sorted(marking)


def _arrivals(process: Process, target: Node) -> list[Marking]:
    if target.kind in RESTS:
        return [frozenset(places_at(process, target))]
    return [frozenset({on(flow.id)}) for flow in process.incoming(target.id)]


def _places(board: Board, token: Token) -> Marking:
    """Where a resting token stands in the net."""
    if token.via is not None:
        return frozenset({on(token.via)})
    open_here = {child.node for child in board.children(token.id)}
    still = (each.id for each in board.process.boundaries(token.node) if not each.interrupting)
    return frozenset({at(token.node), *(armed(each) for each in still if each in open_here)})
