"""A decision model as read: frozen, compiled, each part with its line in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from yiwang.kernel.feel import Expression, UnaryTests
from yiwang.kernel.text import Text


class HitPolicy(StrEnum):
    """Which of the rules that hit give the answer; the values are those of DMN's XML."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    FIRST = "FIRST"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(StrEnum):
    """What C+, C#, C< and C> make of the answers of a collecting table with one output."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One column of conditions. ``kind`` is the name of a FEEL type, empty when anything goes."""

    label: str
    expression: Expression
    kind: str
    allowed: UnaryTests | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One column of answers; with PRIORITY and OUTPUT ORDER the allowed values stand in order of rank."""

    name: str
    label: str
    kind: str
    allowed: UnaryTests | None
    default: Expression | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One condition of a rule."""

    tests: UnaryTests
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: a cell for each input, an expression for each output.

    ``description`` is the file's, its English that of ``yw:descriptionEn``; what isn't given is empty.
    """

    id: str
    number: int
    description: Text
    cells: tuple[Cell, ...]
    answers: tuple[Expression, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    """A table of rules under one hit policy."""

    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralExpression:
    """A decision that is one expression."""

    expression: Expression
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One question, the decisions and input data it needs, and how it is answered."""

    id: str
    name: str
    #: Names under which other decisions' expressions see its answer.
    variables: tuple[str, ...]
    needs_decisions: tuple[str, ...]
    needs_inputs: tuple[str, ...]
    logic: DecisionTable | LiteralExpression
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionModel:
    """All decisions of one file, each after those it needs."""

    id: str
    name: str
    file: str
    inputs: tuple[str, ...]
    decisions: dict[str, Decision] = field(default_factory=dict)
