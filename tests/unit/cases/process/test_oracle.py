"""The same model, the same choices, played by us and by SpiffWorkflow: both must wait for the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.unit.cases.process.blocks import processes
from tests.unit.cases.process.drawing import Played, World, drawn
from tests.unit.cases.process.spiff import Spiff

from yiwang.cases.rules.process.model import Many, NodeKind, Process
from yiwang.cases.rules.process.read_bpmn import read_bpmn
from yiwang.cases.rules.process.tokens import Arrived, Finished, Fired, Here, Opens
from yiwang.kernel.feel import compile_expression

STEPS = 14
# Shrinking takes minutes here; a failing process is shown whole.
RELAXED = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


class Seeded(Mapping):
    """A context in which every condition is true or false by a seed, and itemsN is a list of N."""

    def __init__(self) -> None:
        self.seed = 0

    def __getitem__(self, name: str):
        if name.startswith("items"):
            return [f"i{number}" for number in range(int(name.removeprefix("items")))]
        if name.startswith(("cn", "againn")):
            return hashlib.sha256(f"{self.seed}{name}".encode()).digest()[0] % 2 == 0
        raise KeyError(name)

    def __iter__(self):
        return iter(())

    def __len__(self) -> int:
        return 0


class FeelWorld(World):
    """Conditions and collections by FEEL over the seeded context."""

    def __init__(self, context: Seeded) -> None:
        super().__init__()
        self.context = context

    def condition(self, feel: str, here: Here) -> bool:
        return compile_expression(feel).evaluate(self.context) is True

    def value(self, feel: str, here: Here):
        return compile_expression(feel).evaluate(self.context)


def waiting_of(case: Played) -> list[str]:
    asked = (Opens.TASK, Opens.TIMER, Opens.MESSAGE)
    return sorted(
        token.node
        for token in case.open.values()
        if case.tasks[token.id].opens in asked and token.outcome is None
    )


def tokens_at(case: Played, node: str) -> list[int]:
    return [
        t.id
        for t in case.open.values()
        if t.node == node and t.outcome is None and case.tasks[t.id].opens is not Opens.SCOPE
    ]


def play_both(process: Process, choices: list[tuple[int, int]]) -> None:
    context = Seeded()
    context.seed = choices[0][1]
    ours, theirs = Played(process, FeelWorld(context)), Spiff(process, context)
    assert waiting_of(ours) == theirs.waiting
    for choice, seed in choices[1:]:
        if not ours.open:
            break
        waiting = waiting_of(ours)
        node = waiting[choice % len(waiting)]
        context.seed = seed
        token = tokens_at(ours, node)[0]
        if ours.tasks[token].opens is Opens.TIMER:
            ours.tell(Fired(token))
            theirs.fire(node)
        else:
            ours.tell(Finished(token, "done"))
            theirs.finish(node)
        assert waiting_of(ours) == theirs.waiting, (process, choices)
        assert (not ours.open) == theirs.finished


turns = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1000)), min_size=STEPS, max_size=STEPS)


@RELAXED
@given(processes("xor", "and", "or"), turns)
def test_gateways(process, choices):
    play_both(process, choices)


@RELAXED
@given(processes("xor", "and", "sub", "many"), turns)
def test_many_and_subprocesses(process, choices):
    play_both(process, choices)


@RELAXED
@given(processes("xor", "and", "or", "sub", "timed"), turns)
def test_boundary_timers(process, choices):
    # Not with activities for many behind a timer: Spiff 3.2 raises "Attempt to add non-predicted child".
    play_both(process, choices)


@RELAXED
@given(processes("xor", "loop", "timed"), turns)
def test_loops(process, choices):
    # Not with joins inside a loop: in the second round Spiff 3.2 counts branches of the first as arrived,
    # and goes on while one that was chosen is still at work.
    play_both(process, choices)


class Family:
    """A case and its child cases, as the engine keeps them: each played by itself, results handed up."""

    def __init__(self, process: Process, child: Process, context: Seeded) -> None:
        self.child = child
        self.context = context
        self.parent = Played(process, FeelWorld(context))
        self.children: dict[int, Played] = {}
        self._adopt()

    def _adopt(self) -> None:
        for token in list(self.parent.open.values()):
            calls = self.parent.tasks[token.id].opens is Opens.CALL and token.outcome is None
            if calls and token.id not in self.children:
                self.children[token.id] = Played(self.child, FeelWorld(self.context))
        for token_id, child in list(self.children.items()):
            if not child.open and token_id in self.parent.open:
                self.parent.tell(Finished(token_id, "approve"))
                del self.children[token_id]
                self._adopt()

    @property
    def cases(self) -> list[Played]:
        return [self.parent, *self.children.values()]

    @property
    def waiting(self) -> list[str]:
        return sorted(node for case in self.cases for node in waiting_of(case))

    def finish(self, node: str) -> None:
        case = next(case for case in self.cases if node in waiting_of(case))
        case.tell(Finished(tokens_at(case, node)[0], "done"))
        self._adopt()


CALLED = {"case_type": "child", "many": Many(collection="items2", item="department")}


@RELAXED
@given(processes("xor", "and", leaves=4), turns)
def test_call_activities(child, choices):
    child = replace(child, key="child")
    process = drawn(
        "s:start p:and m:call c:task a:task j:and e:end", "s>p p>m p>c m>a a>j c>j j>e", m={**CALLED}
    )
    context = Seeded()
    ours, theirs = Family(process, child, context), Spiff(process, context, child)
    assert ours.waiting == theirs.waiting
    for choice, _ in choices:
        if not ours.waiting:
            break
        node = ours.waiting[choice % len(ours.waiting)]
        theirs.finish(node)
        ours.finish(node)
        assert ours.waiting == theirs.waiting
    assert (not ours.parent.open) == theirs.finished


PACKED = ("company_start", "certificate_by_post", "certificate_at_counter", "investment_opinion")


class PackWorld(World):
    """``outcome`` is what was answered; both engines see it."""

    def condition(self, feel: str, here: Here) -> bool:
        return compile_expression(feel).evaluate({"outcome": self.outcomes}) is True


@RELAXED
@given(
    st.sampled_from(PACKED),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=12, max_size=12),
)
def test_the_processes_of_the_packs(name, choices):
    (file,) = (Path(__file__).parents[4] / "packs").rglob(f"{name}.bpmn")
    drawing, _ = read_bpmn(file.read_bytes(), file.name)
    ours = Played(drawing.process, PackWorld())
    theirs = Spiff(drawing.process, {"outcome": ours.world.outcomes})
    for choice, answer in choices:
        waiting = waiting_of(ours)
        assert waiting == theirs.waiting
        if not waiting:
            break
        node = drawing.process.node(waiting[choice % len(waiting)])
        token = ours.at(node.id)
        if node.kind is NodeKind.BOUNDARY_TIMER:
            ours.tell(Fired(token))
            theirs.fire(node.id)
        elif node.kind is NodeKind.MESSAGE_CATCH:
            ours.tell(Arrived(token))
            theirs.arrive(node.id)
        else:
            ours.tell(Finished(token, node.outcomes[answer % len(node.outcomes)]))
            theirs.finish(node.id)
    assert (not ours.open) == theirs.finished
