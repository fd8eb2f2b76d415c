"""The open tokens of one case while an event is played: a tree that is opened, ended and cancelled."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from yiwang.cases.rules.process.errors import LoopWithoutRest, TokenNotOpen
from yiwang.cases.rules.process.model import BOUNDARIES, Flow, Node, Process
from yiwang.cases.rules.process.tokens import Here, Joined, Json, Moves, NewToken, Opens, Settled, Token

# Far above the 2,000 of 100 departments with 20 automatic steps each; a loop reaches it in milliseconds.
MOST_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class Travel:
    """A token on its way along a flow."""

    flow: Flow
    scope: int | None


class Board:
    """Live tokens by id, in order of age; new ones have negative ids."""

    def __init__(self, process: Process, tokens: Sequence[Token]) -> None:
        self.process = process
        self.live: dict[int, Token] = {}
        self._below: dict[int | None, dict[int, None]] = {}
        self.way: deque[Travel] = deque()
        self.results: dict[int | None, str | None] = {}
        self._opened: dict[int, NewToken] = {}
        self._ended: list[int] = []
        self._cancelled: list[int] = []
        self._settled: list[Settled] = []
        self._joined: list[Joined] = []
        self._next = -1
        self._steps = 0
        for token in sorted(tokens, key=lambda token: token.id):
            self._place(token)

    def token(self, token_id: int) -> Token:
        """Give a live token; one that is not open is somebody else's earlier act."""
        if token_id not in self.live:
            raise TokenNotOpen(token_id)
        return self.live[token_id]

    def node_of(self, token: Token) -> Node:
        """The node at which a token stands."""
        return self.process.node(token.node)

    def children(self, parent: int | None) -> list[Token]:
        """The tokens whose scope is this token, or those at the top with None."""
        return [self.live[token_id] for token_id in self._below.get(parent, ())]

    def instances(self, host: int) -> list[Token]:
        """The instances of an activity that is done for many."""
        return [token for token in self.children(host) if token.index is not None]

    def inside(self, scope: int | None) -> list[Token]:
        """The tokens that keep a scope alive: all in it but the boundary events of the scope itself."""
        if scope is None:
            return self.children(None)
        return [token for token in self.children(scope) if self.node_of(token).kind not in BOUNDARIES]

    def here(self, scope: int | None) -> Here:
        """The item variables seen inside a scope token, inner ones covering outer ones."""
        items: dict[str, Json] = {}
        at = scope
        while at is not None:
            token = self.live[at]
            many = self.node_of(token).many
            if token.index is not None and many is not None:
                items.setdefault(many.item, token.item)
            at = token.parent
        return Here(scope=scope, items=items)

    def open(
        self,
        node: Node,
        opens: Opens,
        parent: int | None,
        *,
        item: Json = None,
        index: int | None = None,
        via: str | None = None,
    ) -> Token:
        """Put a new token on the board."""
        token = Token(id=self._next, node=node.id, parent=parent, item=item, index=index, via=via)
        self._next -= 1
        self._place(token)
        self._opened[token.id] = NewToken(
            id=token.id,
            node=node.id,
            opens=opens,
            parent=parent,
            item=item,
            index=index,
            via=via,
            items=self.here(token.id).items,
        )
        return token

    def end(self, token: Token) -> None:
        """A token has done its work; whatever still hangs on it is cancelled."""
        for child in self.children(token.id):
            self.cancel(child)
        self._drop(token, self._ended)

    def cancel(self, token: Token) -> None:
        """A token is withdrawn with all that hangs on it."""
        for child in self.children(token.id):
            self.cancel(child)
        self._drop(token, self._cancelled)

    def cancel_scope(self, scope: int | None) -> None:
        """Withdraw all inside a scope, also what is on its way there."""
        for token in self.inside(scope):
            self.cancel(token)
        self.way = deque(travel for travel in self.way if travel.scope != scope)

    def settle(self, token: Token, outcome: str) -> None:
        """An instance has answered and stays open for the join."""
        for child in self.children(token.id):
            self.cancel(child)
        self.live[token.id] = replace(token, outcome=outcome)
        if token.id in self._opened:
            self._opened[token.id] = replace(self._opened[token.id], outcome=outcome)
        else:
            self._settled.append(Settled(token=token.id, outcome=outcome))

    def join(self, joined: Joined) -> None:
        """Note the result of a joint activity."""
        self._joined.append(joined)

    def send(self, flows: Iterable[Flow], scope: int | None) -> None:
        """Send a token along each flow."""
        for flow in flows:
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise LoopWithoutRest(MOST_STEPS)
            self.way.append(Travel(flow, scope))

    def moves(self) -> Moves:
        """What has changed since the board was set up."""
        finished = not self.live
        return Moves(
            ended=tuple(self._ended),
            cancelled=tuple(self._cancelled),
            settled=tuple(self._settled),
            opened=tuple(self._opened.values()),
            joined=tuple(self._joined),
            finished=finished,
            result=self.results.get(None) if finished else None,
        )

    def _place(self, token: Token) -> None:
        self.live[token.id] = token
        self._below.setdefault(token.parent, {})[token.id] = None

    def _drop(self, token: Token, into: list[int]) -> None:
        del self.live[token.id]
        del self._below[token.parent][token.id]
        if self._opened.pop(token.id, None) is None:
            into.append(token.id)
        self.way = deque(travel for travel in self.way if travel.scope != token.id)
