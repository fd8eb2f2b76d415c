"""Syntax tree -> text that parses to the same tree, with no more brackets than are needed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from yiwang.kernel.feel import tree
from yiwang.kernel.feel.written import key, quote, write_number

# How tightly a construct binds; an operand that binds looser than its place needs brackets.
_LOOSEST, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _UNARY, _POSTFIX = range(8)
_BINDING = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}


def print_expression(node: tree.Node) -> str:
    """The text of an expression."""
    return _PRINTERS[type(node)](node)


def print_unary_tests(node: tree.UnaryTests) -> str:
    """The text of an input cell."""
    if not node.tests:
        return "-"
    tests = ", ".join(_test(test) for test in node.tests)
    return f"not({tests})" if node.negated else tests


def _binds(node: tree.Node) -> int:
    match node:
        case tree.If() | tree.For() | tree.Quantified() | tree.FunctionLiteral():
            return _LOOSEST
        case tree.Logic():
            return _AND if node.word == "and" else _LOOSEST
        case tree.Compare() | tree.Between() | tree.In() | tree.InstanceOf():
            return _COMPARISON
        case tree.Arithmetic():
            return _BINDING[node.operator]
        case tree.Negation():
            return _UNARY
        case _:
            return _POSTFIX


def _within(node: tree.Node, place: int) -> str:
    text = print_expression(node)
    return text if _binds(node) >= place else f"({text})"


def _literal(node: tree.Literal) -> str:
    match node.value:
        case None:
            return "null"
        case bool():
            return "true" if node.value else "false"
        case Decimal():
            return write_number(node.value)
        case _:
            return quote(node.value)


def _call(node: tree.Call) -> str:
    if node.named:
        pairs = zip(node.named, node.arguments, strict=True)
        arguments = ", ".join(f"{name}: {print_expression(value)}" for name, value in pairs)
    else:
        arguments = ", ".join(print_expression(argument) for argument in node.arguments)
    return f"{_within(node.function, _POSTFIX)}({arguments})"


def _arithmetic(node: tree.Arithmetic) -> str:
    place = _BINDING[node.operator]
    return f"{_within(node.left, place)} {node.operator} {_within(node.right, place + 1)}"


def _compare(node: tree.Compare) -> str:
    return f"{_within(node.left, _SUM)} {node.comparator} {_within(node.right, _SUM)}"


def _between(node: tree.Between) -> str:
    low, high = _within(node.low, _SUM), _within(node.high, _SUM)
    return f"{_within(node.value, _SUM)} between {low} and {high}"


def _test(node: tree.Node) -> str:
    if isinstance(node, tree.CompareTest):
        return f"{node.comparator} {_within(node.operand, _SUM)}"
    return print_expression(node)


def _in(node: tree.In) -> str:
    value = _within(node.value, _SUM)
    only = node.tests[0]
    if len(node.tests) == 1 and not isinstance(only, tree.CompareTest):
        return f"{value} in {_within(only, _SUM)}"
    return f"{value} in ({', '.join(_test(test) for test in node.tests)})"


def _logic(node: tree.Logic) -> str:
    place = _COMPARISON if node.word == "and" else _AND
    return f" {node.word} ".join(_within(part, place) for part in node.parts)


def _if(node: tree.If) -> str:
    condition, yes, no = (print_expression(part) for part in node.children())
    return f"if {condition} then {yes} else {no}"


def _bindings(bindings: tuple[tree.Binding, ...]) -> str:
    return ", ".join(
        f"{binding.name} in {print_expression(binding.domain)}"
        + (f"..{print_expression(binding.end)}" if binding.end is not None else "")
        for binding in bindings
    )


def _range(node: tree.RangeLiteral) -> str:
    opening, closing = "[" if node.includes_start else "(", "]" if node.includes_end else ")"
    return f"{opening}{print_expression(node.start)}..{print_expression(node.end)}{closing}"


def _context(node: tree.ContextLiteral) -> str:
    return f"{{{', '.join(f'{key(name)}: {print_expression(value)}' for name, value in node.entries)}}}"


def _instance_of(node: tree.InstanceOf) -> str:
    kind = f"{node.type_name}<{node.item}>" if node.item else node.type_name
    return f"{_within(node.value, _SUM)} instance of {kind}"


_PRINTERS: dict[type[tree.Node], Callable[..., str]] = {
    tree.Literal: _literal,
    tree.AtLiteral: lambda node: f"@{quote(node.text)}",
    tree.Name: lambda node: node.name,
    tree.Path: lambda node: f"{_within(node.source, _POSTFIX)}.{node.name}",
    tree.Filter: lambda node: f"{_within(node.source, _POSTFIX)}[{print_expression(node.condition)}]",
    tree.Call: _call,
    tree.Negation: lambda node: f"-{_within(node.operand, _UNARY)}",
    tree.Arithmetic: _arithmetic,
    tree.Compare: _compare,
    tree.Between: _between,
    tree.CompareTest: _test,
    tree.In: _in,
    tree.Logic: _logic,
    tree.If: _if,
    tree.For: lambda node: f"for {_bindings(node.bindings)} return {print_expression(node.body)}",
    tree.Quantified: lambda node: (
        f"{node.word} {_bindings(node.bindings)} satisfies {print_expression(node.condition)}"
    ),
    tree.FunctionLiteral: lambda node: (
        f"function({', '.join(node.parameters)}) {print_expression(node.body)}"
    ),
    tree.ListLiteral: lambda node: f"[{', '.join(print_expression(item) for item in node.items)}]",
    tree.ContextLiteral: _context,
    tree.RangeLiteral: _range,
    tree.InstanceOf: _instance_of,
}
