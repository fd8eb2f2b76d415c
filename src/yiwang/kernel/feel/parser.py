"""Text -> syntax tree. Refuses long and deep text before anything is built from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from yiwang.kernel.feel import errors, tree
from yiwang.kernel.feel.errors import FeelProblem
from yiwang.kernel.feel.grammar import GRAMMAR
from yiwang.kernel.text import Text

MAX_LENGTH = 10_000
# Each level costs one or two Python frames while evaluating, of the interpreter's 1,000.
MAX_DEPTH = 120
MAX_DIGITS = 34  # decimal128, as the standard asks

Branch = Tree[Token]

_PARSER = Lark(
    GRAMMAR,
    parser="lalr",
    start=["expression_start", "unary_start"],
    propagate_positions=True,
    maybe_placeholders=True,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'", "/": "/"}
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)


def parse_expression(text: str) -> tree.Node:
    """Parse one expression; raises FeelProblem."""
    branch = _parsed(text, "expression_start").children[0]
    assert isinstance(branch, Tree)
    return _node(branch)


def parse_unary_tests(text: str) -> tree.UnaryTests:
    """Parse a decision table's input cell; an empty cell tests nothing. Raises FeelProblem."""
    if not text.strip():
        return tree.UnaryTests(())
    branch = _parsed(text, "unary_start")
    if branch.data == "irrelevant":
        return tree.UnaryTests((), at=_at(branch))
    tests = branch.children[-1]
    assert isinstance(tests, Tree)
    return tree.UnaryTests(
        tuple(_test(part) for part in _branches(tests)), negated=branch.data == "negated", at=_at(branch)
    )


def _problem(at: tree.At, reason: Text) -> FeelProblem:
    return FeelProblem(line=at.line, column=at.column, reason=reason)


def _parsed(text: str, start: str) -> Branch:
    if len(text) > MAX_LENGTH:
        raise _problem(tree.START, errors.TOO_LONG.fill(limit=MAX_LENGTH))
    try:
        branch = _PARSER.parse(text, start=start)
    except UnexpectedCharacters as fault:
        at = tree.At(fault.line, fault.column)
        raise _problem(at, errors.UNEXPECTED.fill(token=text[fault.pos_in_stream or 0])) from None
    except UnexpectedToken as fault:
        raise _unexpected(text, fault.token) from None
    except UnexpectedInput as fault:
        raise _problem(tree.At(max(fault.line, 1), max(fault.column, 1)), errors.UNEXPECTED_END) from None
    _refuse_deep(branch)
    return branch


def _unexpected(text: str, token: Token) -> FeelProblem:
    if token.type == "$END":
        line = text.count("\n") + 1
        column = len(text) - (text.rfind("\n") + 1) + 1
        return _problem(tree.At(line, column), errors.UNEXPECTED_END)
    at = tree.At(token.line or 1, token.column or 1)
    return _problem(at, errors.UNEXPECTED.fill(token=str(token)[:40]))


def _refuse_deep(branch: Branch) -> None:
    pending = [(branch, 1)]
    while pending:
        here, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise _problem(_at(here), errors.TOO_DEEP)
        pending.extend((child, depth + 1) for child in _branches(here))


def _at(branch: Branch) -> tree.At:
    meta = branch.meta
    return tree.START if meta.empty else tree.At(meta.line, meta.column)


def _branches(branch: Branch) -> list[Branch]:
    return [child for child in branch.children if isinstance(child, Tree)]


def _token(branch: Branch, index: int = 0) -> str:
    token = branch.children[index]
    assert isinstance(token, Token)
    return str(token)


def _place(branch: Branch, index: int) -> tree.At:
    token = branch.children[index]
    assert isinstance(token, Token)
    return tree.At(token.line or 1, token.column or 1)


def _node(branch: Branch) -> tree.Node:
    return _BUILDERS[str(branch.data)](branch)


def _nodes(branch: Branch) -> tuple[tree.Node, ...]:
    return tuple(_node(child) for child in _branches(branch))


def _test(branch: Branch) -> tree.Node:
    if branch.data == "compare_test":
        return tree.CompareTest(_comparator(_token(branch)), _nodes(branch)[0], at=_at(branch))
    return _node(branch)


def _comparator(text: str) -> tree.Comparator:
    return _COMPARATORS[text]


_COMPARATORS: dict[str, tree.Comparator] = {
    "=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
}  # fmt: skip
_OPERATORS: dict[str, tree.Operator] = {"+": "+", "-": "-", "*": "*", "/": "/", "**": "**"}


def _number(branch: Branch) -> tree.Node:
    digits = _token(branch)
    if len(digits.replace(".", "").lstrip("0")) > MAX_DIGITS or len(digits) > 2 * MAX_DIGITS:
        raise _problem(_at(branch), errors.BAD_NUMBER)
    return tree.Literal(Decimal(digits), at=_at(branch))


def _unescaped(raw: str, at: tree.At) -> str:
    def replaced(match: re.Match[str]) -> str:
        mark = match.group(1)
        if len(mark) > 1:
            code = int(mark[1:], 16)
            if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                return chr(code)
        elif mark in _ESCAPES:
            return _ESCAPES[mark]
        elif mark in "dDwWsSpPiIcC.^$|?*+()[]{}-123456789":
            return match.group(0)  # written for a pattern: "\d+" keeps its backslash
        raise _problem(at, errors.BAD_STRING)

    return _ESCAPE.sub(replaced, raw[1:-1])


def _string(branch: Branch) -> tree.Node:
    return tree.Literal(_unescaped(_token(branch), _at(branch)), at=_at(branch))


def _group(branch: Branch) -> tree.Node:
    tests = _branches(_branches(branch)[0])
    if len(tests) != 1 or tests[0].data == "compare_test":
        raise _problem(_at(branch), errors.BAD_GROUP)
    return _node(tests[0])


def _in_value(branch: Branch) -> tree.Node:
    value, right = _branches(branch)
    parts = _branches(_branches(right)[0]) if right.data == "group" else [right]
    return tree.In(_node(value), tuple(_test(part) for part in parts), at=_at(branch))


def _in_compare(branch: Branch) -> tree.Node:
    value, operand = _nodes(branch)
    test = tree.CompareTest(_comparator(_token(branch, 1)), operand, at=_place(branch, 1))
    return tree.In(value, (test,), at=_at(branch))


def _instance(branch: Branch) -> tree.Node:
    value, kind = _branches(branch)
    item = kind.children[1] if len(kind.children) > 1 else None
    return tree.InstanceOf(
        _node(value),
        " ".join(_token(kind).split()),
        " ".join(_token(item).split()) if isinstance(item, Tree) else "",
        at=_at(kind),
    )


def _arithmetic(branch: Branch) -> tree.Node:
    left, right = _nodes(branch)
    return tree.Arithmetic(_OPERATORS[_token(branch, 1)], left, right, at=_place(branch, 1))


def _compare(branch: Branch) -> tree.Node:
    left, right = _nodes(branch)
    return tree.Compare(_comparator(_token(branch, 1)), left, right, at=_place(branch, 1))


def _bindings(branch: Branch) -> tuple[tree.Binding, ...]:
    return tuple(_binding(part) for part in _branches(branch))


def _binding(branch: Branch) -> tree.Binding:
    domain, *end = _nodes(branch)
    return tree.Binding(_token(branch), domain, end[0] if end else None, at=_at(branch))


def _for(branch: Branch) -> tree.Node:
    bindings, body = _branches(branch)
    return tree.For(_bindings(bindings), _node(body), at=_at(branch))


def _some(branch: Branch) -> tree.Node:
    bindings, condition = _branches(branch)
    return tree.Quantified("some", _bindings(bindings), _node(condition), at=_at(branch))


def _every(branch: Branch) -> tree.Node:
    bindings, condition = _branches(branch)
    return tree.Quantified("every", _bindings(bindings), _node(condition), at=_at(branch))


def _function(branch: Branch) -> tree.Node:
    *parameters, body = _branches(branch)
    names = tuple(_token(part) for part in _branches(parameters[0])) if parameters else ()
    _refuse_doubles(names, _at(branch))
    return tree.FunctionLiteral(names, _node(body), at=_at(branch))


def _refuse_doubles(names: tuple[str, ...], at: tree.At) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise _problem(at, errors.DUPLICATE_KEY.fill(name=name))


def _call(branch: Branch) -> tree.Node:
    function, *rest = _branches(branch)
    return _called(_node(function), rest, _at(branch))


def _call_spaced(branch: Branch) -> tree.Node:
    name = tree.Name(" ".join(_token(branch).split()), at=_at(branch))
    return _called(name, _branches(branch), _at(branch))


def _called(function: tree.Node, rest: list[Branch], at: tree.At) -> tree.Node:
    if not rest:
        return tree.Call(function, (), at=at)
    arguments = rest[0]
    if arguments.data == "positional":
        return tree.Call(function, _nodes(arguments), at=at)
    named = _branches(arguments)
    names = tuple(" ".join(_token(part).split()) for part in named)
    _refuse_doubles(names, at)
    return tree.Call(function, tuple(_nodes(part)[0] for part in named), names, at=at)


def _context(branch: Branch) -> tree.Node:
    entries = []
    for part in _branches(branch):
        raw = _token(part)
        key = _unescaped(raw, _at(part)) if raw.startswith('"') else " ".join(raw.split())
        entries.append((key, _nodes(part)[0]))
    _refuse_doubles(tuple(key for key, _ in entries), _at(branch))
    return tree.ContextLiteral(tuple(entries), at=_at(branch))


def _range(*, includes_start: bool) -> Callable[[Branch], tree.Node]:
    def build(branch: Branch) -> tree.Node:
        start, end, close = _branches(branch)
        return tree.RangeLiteral(
            _node(start), _node(end), includes_start, close.data == "closed", at=_at(branch)
        )

    return build


def _if(branch: Branch) -> tree.Node:
    condition, yes, no = _nodes(branch)
    return tree.If(condition, yes, no, at=_at(branch))


def _between(branch: Branch) -> tree.Node:
    value, low, high = _nodes(branch)
    return tree.Between(value, low, high, at=_at(branch))


def _path(branch: Branch) -> tree.Node:
    return tree.Path(_nodes(branch)[0], _token(branch, 1), at=_place(branch, 1))


def _filter(branch: Branch) -> tree.Node:
    source, condition = _nodes(branch)
    return tree.Filter(source, condition, at=_at(branch))


def _at_literal(branch: Branch) -> tree.Node:
    return tree.AtLiteral(_unescaped(_token(branch), _at(branch)), at=_at(branch))


_BUILDERS: dict[str, Callable[[Branch], tree.Node]] = {
    "number": _number,
    "string": _string,
    "null": lambda branch: tree.Literal(None, at=_at(branch)),
    "true": lambda branch: tree.Literal(True, at=_at(branch)),  # noqa: FBT003 - the value itself
    "false": lambda branch: tree.Literal(False, at=_at(branch)),  # noqa: FBT003 - the value itself
    "at_literal": _at_literal,
    "name": lambda branch: tree.Name(_token(branch), at=_at(branch)),
    "input": lambda branch: tree.Name("?", at=_at(branch)),
    "group": _group,
    "empty_list": lambda branch: tree.ListLiteral((), at=_at(branch)),
    "list": lambda branch: tree.ListLiteral(_nodes(branch), at=_at(branch)),
    "range": _range(includes_start=False),
    "range_open": _range(includes_start=False),
    "range_closed": _range(includes_start=True),
    "context": _context,
    "path": _path,
    "filter": _filter,
    "call": _call,
    "call_spaced": _call_spaced,
    "negation": lambda branch: tree.Negation(_nodes(branch)[0], at=_at(branch)),
    "arithmetic": _arithmetic,
    "compare": _compare,
    "between": _between,
    "in_value": _in_value,
    "in_compare": _in_compare,
    "instance": _instance,
    "either": lambda branch: tree.Logic("or", _nodes(branch), at=_at(branch)),
    "both": lambda branch: tree.Logic("and", _nodes(branch), at=_at(branch)),
    "if_then_else": _if,
    "for_return": _for,
    "some": _some,
    "every": _every,
    "function_literal": _function,
}
