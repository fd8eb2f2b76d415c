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
from yiwang.kernel.text import Text

# A larger table is not searched for gaps: each combination is compared with each rule.
_MAX_COMBINATIONS = 20_000
_MAX_SHOWN = 3
_SINGLE = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST})
_MAX_PAIRS = 400  # rules compared two by two for overlaps
_NOT_REQUIRED = Text(
    "“{root}”不在该决策所需的输入和决策之中",
    "“{root}” is not among the inputs and decisions that this decision requires",
)
_NO_NAME = Text("没有“{name}”", "there is no “{name}”")
_OVERLAP = Text(
    "与第{number}条规则（第{line}行）重叠；{policy}策略只允许命中一条",
    "it overlaps rule {number} (line {line}); {policy} allows one",
)
_GAP = Text("没有规则覆盖：{where}", "no rule for {where}")
_WRONG_KIND = Text("此处应为{kind}，写的是{found}", "a {found} stands where a {kind} is wanted")
_NOT_ALLOWED = Text("“{value}”不在允许的取值之中", "“{value}” is not an allowed value")


@dataclass(frozen=True, slots=True)
class Report:
    """Problems refuse the model; warnings (cases that no rule covers) are for its author to judge."""

    problems: tuple[DefinitionProblem, ...]
    warnings: tuple[DefinitionProblem, ...]


def check_model(model: DecisionModel, known: frozenset[str] | None = None) -> Report:
    """Judge a model.

    ``known`` holds the paths that exist, e.g. ``answers.kind``; below a root of which it names none, and
    with None below all, anything may be read.
    """
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
                if reason is not None:
                    yield DefinitionProblem(self.file, line, path, reason)

    def _wrong(self, name: str) -> Text | None:
        root = name.partition(".")[0]
        if root not in self.roots:
            return _NOT_REQUIRED.fill(root=root)
        if self.known is None or root not in self.inputs or root == name:
            return None
        if not any(path.startswith(f"{root}.") for path in self.known):
            return None
        parts = name.split(".")
        beginnings = {".".join(parts[:length]) for length in range(2, len(parts) + 1)}
        return None if beginnings & self.known else _NO_NAME.fill(name=name)


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

    def _problem(self, line: int, rule: Rule, reason: Text) -> DefinitionProblem:
        return DefinitionProblem(self.file, line, f"{self.decision}.rule{rule.number}", reason)

    def wrong_cells(self) -> Iterator[DefinitionProblem]:
        """Cells and answers whose written value is of another type than their column's, or not allowed."""
        for rule in self.table.rules:
            for column, cell in zip(self.table.inputs, rule.cells, strict=True):
                for node in cell.tests.tree.tests:
                    reason = _wrong_value(node, column.kind, column.allowed, frozenset())
                    if reason is not None:
                        yield self._problem(cell.line, rule, _at(column.label, reason))
            for output, answer in zip(self.table.outputs, rule.answers, strict=True):
                reason = _wrong_value(answer.tree, output.kind, output.allowed, _AS_TEXT)
                if reason is not None:
                    yield self._problem(rule.line, rule, _at(output.label or "output", reason))

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
                _OVERLAP.fill(number=first.number, line=first.line, policy=policy),
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
            reason = _GAP.fill(where=where)
            yield DefinitionProblem(self.file, self.table.line, self.decision, reason, is_warning=True)

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


def _at(column: str, reason: Text) -> Text:
    return Text(f"{column}：{reason.zh}", f"{column}: {reason.en}")


def _wrong_value(
    node: tree.Node, kind: str, allowed: UnaryTests | None, as_text: frozenset[str]
) -> Text | None:
    operand = node.operand if isinstance(node, tree.CompareTest | tree.Negation) else node
    if not isinstance(operand, tree.Literal) or operand.value is None:
        return None
    found = kind_of(operand.value)
    if kind and found != kind and not (found == "string" and kind in as_text):
        return _WRONG_KIND.fill(found=found, kind=kind)
    checks_value = node is operand and allowed is not None and not allowed.names
    if checks_value and allowed is not None and allowed.accepts(operand.value, {}) is not True:
        return _NOT_ALLOWED.fill(value=operand.value)
    return None


# An answer may write these as ISO text; it is read by the column's type.
_AS_TEXT = frozenset({"date", "time", "date and time", "days and time duration", "years and months duration"})
