"""Faults that the drawing itself shows, before anything is played."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from yiwang.cases.rules.process.model import (
    BOUNDARIES,
    ENDS,
    GATEWAYS,
    HOSTS,
    MESSAGES,
    RESTS,
    TIMERS,
    Node,
    NodeKind,
    Process,
)
from yiwang.cases.rules.process.net import MOST_WAYS
from yiwang.cases.rules.process.outcome_logic import (
    always_leads_on,
    condition_tree,
    named_outcomes,
    possible_outcomes,
    ways_taken,
)
from yiwang.cases.rules.process.paths import closure, following
from yiwang.kernel.feel import FeelProblem, compile_expression
from yiwang.kernel.text import Text

# The id of the element and the reason.
Fault = tuple[str, Text]
REFUSALS = frozenset({"refuse", "reject"})
_ISO = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")


def shape_faults(process: Process) -> list[Fault]:
    """Starts, ends, arrows and ways: without these the rest cannot be judged."""
    rules = (_starts_and_ends, _arrows, _attachments, _reach)
    return [fault for rule in rules for fault in rule(process)]


def content_faults(process: Process) -> list[Fault]:
    """Roles, clocks, conditions, outcomes, expressions; the shape must be right."""
    rules: tuple[Callable[[Process], Iterator[Fault]], ...] = (
        _duties,
        _conditions,
        _outcome_names,
        _ways_on,
        _refusals,
        _results,
        _expressions,
        _restless_loops,
    )
    return [fault for rule in rules for fault in rule(process)]


def _scopes(process: Process) -> list[str | None]:
    return [None, *(node.id for node in process.nodes if node.kind is NodeKind.SUBPROCESS)]


def _starts_and_ends(process: Process) -> Iterator[Fault]:
    for scope in _scopes(process):
        inside = list(process.inside(scope))
        starts = [node for node in inside if node.kind is NodeKind.START]
        if len(starts) != 1:
            yield (
                scope or process.key,
                Text(
                    f"有{len(starts)}个开始事件；应当只有一个",
                    f"has {len(starts)} start events; it must have one",
                ),
            )
        if not any(node.kind in ENDS for node in inside):
            yield scope or process.key, Text("没有结束事件", "has no end event")


def _arrows(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        entering, leaving = len(process.incoming(node.id)), len(process.outgoing(node.id))
        if node.kind in BOUNDARIES | {NodeKind.START}:
            if entering:
                yield node.id, Text("不能有流向它的连线", "nothing may lead into it")
        elif not entering:
            yield node.id, Text("没有流向它的连线", "nothing leads to it")
        if node.kind in ENDS:
            if leaving:
                yield node.id, Text("结束事件之后不能再有连线", "an end leads nowhere")
        elif not leaving:
            yield (
                node.id,
                Text(
                    "走到这里无路可走：它没有后续连线，也不是结束事件",
                    "a dead end: it leads nowhere and is no end event",
                ),
            )
        elif leaving > 1 and node.kind not in GATEWAYS:
            yield (
                node.id,
                Text(
                    f"有{leaving}条连线离开它；请用网关分开", f"{leaving} flows leave it; split by a gateway"
                ),
            )
        if node.kind is NodeKind.INCLUSIVE and leaving > MOST_WAYS:
            yield (
                node.id,
                Text(
                    f"有{leaving}条出路；包容网关最多{MOST_WAYS}条",
                    f"{leaving} ways leave it; an inclusive gateway may have {MOST_WAYS}",
                ),
            )


def _attachments(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        if node.kind not in BOUNDARIES:
            if node.attached_to is not None:
                yield (
                    node.id,
                    Text("只有边界事件才能附着在环节上", "only a boundary event is attached to a step"),
                )
            continue
        if node.attached_to is None or node.attached_to not in process:
            yield node.id, Text("没有附着在任何环节上", "is attached to nothing")
            continue
        host = process.node(node.attached_to)
        if host.kind not in HOSTS:
            yield (
                node.id,
                Text(
                    f"不能附着在“{host.id}”上：那里没有人等待",
                    f"cannot sit on {host.id!r}: nobody waits there",
                ),
            )
        elif host.scope != node.scope:
            yield (
                node.id,
                Text(f"附着的“{host.id}”不在同一子流程内", f"sits on {host.id!r} outside its own subprocess"),
            )


def _reach(process: Process) -> Iterator[Fault]:
    before: dict[str, list[str]] = {}
    for node in process.nodes:
        for after in following(process, node.id):
            before.setdefault(after, []).append(node.id)
    for scope in _scopes(process):
        inside = list(process.inside(scope))
        starts = [node.id for node in inside if node.kind is NodeKind.START]
        ends = [node.id for node in inside if node.kind in ENDS]
        reached = closure(starts, lambda node_id: following(process, node_id))
        ending = closure(ends, lambda node_id: before.get(node_id, []))
        for node in inside:
            if node.id not in reached and (process.incoming(node.id) or node.kind in BOUNDARIES):
                yield node.id, Text("从开始事件走不到这里", "cannot be reached from the start")
            if node.id not in ending and process.outgoing(node.id):
                yield node.id, Text("从这里走不到任何结束事件", "no way leads from it to an end")


def _duties(process: Process) -> Iterator[Fault]:
    wanted: tuple[tuple[frozenset[NodeKind], Callable[[Node], object], Text], ...] = (
        (
            frozenset({NodeKind.USER_TASK}),
            lambda node: node.role,
            Text("没有角色：由谁办理？", "has no role: who may do it?"),
        ),
        (
            frozenset({NodeKind.USER_TASK}),
            lambda node: node.outcomes,
            Text("没有办理结果", "has no outcomes"),
        ),
        (
            frozenset({NodeKind.USER_TASK}),
            lambda node: process.clock_of(node.id),
            Text("没有时限，外层也没有", "has no clock, neither its own nor one around it"),
        ),
        (
            frozenset({NodeKind.DECISION_TASK}),
            lambda node: node.decision,
            Text("没有指明决策", "names no decision"),
        ),
        (frozenset({NodeKind.SERVICE_TASK}), lambda node: node.act, Text("没有指明自动动作", "names no act")),
        (frozenset({NodeKind.CALL}), lambda node: node.case_type, Text("没有指明事项", "names no case type")),
        (TIMERS, lambda node: node.duration or node.clock, Text("没有时长", "has no duration")),
        (MESSAGES, lambda node: node.message, Text("没有指明消息", "names no message")),
    )
    for node in process.nodes:
        for kinds, asked, reason in wanted:
            if node.kind in kinds and not asked(node):
                yield node.id, reason


def _conditions(process: Process) -> Iterator[Fault]:
    for flow in process.flows:
        source = process.node(flow.source)
        choosing = source.kind in {NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE}
        splits = choosing and len(process.outgoing(source.id)) > 1
        if flow.condition is not None and (not splits or source.default == flow.id):
            yield flow.id, Text("它的条件永远不会被判断", "its condition would never be asked")
        if splits and flow.condition is None and source.default != flow.id:
            yield flow.id, Text("它没有条件，也不是默认出路", "it has no condition and is not the default")


def _outcome_names(process: Process) -> Iterator[Fault]:
    for flow in process.flows:
        if flow.condition is None:
            continue
        for step, outcome in named_outcomes(condition_tree(flow.condition)):
            if step not in process:
                yield (
                    flow.id,
                    Text(
                        f"条件中的“{step}”不是本流程的环节",
                        f"asks for the outcome of {step!r}, which is no step",
                    ),
                )
                continue
            possible = possible_outcomes(process, process.node(step))
            if outcome is not None and possible and outcome not in possible:
                yield (
                    flow.id,
                    Text(
                        f"“{step}”不会有“{outcome}”这个结果；可能的结果：{', '.join(possible)}",
                        f"{step!r} never ends with {outcome!r}; it ends with {', '.join(possible)}",
                    ),
                )


def _ways_on(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        if len(process.outgoing(node.id)) < 2 or node.default is not None:
            continue
        if node.kind is NodeKind.EXCLUSIVE and not always_leads_on(process, node):
            yield (
                node.id,
                Text(
                    "没有默认出路，而各条件不能保证覆盖所有结果",
                    "it has no default, and its conditions do not provably cover every outcome",
                ),
            )
        if node.kind is NodeKind.INCLUSIVE:
            yield (
                node.id,
                Text(
                    "包容网关须有默认出路，以备各条件都不成立",
                    "an inclusive gateway needs a default for when no condition holds",
                ),
            )


def _refusals(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        refusing = [] if node.kind in ENDS else sorted(REFUSALS & set(possible_outcomes(process, node)))
        for outcome in refusing:
            if not _reaches_an_end(process, node, outcome):
                yield (
                    node.id,
                    Text(
                        f"结果“{outcome}”走不到任何结束事件", f"the outcome {outcome!r} has no way to an end"
                    ),
                )


def _reaches_an_end(process: Process, step: Node, outcome: str) -> bool:
    """Whether an end can be reached from a step by this outcome, without doing the step again."""

    def on(node_id: str) -> list[str]:
        node = process.node(node_id)
        if node.kind is NodeKind.EXCLUSIVE:
            return [flow.target for flow in ways_taken(process, node, {step.id: outcome})]
        return [] if node_id == step.id else following(process, node_id)

    first = [flow.target for flow in process.outgoing(step.id)]
    return any(process.node(node_id).kind in ENDS for node_id in closure(first, on))


def _results(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        if node.kind is NodeKind.SUBPROCESS and node.many is not None:
            for end in process.inside(node.id):
                if end.kind in ENDS and not end.outcomes:
                    yield (
                        end.id,
                        Text(
                            "多实例子流程的结束事件须写明结果",
                            "an end of a subprocess done for many must say its outcome",
                        ),
                    )


def _expressions(process: Process) -> Iterator[Fault]:
    for owner, feel in _all_feel(process):
        try:
            compile_expression(feel)
        except FeelProblem as wrong:
            yield (
                owner,
                Text(f"“{feel}”不是FEEL：{wrong.sentence.zh}", f"{feel!r} is no FEEL: {wrong.sentence.en}"),
            )


def _all_feel(process: Process) -> Iterator[tuple[str, str]]:
    for flow in process.flows:
        if flow.condition is not None:
            yield flow.id, flow.condition
    for node in process.nodes:
        if node.organisation is not None:
            yield node.id, node.organisation
        if node.duration is not None and not _ISO.fullmatch(node.duration):
            yield node.id, node.duration
        if node.many is not None:
            yield node.id, node.many.collection
            if node.many.rule.weights is not None:
                yield node.id, node.many.rule.weights


def _restless_loops(process: Process) -> Iterator[Fault]:
    """A loop on which nobody and no instant waits would turn for ever within one act."""

    def on(node_id: str) -> list[str]:
        targets = [flow.target for flow in process.outgoing(node_id)]
        return [target for target in targets if process.node(target).kind not in RESTS]

    told: set[str] = set()
    for node in process.nodes:
        after = closure(on(node.id), on)
        if node.id in after and not told & after:
            told.add(node.id)
            yield (
                node.id,
                Text(
                    "处在全是自动环节的循环上：循环中须有人工环节或等待",
                    "stands on a loop of automatic steps: someone or some time must be waited for on it",
                ),
            )
