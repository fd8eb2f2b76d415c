"""What happens when a token arrives at a node, until every token rests."""

from __future__ import annotations

from collections.abc import Callable

from yiwang.cases.rules.process import many as joint
from yiwang.cases.rules.process.board import Board, Travel
from yiwang.cases.rules.process.errors import NoWayOn
from yiwang.cases.rules.process.model import Flow, Many, Node, NodeKind
from yiwang.cases.rules.process.paths import inclusive_ready
from yiwang.cases.rules.process.tokens import Environment, Opens, Token

# The outcome of a subprocess instance none of whose ends names one.
DONE = "done"
_RESTING = {
    NodeKind.USER_TASK: Opens.TASK,
    NodeKind.CALL: Opens.CALL,
    NodeKind.SUBPROCESS: Opens.SCOPE,
    NodeKind.TIMER_CATCH: Opens.TIMER,
    NodeKind.MESSAGE_CATCH: Opens.MESSAGE,
    NodeKind.BOUNDARY_TIMER: Opens.TIMER,
    NodeKind.BOUNDARY_MESSAGE: Opens.MESSAGE,
}


class Play:
    """The token game over one board; ``run`` moves until nothing can move without the outside world."""

    def __init__(self, board: Board, environment: Environment) -> None:
        self.board = board
        self.process = board.process
        self.environment = environment
        # The latest answer of this act: what an end that names no result ends with.
        self.last: str | None = None
        self._arrive: dict[NodeKind, Callable[[Node, Travel], None]] = {
            NodeKind.END: self._end,
            NodeKind.TERMINATE_END: self._terminate,
            NodeKind.SERVICE_TASK: self._act,
            NodeKind.DECISION_TASK: self._decide,
            NodeKind.EXCLUSIVE: self._exclusive,
            NodeKind.PARALLEL: self._parallel,
            NodeKind.INCLUSIVE: self._inclusive,
            **dict.fromkeys(_RESTING, self._rest),
        }

    def begin(self, scope_node: str | None, scope: int | None) -> None:
        """Put a token at the start of the process or of a subprocess."""
        self.leave(self.process.start(scope_node).id, scope)

    def leave(self, node_id: str, scope: int | None) -> None:
        """Send a token along each flow that leaves a node."""
        self.board.send(self.process.outgoing(node_id), scope)

    def run(self) -> None:
        """Move until every token rests."""
        moving = True
        while moving:
            while self.board.way:
                travel = self.board.way.popleft()
                node = self.process.node(travel.flow.target)
                self._arrive[node.kind](node, travel)
            moving = self._close_a_scope() or self._open_an_inclusive_join()

    def enter(self, node: Node, scope: int | None) -> None:
        """Rest at an activity or an event, with the boundary events that sit on it."""
        if node.many is not None:
            self._enter_many(node, node.many, scope)
            return
        token = self.board.open(node, _RESTING[node.kind], scope)
        self._open_boundaries(node, token)
        if node.kind is NodeKind.SUBPROCESS:
            self.begin(node.id, token.id)

    def answered(self, token: Token, outcome: str) -> None:
        """A task, call or subprocess (or one instance of many) has come to its outcome."""
        if token.index is not None and token.parent is not None:
            self.board.settle(token, outcome)
            self.rejoin(self.board.token(token.parent))
            return
        node = self.board.node_of(token)
        here = self.board.here(token.parent)
        self.board.end(token)
        self.environment.record(node, outcome, None, here)
        self.last = outcome
        self.leave(node.id, token.parent)

    def rejoin(self, host: Token) -> None:
        """Look whether a joint activity has come to its result, and go on if so."""
        result = joint.result_so_far(self.board, host, self.environment)
        if result is not None:
            self.last = result
            self.leave(host.node, host.parent)

    def _rest(self, node: Node, travel: Travel) -> None:
        self.enter(node, travel.scope)

    def _enter_many(self, node: Node, many: Many, scope: int | None) -> None:
        items = joint.items_of(node, many, self.environment, self.board.here(scope))
        host = self.board.open(node, Opens.SCOPE, scope)
        self._open_boundaries(node, host)
        for index, item in enumerate(items):
            self.begin_instance(node, joint.open_instance(self.board, node, host.id, item, index))
        if not items:
            self.rejoin(host)

    def begin_instance(self, node: Node, instance: Token) -> None:
        """Start what is inside one instance of a joint activity."""
        if node.kind is NodeKind.SUBPROCESS:
            self.begin(node.id, instance.id)

    def _open_boundaries(self, node: Node, host: Token) -> None:
        for boundary in self.process.boundaries(node.id):
            self.board.open(boundary, _RESTING[boundary.kind], host.id)

    def _end(self, node: Node, travel: Travel) -> None:
        self.board.results[travel.scope] = node.outcomes[0] if node.outcomes else self.last

    def _terminate(self, node: Node, travel: Travel) -> None:
        self.board.cancel_scope(travel.scope)
        self._end(node, travel)

    def _act(self, node: Node, travel: Travel) -> None:
        self.environment.act(node, self.board.here(travel.scope))
        self.leave(node.id, travel.scope)

    def _decide(self, node: Node, travel: Travel) -> None:
        self.environment.decide(node, self.board.here(travel.scope))
        self.leave(node.id, travel.scope)

    def _holds(self, flow: Flow, scope: int | None) -> bool:
        return flow.condition is None or self.environment.condition(flow.condition, self.board.here(scope))

    def _exclusive(self, node: Node, travel: Travel) -> None:
        flows = self.process.outgoing(node.id)
        chosen = next((f for f in flows if f.id != node.default and self._holds(f, travel.scope)), None)
        if chosen is None:
            chosen = self._default(node)
        self.board.send([chosen], travel.scope)

    def _split_inclusive(self, node: Node, scope: int | None) -> None:
        flows = self.process.outgoing(node.id)
        chosen = [flow for flow in flows if flow.id != node.default and self._holds(flow, scope)]
        self.board.send(chosen or [self._default(node)], scope)

    def _default(self, node: Node) -> Flow:
        if node.default is None:
            raise NoWayOn(node.id)
        return self.process.flow(node.default)

    def _parallel(self, node: Node, travel: Travel) -> None:
        if len(self.process.incoming(node.id)) > 1:
            self.board.open(node, Opens.JOIN, travel.scope, via=travel.flow.id)
            waiting = self._waiting(node, travel.scope)
            if len(waiting) < len(self.process.incoming(node.id)):
                return
            for token in waiting.values():
                self.board.end(token)
        self.leave(node.id, travel.scope)

    def _waiting(self, node: Node, scope: int | None) -> dict[str, Token]:
        """The oldest waiting token of each flow into a join."""
        found: dict[str, Token] = {}
        for token in self.board.inside(scope):
            if token.node == node.id and token.via is not None:
                found.setdefault(token.via, token)
        return found

    def _inclusive(self, node: Node, travel: Travel) -> None:
        if len(self.process.incoming(node.id)) > 1:
            self.board.open(node, Opens.JOIN, travel.scope, via=travel.flow.id)
        else:
            self._split_inclusive(node, travel.scope)

    def _open_an_inclusive_join(self) -> bool:
        """Let the first inclusive join go on for which nothing more can come."""
        for token in list(self.board.live.values()):
            node = self.board.node_of(token)
            if node.kind is not NodeKind.INCLUSIVE or token.via is None:
                continue
            waiting = self._waiting(node, token.parent)
            elsewhere = [each.node for each in self.board.inside(token.parent) if each.node != node.id]
            if inclusive_ready(self.process, node.id, frozenset(waiting), elsewhere):
                for each in waiting.values():
                    self.board.end(each)
                self._split_inclusive(node, token.parent)
                return True
        return False

    def _close_a_scope(self) -> bool:
        """End the first subprocess in which no token is left."""
        for token in list(self.board.live.values()):
            node = self.board.node_of(token)
            is_host = node.many is not None and token.index is None
            if node.kind is not NodeKind.SUBPROCESS or is_host or token.outcome is not None:
                continue
            if not self.board.inside(token.id):
                self.answered(token, self.board.results.pop(token.id, None) or DONE)
                return True
        return False
