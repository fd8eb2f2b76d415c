"""Answers of decisions, and why: the inputs that were seen and the rules that hit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.rules.dmn.errors import DecisionNotFound, InputNotAllowed, RulesDisagree
from yiwang.cases.rules.dmn.model import (
    Aggregation,
    Decision,
    DecisionModel,
    DecisionTable,
    HitPolicy,
    Input,
    LiteralExpression,
    Output,
    Rule,
)
from yiwang.kernel.feel import Json, Value, as_json, compile_expression
from yiwang.kernel.feel.temporal import read_date, read_duration, read_moment, read_time
from yiwang.kernel.feel.values import Run, adapt, kind_of
from yiwang.kernel.text import Text

Context = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that hit, as people number it in the modeller."""

    number: int
    rule_id: str
    description: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One decision's answer, its inputs by label, the rules that hit, and the decisions it stands on."""

    decision_id: str
    name: str
    answer: Json
    inputs: tuple[tuple[str, Json], ...]
    hits: tuple[Hit, ...]
    needed: tuple[Explanation, ...]


def evaluate(model: DecisionModel, decision_id: str, context: Context, *, at: datetime | None = None) -> Json:
    """The answer: a value, an object of the outputs by name, or a list of these where the policy gives many.

    ``context`` holds the input data by name. Raises DecisionNotFound, InputNotAllowed, RulesDisagree, and
    FeelProblem for an expression that costs too much.
    """
    return explain(model, decision_id, context, at=at).answer


def explain(
    model: DecisionModel, decision_id: str, context: Context, *, at: datetime | None = None
) -> Explanation:
    """The answer with what led to it. Raises as evaluate does."""
    if decision_id not in model.decisions:
        raise DecisionNotFound(decision=decision_id)
    return _Evaluation(model, context, at).explained(decision_id)[0]


class _Evaluation:
    def __init__(self, model: DecisionModel, context: Context, at: datetime | None) -> None:
        self.model = model
        self.context = context
        self.at = at
        self.done: dict[str, tuple[Explanation, Value]] = {}

    def explained(self, decision_id: str) -> tuple[Explanation, Value]:
        """Each needed decision once, in order; the reader has refused circles."""
        if decision_id not in self.done:
            decision = self.model.decisions[decision_id]
            context: dict[str, object] = dict(self.context)
            needed = [self.explained(need) for need in decision.needs_decisions]
            for need, (_, value) in zip(decision.needs_decisions, needed, strict=True):
                context.update(dict.fromkeys(self.model.decisions[need].variables, value))
            made = self._decided(decision, context)
            self.done[decision_id] = self._noted(decision, made, tuple(part for part, _ in needed))
        return self.done[decision_id]

    def _decided(self, decision: Decision, context: Context) -> _Made:
        logic = decision.logic
        if isinstance(logic, LiteralExpression):
            return _Made(logic.expression.evaluate(context, at=self.at), (), ())
        return _Table(decision.name, logic, context, self.at).decided()

    def _noted(
        self, decision: Decision, made: _Made, needed: tuple[Explanation, ...]
    ) -> tuple[Explanation, Value]:
        explanation = Explanation(
            decision_id=decision.id,
            name=decision.name,
            answer=as_json(made.value),
            inputs=tuple((label, as_json(value)) for label, value in made.inputs),
            hits=tuple(
                Hit(number=rule.number, rule_id=rule.id, description=rule.description) for rule in made.rules
            ),
            needed=needed,
        )
        return explanation, made.value


@dataclass(frozen=True, slots=True)
class _Made:
    value: Value
    inputs: tuple[tuple[str, Value], ...]
    rules: tuple[Rule, ...]


class _Table:
    def __init__(self, name: str, table: DecisionTable, context: Context, at: datetime | None) -> None:
        self.name = name
        self.table = table
        self.context = context
        self.at = at

    def decided(self) -> _Made:
        values = [self._input(column) for column in self.table.inputs]
        hits: list[Rule] = []
        for rule in self.table.rules:
            if self._hits(rule, values):
                hits.append(rule)
                if self.table.hit_policy is HitPolicy.FIRST:
                    break
        inputs = tuple((column.label, value) for column, value in zip(self.table.inputs, values, strict=True))
        rules, value = self._answer(hits)
        return _Made(value, inputs, rules)

    def _input(self, column: Input) -> Value:
        value = _of_kind(column.expression.evaluate(self.context, at=self.at), column.kind)
        if value is None:
            return None
        wrong_kind = column.kind and kind_of(value) != column.kind
        if wrong_kind or (column.allowed and not column.allowed.accepts(value, self.context, at=self.at)):
            raise InputNotAllowed(decision=self.name, column=column.label)
        return value

    def _hits(self, rule: Rule, values: list[Value]) -> bool:
        return all(
            cell.tests.accepts_all or cell.tests.accepts(value, self.context, at=self.at) is True
            for cell, value in zip(rule.cells, values, strict=True)
        )

    def _answer(self, hits: list[Rule]) -> tuple[tuple[Rule, ...], Value]:
        policy = self.table.hit_policy
        answers = [self._answered(rule) for rule in hits]
        if policy is HitPolicy.COLLECT and self.table.aggregation is not None:
            return tuple(hits), _aggregated(self.table.aggregation, answers)
        if policy in (HitPolicy.COLLECT, HitPolicy.RULE_ORDER):
            return tuple(hits), answers or self._defaults(many=True)
        if policy is HitPolicy.OUTPUT_ORDER:
            ranked = self._ranked(hits, answers)
            return tuple(rule for rule, _ in ranked), [answer for _, answer in ranked] or self._defaults(
                many=True
            )
        if not hits:
            return (), self._defaults(many=False)
        if policy is HitPolicy.PRIORITY:
            rule, answer = self._ranked(hits, answers)[0]
            return (rule,), answer
        differs = any(answer != answers[0] for answer in answers)
        if len(hits) > 1 and (policy is HitPolicy.UNIQUE or differs):
            numbers = ", ".join(str(rule.number) for rule in hits)
            raise RulesDisagree(decision=self.name, rules=numbers)
        return tuple(hits), answers[0]

    def _answered(self, rule: Rule) -> Value:
        values = [
            _of_kind(answer.evaluate(self.context, at=self.at), column.kind)
            for column, answer in zip(self.table.outputs, rule.answers, strict=True)
        ]
        return self._composed(values)

    def _composed(self, values: list[Value]) -> Value:
        """One output gives its value; several give a context of their names."""
        if len(values) == 1:
            return values[0]
        return {column.name: value for column, value in zip(self.table.outputs, values, strict=True)}

    def _defaults(self, *, many: bool) -> Value:
        defaults = [column.default for column in self.table.outputs]
        if all(default is None for default in defaults):
            return [] if many else None
        values = [default.evaluate(self.context, at=self.at) if default else None for default in defaults]
        composed = self._composed(values)
        return [composed] if many else composed

    def _ranked(self, hits: list[Rule], answers: list[Value]) -> list[tuple[Rule, Value]]:
        """Rules by the rank of their answers in the lists of allowed output values; stable."""

        def rank(pair: tuple[Rule, Value]) -> list[int]:
            answer = pair[1]
            return [
                _place(column, answer.get(column.name) if isinstance(answer, dict) else answer)
                for column in self.table.outputs
            ]

        return sorted(zip(hits, answers, strict=True), key=rank)


def _place(column: Output, value: Value) -> int:
    tests = column.allowed.tree.tests if column.allowed is not None else ()
    for place, test in enumerate(tests):
        if getattr(test, "value", None) == value and type(getattr(test, "value", None)) is type(value):
            return place
    return len(tests)


def _aggregated(aggregation: Aggregation, answers: list[Value]) -> Value:
    return compile_expression(f"{_FUNCTIONS[aggregation]}(answers)").evaluate({"answers": answers})


_FUNCTIONS = {
    Aggregation.SUM: "sum",
    Aggregation.COUNT: "count",
    Aggregation.MIN: "min",
    Aggregation.MAX: "max",
}
_READERS: dict[str, Callable[[str], Value]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_moment,
    "days and time duration": read_duration,
    "years and months duration": read_duration,
}


def _of_kind(value: Value, kind: str) -> Value:
    """Form answers keep dates as text; a column that says date reads them."""
    if isinstance(value, str) and kind in _READERS:
        read = _READERS[kind](value)
        return value if read is None else read
    return adapt(value, Run(None))
