"""What can be said of a decision model before it is ever asked: wrong names, cells, overlaps and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from yiwang.cases.rules.dmn.model import (
    Decision,
    DecisionModel,
    DecisionTable,
    HitPolicy,
    Rule,
)
from yiwang.cases.rules.dmn.regions import Region, Sample, region_of, samples, shown
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.feel import Expression, UnaryTests, tree
from yiwang.kernel.feel.values import kind_of

# A larger table is not searched for gaps: each combination is compared with each rule.
_MAX_COMBINATIONS = 20_000
_MAX_SHOWN = 3
_SINGLE = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST})
_MAX_PAIRS = 400  # rules compared two by two for overlaps


@dataclass(frozen=True, slots=True)
class Report:
    """Problems refuse the model; warnings (cases that no rule covers) are for its author to judge."""

    problems: tuple[DefinitionProblem, ...]
    warnings: tuple[DefinitionProblem, ...]


def check_model(model: DecisionModel, known: frozenset[str] | None = None) -> Report:
    """Judge a model. ``known`` holds the paths that exist, e.g. ``answers.kind``; None checks roots only."""
    problems: list[DefinitionProblem] = []
    warnings: list[DefinitionProblem] = []
    for decision in model.decisions.values():
        problems += _Names(model, decision, known).problems()
        if isinstance(decision.logic, DecisionTable):
            checked = _Table(model.file, decision.id, decision.logic)
            problems += [*checked.wrong_cells(), *checked.overlaps()]
            warnings += checked.gaps()
    return Report(tuple(problems), tuple(warnings))


class _Names:
    """Every name that a decision reads must be declared as its need."""

    def __init__(self, model: DecisionModel, decision: Decision, known: frozenset[str] | None) -> None:
        self.file = model.file
        self.decision = decision
        self.known = known
        self.roots = set(decision.needs_inputs)
        for need in decision.needs_decisions:
            if need in model.decisions:
                self.roots.update(model.decisions[need].variables)
        self.inputs = set(decision.needs_inputs)

    def problems(self) -> Iterator[DefinitionProblem]:
        for line, path, source in _sources(self.decision):
            for name in sorted(source.names):
                reason = self._wrong(name)
                if reason:
                    yield DefinitionProblem(self.file, line, path, reason)

    def _wrong(self, name: str) -> str:
        root = name.partition(".")[0]
        if root not in self.roots:
            return f"“{root}” is not among the inputs and decisions that this decision requires"
        if self.known is None or root not in self.inputs or root == name:
            return ""
        parts = name.split(".")
        beginnings = {".".join(parts[:length]) for length in range(2, len(parts) + 1)}
        return "" if beginnings & self.known else f"there is no “{name}”"


def _sources(decision: Decision) -> Iterator[tuple[int, str, Expression | UnaryTests]]:
    logic = decision.logic
    if not isinstance(logic, DecisionTable):
        yield logic.line, decision.id, logic.expression
        return
    for number, column in enumerate(logic.inputs, 1):
        yield column.line, f"{decision.id}.input{number}", column.expression
    for rule in logic.rules:
        path = f"{decision.id}.rule{rule.number}"
        for cell in rule.cells:
            yield cell.line, path, cell.tests
        for answer in rule.answers:
            yield rule.line, path, answer


class _Table:
    def __init__(self, file: str, decision: str, table: DecisionTable) -> None:
        self.file = file
        self.decision = decision
        self.table = table
        self.regions = [
            [
                region_of(cell.tests, column.kind)
                for column, cell in zip(table.inputs, rule.cells, strict=True)
            ]
            for rule in table.rules
        ]

    def _problem(self, line: int, rule: Rule, reason: str) -> DefinitionProblem:
        return DefinitionProblem(self.file, line, f"{self.decision}.rule{rule.number}", reason)

    def wrong_cells(self) -> Iterator[DefinitionProblem]:
        """Cells and answers whose written value is of another type than their column's, or not allowed."""
        for rule in self.table.rules:
            for column, cell in zip(self.table.inputs, rule.cells, strict=True):
                for node in cell.tests.tree.tests:
                    reason = _wrong_value(node, column.kind, column.allowed, frozenset())
                    if reason:
                        yield self._problem(cell.line, rule, f"{column.label}: {reason}")
            for output, answer in zip(self.table.outputs, rule.answers, strict=True):
                reason = _wrong_value(answer.tree, output.kind, output.allowed, _AS_TEXT)
                if reason:
                    yield self._problem(rule.line, rule, f"{output.label or 'output'}: {reason}")

    def overlaps(self) -> Iterator[DefinitionProblem]:
        """Two rules of a UNIQUE table that one input satisfies, or of an ANY table that then disagree."""
        policy = self.table.hit_policy
        if policy not in (HitPolicy.UNIQUE, HitPolicy.ANY) or len(self.table.rules) > _MAX_PAIRS:
            return
        for one, other in combinations(range(len(self.table.rules)), 2):
            first, second = self.table.rules[one], self.table.rules[other]
            agree = [answer.tree for answer in first.answers] == [answer.tree for answer in second.answers]
            if (policy is HitPolicy.ANY and agree) or not self._overlap(one, other):
                continue
            yield self._problem(
                second.line,
                second,
                f"it overlaps rule {first.number} (line {first.line}); {policy} allows one",
            )

    def _overlap(self, one: int, other: int) -> bool:
        """Whether the two surely overlap; a cell not known says no, unless both are written alike."""
        first, second = self.table.rules[one], self.table.rules[other]
        for column, (here, there) in enumerate(zip(self.regions[one], self.regions[other], strict=True)):
            if first.cells[column].tests.tree == second.cells[column].tests.tree:
                continue
            if here is None or there is None or not here.meets(there):
                return False
        return True

    def gaps(self) -> Iterator[DefinitionProblem]:
        """Combinations of inputs that no rule covers, for tables that owe an answer and have no default."""
        owes = self.table.hit_policy in _SINGLE and all(
            column.default is None for column in self.table.outputs
        )
        if not owes or not self.table.inputs:
            return
        axes = [self._axis(column) for column in range(len(self.table.inputs))]
        if not all(axes) or prod(len(axis) for axis in axes) > _MAX_COMBINATIONS:
            return
        found = 0
        for combination in product(*axes):
            if any(self._covers(regions, combination) for regions in self.regions):
                continue
            found += 1
            if found > _MAX_SHOWN:
                return
            labels = zip(self.table.inputs, combination, strict=True)
            where = ", ".join(f"{column.label}: {shown(value)}" for column, value in labels)
            yield DefinitionProblem(self.file, self.table.line, self.decision, f"no rule for {where}")

    def _axis(self, column: int) -> list[Sample]:
        declared = self.table.inputs[column]
        known = [row[column] for row in self.regions]
        decidable = [region for region in known if region is not None and not region.everything]
        allowed = region_of(declared.allowed, declared.kind) if declared.allowed else None
        if not decidable and all(region is None or region.everything for region in known):
            return [True]  # no cell tells values of this column apart
        return list(samples(decidable, allowed, declared.kind))

    def _covers(self, regions: list[Region | None], combination: tuple[Sample, ...]) -> bool:
        return all(
            region is None or region.everything or region.holds(value)
            for region, value in zip(regions, combination, strict=True)
        )


def _wrong_value(node: tree.Node, kind: str, allowed: UnaryTests | None, as_text: frozenset[str]) -> str:
    operand = node.operand if isinstance(node, tree.CompareTest | tree.Negation) else node
    if not isinstance(operand, tree.Literal) or operand.value is None:
        return ""
    found = kind_of(operand.value)
    if kind and found != kind and not (found == "string" and kind in as_text):
        return f"a {found} stands where a {kind} is wanted"
    checks_value = node is operand and allowed is not None and not allowed.names
    if checks_value and allowed is not None and allowed.accepts(operand.value, {}) is not True:
        return f"“{operand.value}” is not an allowed value"
    return ""


# An answer may write these as ISO text; it is read by the column's type.
_AS_TEXT = frozenset({"date", "time", "date and time", "days and time duration", "years and months duration"})
