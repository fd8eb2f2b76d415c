"""A naive explorer: plays the token game with every choice of data and looks for a state that is stuck."""

from __future__ import annotations

from collections.abc import Iterator

from tests.unit.cases.process.drawing import Played, World

from yiwang.cases.rules.process.errors import LoopWithoutRest, NoWayOn
from yiwang.cases.rules.process.model import Process
from yiwang.cases.rules.process.tokens import Event, Finished, Fired, Here, Opens

MOST_STATES = 400


class Choosing(World):
    """Answers conditions by a script of booleans, longer by one false for each question not foreseen."""

    def begin(self, script: tuple[bool, ...]) -> None:
        self.script = script
        self.asked = 0

    def condition(self, feel: str, here: Here) -> bool:
        self.asked += 1
        return self.script[self.asked - 1] if self.asked <= len(self.script) else False

    def value(self, feel: str, here: Here):
        return [f"i{number}" for number in range(int(feel.removeprefix("items")))]


def is_stuck_somewhere(process: Process) -> bool:
    """Whether play can come to tokens that nobody and nothing can move, or to a gateway without a way on."""
    try:
        first = list(_after(process, None, None))
        waiting, known = first, {_state(case) for case in first}
        while waiting and len(known) < MOST_STATES:
            case = waiting.pop()
            events = list(_events(case))
            if case.open and not events:
                return True
            for event in events:
                for after in _after(process, case, event):
                    if _state(after) not in known:
                        known.add(_state(after))
                        waiting.append(after)
    except (NoWayOn, LoopWithoutRest):
        return True
    return False


def _events(case: Played) -> Iterator[Event]:
    for token in case.open.values():
        opens = case.tasks[token.id].opens
        if token.outcome is None and opens is Opens.TASK:
            yield Finished(token.id, "done")
        elif opens is Opens.TIMER:
            yield Fired(token.id)


def _after(process: Process, case: Played | None, event: Event | None) -> Iterator[Played]:
    """The cases that an event can lead to, one for each way in which conditions may fall."""
    scripts: list[tuple[bool, ...]] = [()]
    while scripts:
        script = scripts.pop()
        world = Choosing()
        world.begin(script)
        if case is None or event is None:
            after = Played(process, world)
        else:
            after = Played.__new__(Played)
            after.process, after.world = process, world
            after.open, after.tasks, after.next = dict(case.open), dict(case.tasks), case.next
            after.tell(event)
        for position in range(len(script), min(world.asked, 8)):
            scripts.append((*script, *[False] * (position - len(script)), True))
        yield after


def _state(case: Played) -> tuple:
    def shown(token_id: int | None) -> tuple:
        if token_id is None:
            return ()
        token = case.open[token_id]
        return (token.node, token.index, token.via, token.outcome, *shown(token.parent))

    return tuple(sorted(map(str, (shown(token_id) for token_id in case.open))))
