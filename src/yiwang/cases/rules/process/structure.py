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

# The id of the element and the reason.
Fault = tuple[str, str]
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
            yield scope or process.key, f"has {len(starts)} start events; it must have one"
        if not any(node.kind in ENDS for node in inside):
            yield scope or process.key, "has no end event"


def _arrows(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        entering, leaving = len(process.incoming(node.id)), len(process.outgoing(node.id))
        if node.kind in BOUNDARIES | {NodeKind.START}:
            if entering:
                yield node.id, "nothing may lead into it"
        elif not entering:
            yield node.id, "nothing leads to it"
        if node.kind in ENDS:
            if leaving:
                yield node.id, "an end leads nowhere"
        elif not leaving:
            yield node.id, "a dead end: it leads nowhere and is no end event"
        elif leaving > 1 and node.kind not in GATEWAYS:
            yield node.id, f"{leaving} flows leave it; split by a gateway"
        if node.kind is NodeKind.INCLUSIVE and leaving > MOST_WAYS:
            yield node.id, f"{leaving} ways leave it; an inclusive gateway may have {MOST_WAYS}"


def _attachments(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        if node.kind not in BOUNDARIES:
            if node.attached_to is not None:
                yield node.id, "only a boundary event is attached to a step"
            continue
        if node.attached_to is None or node.attached_to not in process:
            yield node.id, "is attached to nothing"
            continue
        host = process.node(node.attached_to)
        if host.kind not in HOSTS:
            yield node.id, f"cannot sit on {host.id!r}: nobody waits there"
        elif host.scope != node.scope:
            yield node.id, f"sits on {host.id!r} outside its own subprocess"


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
                yield node.id, "cannot be reached from the start"
            if node.id not in ending and process.outgoing(node.id):
                yield node.id, "no way leads from it to an end"


def _duties(process: Process) -> Iterator[Fault]:
    wanted: tuple[tuple[frozenset[NodeKind], Callable[[Node], object], str], ...] = (
        (frozenset({NodeKind.USER_TASK}), lambda node: node.role, "has no role: who may do it?"),
        (frozenset({NodeKind.USER_TASK}), lambda node: node.outcomes, "has no outcomes"),
        (
            frozenset({NodeKind.USER_TASK}),
            lambda node: process.clock_of(node.id),
            "has no clock, neither its own nor one around it",
        ),
        (frozenset({NodeKind.DECISION_TASK}), lambda node: node.decision, "names no decision"),
        (frozenset({NodeKind.SERVICE_TASK}), lambda node: node.act, "names no act"),
        (frozenset({NodeKind.CALL}), lambda node: node.case_type, "names no case type"),
        (TIMERS, lambda node: node.duration, "has no duration"),
        (MESSAGES, lambda node: node.message, "names no message"),
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
            yield flow.id, "its condition would never be asked"
        if splits and flow.condition is None and source.default != flow.id:
            yield flow.id, "it has no condition and is not the default"


def _outcome_names(process: Process) -> Iterator[Fault]:
    for flow in process.flows:
        if flow.condition is None:
            continue
        for step, outcome in named_outcomes(condition_tree(flow.condition)):
            if step not in process:
                yield flow.id, f"asks for the outcome of {step!r}, which is no step"
                continue
            possible = possible_outcomes(process, process.node(step))
            if outcome is not None and possible and outcome not in possible:
                yield flow.id, f"{step!r} never ends with {outcome!r}; it ends with {', '.join(possible)}"


def _ways_on(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        if len(process.outgoing(node.id)) < 2 or node.default is not None:
            continue
        if node.kind is NodeKind.EXCLUSIVE and not always_leads_on(process, node):
            yield node.id, "it has no default, and its conditions do not provably cover every outcome"
        if node.kind is NodeKind.INCLUSIVE:
            yield node.id, "an inclusive gateway needs a default for when no condition holds"


def _refusals(process: Process) -> Iterator[Fault]:
    for node in process.nodes:
        refusing = [] if node.kind in ENDS else sorted(REFUSALS & set(possible_outcomes(process, node)))
        for outcome in refusing:
            if not _reaches_an_end(process, node, outcome):
                yield node.id, f"the outcome {outcome!r} has no way to an end"


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
                    yield end.id, "an end of a subprocess done for many must say its outcome"


def _expressions(process: Process) -> Iterator[Fault]:
    for owner, feel in _all_feel(process):
        try:
            compile_expression(feel)
        except FeelProblem as wrong:
            yield owner, f"{feel!r} is no FEEL: {wrong}"


def _all_feel(process: Process) -> Iterator[Fault]:
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
                "stands on a loop of automatic steps: someone or some time must be waited for on it",
            )
