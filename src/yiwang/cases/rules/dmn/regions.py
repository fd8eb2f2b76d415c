"""What a cell accepts, as a set one can reason about: intervals of an ordered type, or a choice of values.

A cell that calls functions or reads names is not decidable and has no region; null is left aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from yiwang.kernel.feel import UnaryTests, compile_expression, print_expression, tree

Point: TypeAlias = Decimal | date
#: A place on the line: the value, and -1 just below it, 0 at it, 1 just above it.
Edge: TypeAlias = tuple[Point, int]
Sample: TypeAlias = Edge | str | bool


@dataclass(frozen=True, slots=True)
class Span:
    """All places from one edge to another, both included; None is without end."""

    low: Edge | None
    high: Edge | None

    def meets(self, other: Span) -> bool:
        """Whether the two have a place in common."""
        return _not_after(self.low, other.high) and _not_after(other.low, self.high)


@dataclass(frozen=True, slots=True)
class Choice:
    """These texts or booleans, or (``excluded``) all but these."""

    values: frozenset[str | bool]
    excluded: bool = False

    def meets(self, other: Choice) -> bool:
        """Whether the two have a value in common; all-but never run out of texts."""
        if self.excluded and other.excluded:
            return True
        if self.excluded or other.excluded:
            chosen, without = (other, self) if self.excluded else (self, other)
            return bool(chosen.values - without.values)
        return bool(self.values & other.values)


@dataclass(frozen=True, slots=True)
class Region:
    """What one cell accepts."""

    spans: tuple[Span, ...] = ()
    choice: Choice | None = None
    everything: bool = False

    def meets(self, other: Region) -> bool:
        """Whether a value satisfies both cells."""
        if self.everything or other.everything:
            return True
        if self.choice is not None and other.choice is not None:
            return self.choice.meets(other.choice)
        return any(one.meets(two) for one in self.spans for two in other.spans)

    def holds(self, value: Sample) -> bool:
        """Whether the cell accepts this place or value."""
        if self.everything:
            return True
        if isinstance(value, tuple):
            return any(_not_after(span.low, value) and _not_after(value, span.high) for span in self.spans)
        return self.choice is not None and (value in self.choice.values) is not self.choice.excluded


EVERYTHING = Region(everything=True)


def _not_after(one: Edge | None, other: Edge | None) -> bool:
    return one is None or other is None or one <= other


def region_of(tests: UnaryTests, kind: str) -> Region | None:
    """The region of a cell in a column of this type, or None where it cannot be told."""
    if tests.accepts_all:
        return EVERYTHING
    parts = [_part(test, kind) for test in tests.tree.tests]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if all(part.choice is not None for part in known):
        chosen = frozenset(value for part in known if part.choice for value in part.choice.values)
        return Region(choice=_excluded(chosen, kind) if tests.tree.negated else Choice(chosen))
    if tests.tree.negated or any(part.choice is not None for part in known):
        return None
    return Region(spans=tuple(span for part in known for span in part.spans))


def _excluded(values: frozenset[str | bool], kind: str) -> Choice:
    if kind == "boolean":
        return Choice(frozenset({True, False}) - values)
    return Choice(values, excluded=True)


def _part(test: tree.Node, kind: str) -> Region | None:
    match test:
        case tree.CompareTest():
            return _compared(test, kind)
        case tree.RangeLiteral():
            low, high = _point(test.start, kind), _point(test.end, kind)
            if low is None or high is None:
                return None
            start = _edge(low, 0 if test.includes_start else 1)
            return Region((Span(start, _edge(high, 0 if test.includes_end else -1)),))
        case tree.Literal(value=str() | bool() as value):
            return Region(choice=Choice(frozenset({value}))) if kind in ("", "string", "boolean") else None
        case _:
            point = _point(test, kind)
            return None if point is None else Region((Span((point, 0), (point, 0)),))


def _edge(point: Point, side: int) -> Edge:
    """Days are whole: just above the first of July is the second."""
    if isinstance(point, date) and date.min < point < date.max:
        return point + timedelta(days=side), 0
    return point, side


def _compared(test: tree.CompareTest, kind: str) -> Region | None:
    point = _point(test.operand, kind)
    if point is None:
        return None
    spans = {
        "<": (Span(None, _edge(point, -1)),),
        "<=": (Span(None, (point, 0)),),
        ">": (Span(_edge(point, 1), None),),
        ">=": (Span((point, 0), None),),
        "=": (Span((point, 0), (point, 0)),),
        "!=": (Span(None, _edge(point, -1)), Span(_edge(point, 1), None)),
    }
    return Region(spans[test.comparator])


def _point(node: tree.Node, kind: str) -> Point | None:
    """The number or date that a cell names outright."""
    literal = isinstance(node, tree.Literal | tree.AtLiteral)
    negative = isinstance(node, tree.Negation) and isinstance(node.operand, tree.Literal)
    called = (
        isinstance(node, tree.Call)
        and isinstance(node.function, tree.Name)
        and node.function.name == "date"
        and all(isinstance(argument, tree.Literal) for argument in node.arguments)
    )
    if not (literal or negative or called):
        return None
    value = compile_expression(print_expression(node)).evaluate({})
    if kind == "date":
        return value if type(value) is date else None
    return value if isinstance(value, Decimal) and kind in ("", "number") else None


def samples(regions: Iterable[Region], allowed: Region | None, kind: str) -> list[Sample]:
    """Values of which one stands for every other in the ways that these cells tell values apart."""
    given = list(regions)
    if kind == "boolean":
        return [True, False]
    if any(region.choice is not None for region in given):
        if allowed is not None and allowed.choice is not None and not allowed.choice.excluded:
            return sorted(allowed.choice.values, key=str)
        named = {value for region in given if region.choice for value in region.choice.values}
        return sorted(named, key=str)  # other texts can't be known without a list of allowed values
    points = {
        edge[0]
        for region in given
        for span in region.spans
        for edge in (span.low, span.high)
        if edge is not None
    }
    places: list[Sample] = sorted({_edge(point, side) for point in points for side in (-1, 0, 1)})
    if allowed is None or allowed.everything:
        return places
    return [place for place in places if allowed.holds(place)]


def shown(value: Sample) -> str:
    """A sample in words."""
    if isinstance(value, tuple):
        point, side = value
        return f"{ {-1: 'just below ', 0: '', 1: 'just above '}[side] }{point}"
    if isinstance(value, bool):
        return str(value).lower()
    return f"“{value}”"
