"""What a condition says when only the outcomes of some steps are known: true, false, or undecided."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import lru_cache

from yiwang.cases.rules.process.join import APPROVE, CONDITIONAL, REFUSE
from yiwang.cases.rules.process.model import ENDS, Flow, Node, NodeKind, Process
from yiwang.cases.rules.process.paths import reaches
from yiwang.kernel.feel import FeelProblem, compile_expression, tree

# More combinations of outcomes than this at one gateway nobody can survey; it then needs a default.
_MOST_COMBINATIONS = 256


@lru_cache(maxsize=1024)
def condition_tree(feel: str) -> tree.Node | None:
    """The syntax tree; None if it is no FEEL."""
    try:
        return compile_expression(feel).tree
    except FeelProblem:
        return None


def truth(node: tree.Node | None, known: Mapping[str, str]) -> bool | None:
    """Evaluate over known outcomes in three-valued logic."""
    match node:
        case tree.Logic(word="and"):
            return _all(truth(part, known) for part in node.parts)
        case tree.Logic(word="or"):
            return _not(_all(_not(truth(part, known)) for part in node.parts))
        case tree.Call(function=tree.Name(name="not"), arguments=(operand,)):
            return _not(truth(operand, known))
        case _:
            return _plain_truth(node, known)


def _plain_truth(node: tree.Node | None, known: Mapping[str, str]) -> bool | None:
    match node:
        case tree.Literal(value=bool() as value):
            return value
        case tree.Compare(comparator=("=" | "!=") as sign):
            step, outcome = _compared(node.left, node.right)
            equal = _is_among(step, [outcome], known)
            return equal if sign == "=" else _not(equal)
        case tree.In():
            return _is_among(_step(node.value), [_text(test) for test in node.tests], known)
        case _:
            return None


def named_outcomes(node: tree.Node | None) -> Iterator[tuple[str, str | None]]:
    """Every step whose outcome a condition asks for, with the outcome it is compared to (None: not told)."""
    match node:
        case None:
            return
        case tree.Compare():
            step, outcome = _compared(node.left, node.right)
            if step is not None:
                yield step, outcome
                return
        case tree.In():
            step = _step(node.value)
            if step is not None:
                for test in node.tests:
                    yield step, _text(test)
                return
    step = _step(node)
    if step is not None:
        yield step, None
        return
    for child in node.children():
        yield from named_outcomes(child)


def possible_outcomes(process: Process, node: Node) -> tuple[str, ...]:
    """What ``outcome.<node>`` can be once the step is done; empty if that cannot be told."""
    if node.many is not None:
        return (APPROVE, CONDITIONAL, REFUSE)
    if node.kind is NodeKind.SUBPROCESS:
        ends = [end for end in process.inside(node.id) if end.kind in ENDS]
        return tuple(end.outcomes[0] for end in ends) if all(end.outcomes for end in ends) else ()
    return node.outcomes


def always_leads_on(process: Process, gateway: Node) -> bool:
    """Whether some condition after an exclusive gateway provably holds, whatever the outcomes before it."""
    trees = [condition_tree(flow.condition or "true") for flow in process.outgoing(gateway.id)]
    steps = sorted({step for each in trees for step, _ in named_outcomes(each)})
    if not all(step in process and _always_before(process, step, gateway) for step in steps):
        return False
    choices = [possible_outcomes(process, process.node(step)) for step in steps]
    combinations = 1
    for choice in choices:
        combinations *= len(choice)
    if not 0 < combinations <= _MOST_COMBINATIONS:
        return False
    return all(
        any(truth(each, dict(zip(steps, outcomes, strict=True))) for each in trees)
        for outcomes in itertools.product(*choices)
    )


def ways_taken(process: Process, gateway: Node, known: Mapping[str, str]) -> list[Flow]:
    """The flows that an exclusive gateway may take when some outcomes are known."""
    taken: list[Flow] = []
    for flow in process.outgoing(gateway.id):
        if flow.id == gateway.default:
            continue
        holds = True if flow.condition is None else truth(condition_tree(flow.condition), known)
        if holds is not False:
            taken.append(flow)
        if holds is True:
            return taken
    return [*taken, process.flow(gateway.default)] if gateway.default else taken


def _always_before(process: Process, step: str, gateway: Node) -> bool:
    """Whether no way from the start comes to the gateway without passing the step."""
    if process.node(step).scope != gateway.scope:
        return False
    return gateway.id not in reaches(process, process.start(gateway.scope).id, step)


def _step(node: tree.Node) -> str | None:
    """The step in ``outcome.<step>`` and ``opinions.<step>.result``."""
    match node:
        case tree.Path(source=tree.Name(name="outcome"), name=step):
            return step
        case tree.Path(source=tree.Path(source=tree.Name(name="opinions"), name=step), name="result"):
            return step
        case _:
            return None


def _text(node: tree.Node) -> str | None:
    match node:
        case tree.Literal(value=str() as text):
            return text
        case tree.CompareTest(comparator="=", operand=operand):
            return _text(operand)
        case _:
            return None


def _compared(left: tree.Node, right: tree.Node) -> tuple[str | None, str | None]:
    if _step(left) is not None:
        return _step(left), _text(right)
    return _step(right), _text(left)


def _is_among(step: str | None, outcomes: list[str | None], known: Mapping[str, str]) -> bool | None:
    if step is None or step not in known or None in outcomes:
        return None
    return known[step] in outcomes


def _all(truths: Iterator[bool | None]) -> bool | None:
    found = set(truths)
    if False in found:
        return False
    return None if None in found else True


def _not(value: bool | None) -> bool | None:  # noqa: FBT001  # three-valued logic
    return None if value is None else not value
