"""Small processes drawn in a line, and a world that answers from a dictionary."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from yiwang.cases.rules.process.advance import advance
from yiwang.cases.rules.process.model import Flow, Node, NodeKind, Process
from yiwang.cases.rules.process.tokens import Event, Here, Moves, NewToken, Opens, Start, Tally, Token
from yiwang.kernel.text import Text

_SHORT = {
    "xor": "exclusive",
    "and": "parallel",
    "or": "inclusive",
    "task": "user_task",
    "stop": "terminate_end",
}


def drawn(nodes: str, flows: str, **more: dict) -> Process:
    """``drawn("s:start a:task e:end", "s>a a>e")``; ``x>a?cond`` has a condition, ``x>b*`` is the default.

    ``in.a:task`` stands in the subprocess ``in``; ``more`` gives further fields of a node by its id.
    """
    made = {}
    for word in nodes.split():
        name, kind = word.split(":")
        scope, _, key = name.rpartition(".")
        given = {"clock": "c", "role": "handler"} if kind == "task" else {}
        given |= {"outcomes": ("done",)} if kind == "task" else {}
        made[key] = Node(
            id=key,
            kind=NodeKind(_SHORT.get(kind, kind)),
            name=Text(key, key),
            scope=scope or None,
            **(given | more.get(key, {})),
        )
    arrows = []
    for word in re.split(r"\s+(?=\w+>)", flows.strip()):
        ends, _, condition = word.partition("?")
        default = ends.endswith("*")
        source, target = ends.rstrip("*").split(">")
        key = f"{source}_{target}"
        if default:
            made[source] = replace(made[source], default=key)
        arrows.append(Flow(id=key, source=source, target=target, condition=condition or None))
    return Process(key="p", name=Text("甲", "A"), nodes=tuple(made.values()), flows=tuple(arrows))


@dataclass
class World:
    """Conditions are ``node=outcome``, or a name in ``truths``; values are looked up by their text."""

    truths: dict[str, bool] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    acts: list[str] = field(default_factory=list)
    decisions: dict[str, dict[str, object]] = field(default_factory=dict)

    def condition(self, feel: str, here: Here) -> bool:
        node, equals, outcome = feel.partition("=")
        return self.outcomes.get(node) == outcome if equals else self.truths.get(feel, False)

    def value(self, feel: str, here: Here):
        if feel in here.items:
            return here.items[feel]
        found = self.values[feel]
        return found(here) if callable(found) else found

    def record(self, node: Node, outcome: str, tally: Tally | None, here: Here) -> None:
        self.outcomes[node.id] = outcome
        if tally is not None:
            self.tallies[node.id] = tally

    def decide(self, node: Node, here: Here) -> None:
        self.values.update(self.decisions.get(node.id, {}))

    def act(self, node: Node, here: Here) -> None:
        self.acts.append(node.id)


class Played:
    """A case in memory: applies moves to a table of tokens as the row kernel does to rows."""

    def __init__(self, process: Process, world: World | None = None) -> None:
        self.process = process
        self.world = world or World()
        self.open: dict[int, Token] = {}
        self.tasks: dict[int, NewToken] = {}
        self.next = 1
        self.last = Moves()
        self.tell(Start())

    def tell(self, event: Event) -> Moves:
        moves = advance(self.process, list(self.open.values()), event, self.world)
        for token_id in (*moves.ended, *moves.cancelled):
            del self.open[token_id]
        for settled in moves.settled:
            if settled.token in self.open:
                self.open[settled.token] = replace(self.open[settled.token], outcome=settled.outcome)
        real: dict[int, int] = {}
        for new in moves.opened:
            assert new.id < 0
            real[new.id] = self.next
            parent = real[new.parent] if new.parent is not None and new.parent < 0 else new.parent
            assert parent is None or parent in self.open
            self.open[self.next] = Token(
                id=self.next,
                node=new.node,
                parent=parent,
                item=new.item,
                index=new.index,
                via=new.via,
                outcome=new.outcome,
            )
            self.tasks[self.next] = new
            self.next += 1
        assert moves.finished == (not self.open)
        self.last = moves
        return moves

    def at(self, node: str, item: object = None) -> int:
        """The id of the open token at a node (of the instance with this item)."""
        found = [
            t.id
            for t in self.open.values()
            if t.node == node
            and t.outcome is None
            and (t.item == item if item is not None else True)
            and not (item is None and t.index is not None)
        ]
        assert len(found) == 1, (node, item, self.waiting)
        return found[0]

    @property
    def waiting(self) -> list[str]:
        """What the world is asked for, as sorted words: tasks, calls, timers, messages."""
        asked = (Opens.TASK, Opens.CALL, Opens.TIMER, Opens.MESSAGE)
        return sorted(
            t.node if t.index is None else f"{t.node}[{t.item}]"
            for t in self.open.values()
            if self.tasks[t.id].opens in asked and t.outcome is None
        )
