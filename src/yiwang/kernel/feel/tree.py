"""The syntax tree of FEEL: frozen nodes that know where they stand. Positions don't count in equality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal as Choice

Comparator = Choice["=", "!=", "<", "<=", ">", ">="]
Operator = Choice["+", "-", "*", "/", "**"]


@dataclass(frozen=True, slots=True)
class At:
    """A place in the source; both count from 1."""

    line: int = 1
    column: int = 1


START = At()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Any part of an expression."""

    at: At = field(default=START, compare=False, repr=False)

    def children(self) -> Iterator[Node]:
        """The nodes directly below this one."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """null, true, 12.5 or "text"."""

    value: Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """@"2003-07-01": a date, time, date and time or duration written in place."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable; ``?`` is the input of a unary test."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """source.name; over a list it takes the name of each."""

    source: Node
    name: str

    def children(self) -> Iterator[Node]:
        yield self.source


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """source[condition] or source[index]."""

    source: Node
    condition: Node

    def children(self) -> Iterator[Node]:
        yield self.source
        yield self.condition


@dataclass(frozen=True, slots=True)
class Call(Node):
    """function(arguments); ``named`` holds the parameter names when they are written."""

    function: Node
    arguments: tuple[Node, ...]
    named: tuple[str, ...] = ()

    def children(self) -> Iterator[Node]:
        yield self.function
        yield from self.arguments


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """-operand."""

    operand: Node

    def children(self) -> Iterator[Node]:
        yield self.operand


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """left operator right."""

    operator: Operator
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """left comparator right."""

    comparator: Comparator
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


@dataclass(frozen=True, slots=True)
class Between(Node):
    """value between low and high, both ends included."""

    value: Node
    low: Node
    high: Node

    def children(self) -> Iterator[Node]:
        yield self.value
        yield self.low
        yield self.high


@dataclass(frozen=True, slots=True)
class CompareTest(Node):
    """< 10: half of a comparison, whose left side is the input."""

    comparator: Comparator
    operand: Node

    def children(self) -> Iterator[Node]:
        yield self.operand


@dataclass(frozen=True, slots=True)
class In(Node):
    """value in (tests)."""

    value: Node
    tests: tuple[Node, ...]

    def children(self) -> Iterator[Node]:
        yield self.value
        yield from self.tests


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """Two or more parts under one three-valued ``and`` or ``or``."""

    word: Choice["and", "or"]
    parts: tuple[Node, ...]

    def children(self) -> Iterator[Node]:
        return iter(self.parts)


@dataclass(frozen=True, slots=True)
class If(Node):
    """if condition then yes else no."""

    condition: Node
    yes: Node
    no: Node

    def children(self) -> Iterator[Node]:
        yield self.condition
        yield self.yes
        yield self.no


@dataclass(frozen=True, slots=True)
class Binding(Node):
    """name in domain, or name in domain..end over whole numbers."""

    name: str
    domain: Node
    end: Node | None = None

    def children(self) -> Iterator[Node]:
        yield self.domain
        if self.end is not None:
            yield self.end


@dataclass(frozen=True, slots=True)
class For(Node):
    """for bindings return body."""

    bindings: tuple[Binding, ...]
    body: Node

    def children(self) -> Iterator[Node]:
        yield from self.bindings
        yield self.body


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """some or every bindings satisfies condition."""

    word: Choice["some", "every"]
    bindings: tuple[Binding, ...]
    condition: Node

    def children(self) -> Iterator[Node]:
        yield from self.bindings
        yield self.condition


@dataclass(frozen=True, slots=True)
class FunctionLiteral(Node):
    """function(parameters) body."""

    parameters: tuple[str, ...]
    body: Node

    def children(self) -> Iterator[Node]:
        yield self.body


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """[items]."""

    items: tuple[Node, ...]

    def children(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """{key: value}; later entries see earlier ones."""

    entries: tuple[tuple[str, Node], ...]

    def children(self) -> Iterator[Node]:
        return (value for _, value in self.entries)


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    """[start..end] with either end open or closed."""

    start: Node
    end: Node
    includes_start: bool
    includes_end: bool

    def children(self) -> Iterator[Node]:
        yield self.start
        yield self.end


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """value instance of type; ``item`` is T in list<T>."""

    value: Node
    type_name: str
    item: str = ""

    def children(self) -> Iterator[Node]:
        yield self.value


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """The content of a decision table's input cell; no tests at all means that anything goes."""

    tests: tuple[Node, ...]
    negated: bool = False

    def children(self) -> Iterator[Node]:
        return iter(self.tests)


def weight(node: Node) -> int:
    """What one round through a node costs in steps: one, and one more for each twenty nodes below.

    Without it a loop of the allowed 100,000 rounds over a body of 2,000 nodes would run for a minute.
    """
    count = 0
    pending = [node]
    while pending:
        pending.extend(pending.pop().children())
        count += 1
    return 1 + count // 20


def uses_input(node: Node) -> bool:
    """Whether ``?`` stands anywhere below."""
    pending = [node]
    while pending:
        here = pending.pop()
        if isinstance(here, Name) and here.name == "?":
            return True
        pending.extend(here.children())
    return False
