"""Whether a process can be trusted with cases: the check that every definition passes before it is applied.

First the shape, then what stands in it, then every state in which it can be (``net``): no state may be
stuck, no step impossible, no branch may run into another unjoined, and an end must stay within reach.
"""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.cases.rules.process.model import NodeKind, Process
from yiwang.cases.rules.process.net import MOST_MARKINGS, Marking, Space, explored
from yiwang.cases.rules.process.paths import closure
from yiwang.cases.rules.process.read_bpmn import Drawing
from yiwang.cases.rules.process.structure import Fault, content_faults, shape_faults
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text


def faults(drawing: Drawing) -> list[DefinitionProblem]:
    """Everything that is wrong with a process, at its elements; an empty list means sound."""
    process = drawing.process
    found = shape_faults(process)
    if not found:
        found = [*content_faults(process), *behaviour_faults(process)]
    unique = dict.fromkeys(found)
    return sorted(
        (drawing.problem(element, reason) for element, reason in unique),
        key=lambda problem: (problem.line, problem.path, str(problem)),
    )


def behaviour_faults(process: Process) -> list[Fault]:
    """What goes wrong when it is played, scope by scope."""
    scopes = [None, *(node.id for node in process.nodes if node.kind is NodeKind.SUBPROCESS)]
    return [fault for scope in scopes for fault in _behaviour(process, scope)]


def _behaviour(process: Process, scope: str | None) -> Iterator[Fault]:
    space = explored(process, scope)
    if not space.whole:
        yield (
            scope or process.key,
            Text(
                f"状态超过{MOST_MARKINGS}个，无法证明；请拆成子流程",
                f"has more than {MOST_MARKINGS} states and cannot be proved; divide it into subprocesses",
            ),
        )
        return
    # The first is the nearest to the start; the others follow from it.
    for place, actor in list(space.crowded.items())[:1]:
        yield (
            _element(place),
            Text(
                f"被“{actor}”同时到达两次：并行分支没有汇合",
                f"is reached twice at the same time by {actor!r}: parallel branches are not joined",
            ),
        )
    yield from _stuck(process, space)
    yield from _never(process, scope, space)


def _stuck(process: Process, space: Space) -> Iterator[Fault]:
    if space.crowded:
        return
    empty: Marking = frozenset()
    before: dict[Marking, list[Marking]] = {}
    for marking, steps in space.steps.items():
        for step in steps:
            before.setdefault(step.after, []).append(marking)
    ending = closure([empty], lambda marking: before.get(marking, []))
    lost = [marking for marking in space.steps if marking not in ending]
    still = [marking for marking in lost if not space.steps[marking]]
    for marking in still:
        for place in marking:
            element = _element(place)
            at = process.flow(element).target if element not in process else element
            yield (
                at,
                Text("可能永远等待：所等的未必会来", "can wait for ever: what it waits for need not come"),
            )
    if lost and not still:
        turning = {step.node for marking in lost for step in space.steps[marking]}
        for node_id in sorted(turning):
            yield node_id, Text("处在无法离开的循环之中", "is part of a loop that cannot be left")


def _never(process: Process, scope: str | None, space: Space) -> Iterator[Fault]:
    if space.crowded:
        return
    acting = {step.node for steps in space.steps.values() for step in steps}
    for node in process.inside(scope):
        if node.kind is not NodeKind.START and node.id not in acting:
            yield node.id, Text("无论如何都不会执行", "is never done, whatever happens")


def _element(place: str) -> str:
    return place.partition(":")[2]
