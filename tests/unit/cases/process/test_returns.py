"""Whatever return is offered, the case still comes to its end; whatever is not offered is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.cases.process.blocks import processes
from tests.unit.cases.process.drawing import Played
from tests.unit.cases.process.explorer import Choosing

from yiwang.cases.rules.process.errors import EventDoesNotFit, ReturnNotAllowed
from yiwang.cases.rules.process.net import at, explored
from yiwang.cases.rules.process.returns import return_targets
from yiwang.cases.rules.process.tokens import Finished, Fired, JumpTo, Opens


def started(process, script: list[bool]) -> Played:
    world = Choosing()
    world.begin(tuple(script))
    return Played(process, world)


def acting(case: Played) -> list[int]:
    return [
        token.id
        for token in case.open.values()
        if case.tasks[token.id].opens is Opens.TASK and token.outcome is None
    ]


def step(case: Played, token: int) -> None:
    case.tell(Finished(token, "done"))


walks = st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 9)), min_size=3, max_size=12)


@settings(max_examples=150, deadline=None)
@given(processes("xor", "and", "or", "sub", "timed", "many"), walks)
def test_after_any_offered_return_the_case_can_end(process, walk):
    case = started(process, [pick % 2 == 0 for pick, _, _ in walk] * 3)
    for pick, wants_return, target in walk:
        if not acting(case):
            break
        token = acting(case)[pick % len(acting(case))]
        offered = return_targets(process, list(case.open.values()), token)
        assert case.process.node(case.open[token].node) not in offered
        if wants_return and offered:
            node = offered[target % len(offered)]
            case.tell(JumpTo(token, node.id))
            places = {
                at(each.node) for each in case.open.values() if each.parent is None and each.via is None
            }
            assert any(places <= marking for marking in explored(process, None).steps)
        else:
            step(case, token)
    for _ in range(200):
        if not case.open:
            return
        timers = [t for t in case.open if case.tasks[t].opens is Opens.TIMER]
        step(case, acting(case)[0]) if acting(case) else case.tell(Fired(timers[0]))
    raise AssertionError("the case does not end")


@settings(max_examples=60, deadline=None)
@given(processes("xor", "and", "or"))
def test_what_is_not_offered_is_refused_and_changes_nothing(process):
    case = started(process, [])
    for token in acting(case):
        offered = return_targets(process, list(case.open.values()), token)
        before = dict(case.open)
        for node in process.nodes:
            if node not in offered:
                with pytest.raises((ReturnNotAllowed, EventDoesNotFit)):
                    case.tell(JumpTo(token, node.id))
        assert case.open == before
