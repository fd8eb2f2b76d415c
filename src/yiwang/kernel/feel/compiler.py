"""Syntax tree -> closures. Nothing is evaluated by Python: there is no eval, exec or attribute access here.

A closure takes the names in view and gives a value. Whatever is wrong with the expression itself (an unknown
function, a wrong number of arguments) is refused here, once, and not when a case happens to reach it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from yiwang.kernel.feel import errors, logic, temporal, tree
from yiwang.kernel.feel.errors import FeelProblem
from yiwang.kernel.feel.functions.catalogue import find_builtin, is_builtin
from yiwang.kernel.feel.functions.definition import Builtin
from yiwang.kernel.feel.loops import filtered, iterated, quantified
from yiwang.kernel.feel.properties import read_property
from yiwang.kernel.feel.scope import Closure, Names
from yiwang.kernel.feel.values import (
    KIND_NAMES,
    MAX_CALLS,
    FeelList,
    Function,
    Range,
    Value,
    adapt,
    kind_of,
)
from yiwang.kernel.pattern import PatternRefused, compile_pattern
from yiwang.kernel.text import Text

ORDERS: Mapping[str, logic.Order] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC = {
    "+": logic.add,
    "-": logic.subtract,
    "*": logic.multiply,
    "/": logic.divide,
    "**": logic.power,
}
# Among the bound names: another layer lies over the caller's context, even if it binds nothing yet.
_LAYERED = frozenset({""})
_PATTERN_FUNCTIONS = {"matches", "replace", "split"}


class Compiler:
    """Compiles one expression; ``bound`` are the names bound around the node at hand."""

    def __init__(self, *, has_input: bool) -> None:
        self.has_input = has_input

    def compile(self, node: tree.Node, bound: frozenset[str] = frozenset()) -> Closure:
        """The closure of a node; raises FeelProblem."""
        build = _BUILDERS[type(node)]
        return build(self, node, bound)

    def compile_all(self, nodes: tuple[tree.Node, ...], bound: frozenset[str]) -> tuple[Closure, ...]:
        """The closures of several nodes."""
        return tuple(self.compile(node, bound) for node in nodes)


def _refused(node: tree.Node, reason: Text) -> FeelProblem:
    return FeelProblem(line=node.at.line, column=node.at.column, reason=reason)


def _constant(value: Value) -> Closure:
    return lambda names: value


def _literal(_compiler: Compiler, node: tree.Literal, _bound: frozenset[str]) -> Closure:
    return _constant(node.value)


def _at_literal(_compiler: Compiler, node: tree.AtLiteral, _bound: frozenset[str]) -> Closure:
    value = temporal.read_any(node.text)
    if value is None:
        raise _refused(node, errors.BAD_TEMPORAL.fill(value=node.text[:40]))
    return _constant(value)


def _name(compiler: Compiler, node: tree.Name, bound: frozenset[str]) -> Closure:
    name = node.name
    if name == "?" and not compiler.has_input:
        raise _refused(node, errors.NO_INPUT)
    if bound:
        return lambda names: names.find(name)

    def read(names: Names) -> Value:
        value = names.values.get(name)
        return value if type(value) is dict else adapt(value, names.run)

    return read


def _path(compiler: Compiler, node: tree.Path, bound: frozenset[str]) -> Closure:
    source, name = compiler.compile(node.source, bound), node.name

    def read(names: Names) -> Value:
        value = source(names)
        if type(value) is not dict:
            return read_property(value, name, names.run)
        found = value.get(name)
        return found if type(found) is str else adapt(found, names.run)

    return read


def _filter(compiler: Compiler, node: tree.Filter, bound: frozenset[str]) -> Closure:
    source = compiler.compile(node.source, bound)
    return filtered(
        source, compiler.compile(node.condition, bound | {"item"}), node.at, tree.weight(node.condition)
    )


def _negation(compiler: Compiler, node: tree.Negation, bound: frozenset[str]) -> Closure:
    operand = compiler.compile(node.operand, bound)
    if isinstance(node.operand, tree.Literal):
        return _constant(logic.negate(node.operand.value))
    return lambda names: logic.negate(operand(names))


def _arithmetic(compiler: Compiler, node: tree.Arithmetic, bound: frozenset[str]) -> Closure:
    left, right = compiler.compile(node.left, bound), compiler.compile(node.right, bound)
    work = _ARITHMETIC[node.operator]
    return lambda names: work(left(names), right(names), names.run)


def _compare(compiler: Compiler, node: tree.Compare, bound: frozenset[str]) -> Closure:
    left, right = compiler.compile(node.left, bound), compiler.compile(node.right, bound)
    return _compared(node.comparator, left, right)


def _compared(comparator: str, left: Closure, right: Closure) -> Closure:
    if comparator == "=":
        return lambda names: logic.equal(left(names), right(names), names.run)
    if comparator == "!=":
        return lambda names: logic.negation(logic.equal(left(names), right(names), names.run))
    order = ORDERS[comparator]
    return lambda names: logic.compare(order, left(names), right(names))


def _between(compiler: Compiler, node: tree.Between, bound: frozenset[str]) -> Closure:
    value, low, high = compiler.compile_all((node.value, node.low, node.high), bound)

    def test(names: Names) -> Value:
        tested = value(names)
        above = logic.compare(operator.ge, tested, low(names))
        return logic.conjunction((above, logic.compare(operator.le, tested, high(names))))

    return test


Test = Callable[[Value, Names], bool | None]


def compile_test(compiler: Compiler, node: tree.Node, bound: frozenset[str]) -> Test:
    """One test of ``in`` or of a cell: half a comparison, or a value, list or range to be in."""
    if isinstance(node, tree.CompareTest):
        operand = compiler.compile(node.operand, bound)
        comparator = node.comparator
        if comparator in ORDERS:
            order = ORDERS[comparator]
            return lambda value, names: logic.compare(order, value, operand(names))
        if comparator == "=":
            return lambda value, names: logic.equal(value, operand(names), names.run)
        return lambda value, names: logic.negation(logic.equal(value, operand(names), names.run))
    closure = compiler.compile(node, bound)
    return lambda value, names: logic.is_in(value, closure(names), names.run)


def _in(compiler: Compiler, node: tree.In, bound: frozenset[str]) -> Closure:
    value = compiler.compile(node.value, bound)
    tests = tuple(compile_test(compiler, test, bound) for test in node.tests)
    if len(tests) == 1:
        only = tests[0]
        return lambda names: only(value(names), names)

    def test(names: Names) -> Value:
        tested = value(names)
        return logic.disjunction(one(tested, names) for one in tests)

    return test


def _logic(compiler: Compiler, node: tree.Logic, bound: frozenset[str]) -> Closure:
    parts = compiler.compile_all(node.parts, bound)
    decisive = node.word == "or"

    def test(names: Names) -> Value:
        result: bool | None = not decisive
        for part in parts:
            value = part(names)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                result = None
        return result

    return test


def _if(compiler: Compiler, node: tree.If, bound: frozenset[str]) -> Closure:
    condition, yes, no = compiler.compile_all((node.condition, node.yes, node.no), bound)
    return lambda names: yes(names) if condition(names) is True else no(names)


def _for(compiler: Compiler, node: tree.For, bound: frozenset[str]) -> Closure:
    bindings, inner = _bindings(compiler, node.bindings, bound)
    return iterated(
        bindings, compiler.compile(node.body, inner | {"partial"}), node.at, tree.weight(node.body)
    )


def _quantified(compiler: Compiler, node: tree.Quantified, bound: frozenset[str]) -> Closure:
    bindings, inner = _bindings(compiler, node.bindings, bound)
    condition = compiler.compile(node.condition, inner)
    return quantified(bindings, condition, node.at, tree.weight(node.condition), decisive=node.word == "some")


def _bindings(
    compiler: Compiler, bindings: tuple[tree.Binding, ...], bound: frozenset[str]
) -> tuple[tuple[tuple[str, Closure, Closure | None], ...], frozenset[str]]:
    made = []
    bound |= _LAYERED
    for binding in bindings:
        domain = compiler.compile(binding.domain, bound)
        end = compiler.compile(binding.end, bound) if binding.end is not None else None
        made.append((binding.name, domain, end))
        bound |= {binding.name}
    return tuple(made), bound


def _function(compiler: Compiler, node: tree.FunctionLiteral, bound: frozenset[str]) -> Closure:
    parameters, cost = node.parameters, tree.weight(node.body)
    body = compiler.compile(node.body, bound | {"item", *parameters})

    def make(names: Names) -> Value:
        def call(arguments: list[Value]) -> Value:
            run = names.run
            run.spend(cost)
            run.calls += 1
            if run.calls > MAX_CALLS:
                raise run.problem(errors.TOO_COSTLY)
            result = body(Names(dict(zip(parameters, arguments, strict=True)), names, run))
            run.calls -= 1
            return result

        return Function(parameters, call)

    return make


def _call(compiler: Compiler, node: tree.Call, bound: frozenset[str]) -> Closure:
    arguments = compiler.compile_all(node.arguments, bound)
    function = node.function
    if isinstance(function, tree.Name) and function.name not in bound and is_builtin(function.name):
        return _builtin_call(node, function.name, arguments)
    if isinstance(function, tree.Name) and function.name not in bound:
        raise _refused(node, errors.NO_FUNCTION.fill(name=function.name))
    closure, named = compiler.compile(function, bound), node.named

    def call(names: Names) -> Value:
        made = closure(names)
        if not isinstance(made, Function) or len(made.parameters) != len(arguments):
            return None
        values = [argument(names) for argument in arguments]
        if named:
            given = dict(zip(named, values, strict=True))
            if given.keys() != set(made.parameters):
                return None
            values = [given[parameter] for parameter in made.parameters]
        return made.call(values)

    return call


def _builtin_call(node: tree.Call, name: str, arguments: tuple[Closure, ...]) -> Closure:
    builtin = find_builtin(name, len(arguments), node.named)
    if builtin is None:
        raise _refused(node, errors.BAD_ARGUMENTS.fill(name=name))
    if name in _PATTERN_FUNCTIONS:
        _check_pattern(node)
    if node.named:
        empty = _constant(None)
        order = builtin.order(node.named)
        arguments = tuple(empty if index < 0 else arguments[index] for index in order)
    return _called(builtin, arguments, node.at)


def _called(builtin: Builtin, arguments: tuple[Closure, ...], at: tree.At) -> Closure:
    call = builtin.call

    def closure(names: Names) -> Value:
        run = names.run
        values = [argument(names) for argument in arguments]
        run.at = at
        return call(run, values)

    return closure


def _check_pattern(node: tree.Call) -> None:
    """A pattern written in place is refused here, not when a text meets it."""
    pattern = node.arguments[1]
    if node.named or not isinstance(pattern, tree.Literal) or not isinstance(pattern.value, str):
        return
    try:
        compile_pattern(pattern.value)
    except PatternRefused as refused:
        raise FeelProblem(
            line=pattern.at.line,
            column=pattern.at.column,
            reason=Text(
                errors.BAD_PATTERN.zh.format(reason=refused.reason.zh),
                errors.BAD_PATTERN.en.format(reason=refused.reason.en),
            ),
        ) from None


def _list(compiler: Compiler, node: tree.ListLiteral, bound: frozenset[str]) -> Closure:
    items = compiler.compile_all(node.items, bound)
    if all(isinstance(item, tree.Literal) for item in node.items):
        return _constant(FeelList(item.value for item in node.items if isinstance(item, tree.Literal)))
    return lambda names: FeelList([item(names) for item in items])


def _context(compiler: Compiler, node: tree.ContextLiteral, bound: frozenset[str]) -> Closure:
    entries: list[tuple[str, Closure]] = []
    bound |= _LAYERED
    for key, value in node.entries:
        entries.append((key, compiler.compile(value, bound)))
        bound |= {key}

    def make(names: Names) -> Value:
        made: dict[str, Value] = {}
        inner = Names(made, names, names.run)
        for key, value in entries:
            made[key] = value(inner)
        return made

    return make


def _range(compiler: Compiler, node: tree.RangeLiteral, bound: frozenset[str]) -> Closure:
    start, end = compiler.compile(node.start, bound), compiler.compile(node.end, bound)
    if isinstance(node.start, tree.Literal) and isinstance(node.end, tree.Literal):
        return _constant(Range(node.start.value, node.end.value, node.includes_start, node.includes_end))
    return lambda names: Range(start(names), end(names), node.includes_start, node.includes_end)


def _instance_of(compiler: Compiler, node: tree.InstanceOf, bound: frozenset[str]) -> Closure:
    for name in (node.type_name, node.item):
        if name and name not in KIND_NAMES:
            raise _refused(node, errors.BAD_TYPE.fill(name=name))
    value, kind, item = compiler.compile(node.value, bound), node.type_name, node.item

    def test(names: Names) -> Value:
        tested = value(names)
        if not _is_a(tested, kind):
            return False
        if not item or not isinstance(tested, list):
            return True
        names.run.spend(1 + len(tested) // 8)
        return all(_is_a(adapt(member, names.run), item) for member in tested)

    return test


def _is_a(value: Value, kind: str) -> bool:
    if kind == "Any":
        return value is not None
    return kind_of(value) == ("null" if kind == "Null" else kind)


_BUILDERS: dict[type[tree.Node], Callable[..., Closure]] = {
    tree.Literal: _literal,
    tree.AtLiteral: _at_literal,
    tree.Name: _name,
    tree.Path: _path,
    tree.Filter: _filter,
    tree.Call: _call,
    tree.Negation: _negation,
    tree.Arithmetic: _arithmetic,
    tree.Compare: _compare,
    tree.Between: _between,
    tree.In: _in,
    tree.Logic: _logic,
    tree.If: _if,
    tree.For: _for,
    tree.Quantified: _quantified,
    tree.FunctionLiteral: _function,
    tree.ListLiteral: _list,
    tree.ContextLiteral: _context,
    tree.RangeLiteral: _range,
    tree.InstanceOf: _instance_of,
}
