"""Declared questions about fields of registers, as conditions of SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from psycopg import sql

from yiwang.exchange.contracts import Question, Test
from yiwang.kernel.text import Text
from yiwang.registers.definitions import NUMERIC, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.rules.days import civil_day
from yiwang.registers.tables.sealing import plain

_FITTING: Mapping[Test, frozenset[FieldKind]] = {
    Test.YEARS_AT_LEAST: frozenset({FieldKind.DATE}),
    Test.ON_OR_BEFORE: frozenset({FieldKind.DATE}),
    Test.ON_OR_AFTER: frozenset({FieldKind.DATE}),
    Test.AT_LEAST: NUMERIC,
    Test.AT_MOST: NUMERIC,
    Test.ONE_OF: frozenset({FieldKind.CODE, FieldKind.DIVISION}),
}
_COMPARED = {
    Test.ON_OR_BEFORE: "{} <= {}::date",
    Test.ON_OR_AFTER: "{} >= {}::date",
    Test.AT_LEAST: "{} >= {}::numeric",
    Test.AT_MOST: "{} <= {}::numeric",
}


def misfit(question: Question, field: FieldDefinition) -> Text | None:
    """Why a field cannot be asked so; None if it can."""
    if field.kind not in _FITTING[question.test]:
        return Text(
            f"{field.kind.value}类字段不能这样提问", f"a field of kind {field.kind.value} is not asked so"
        )
    strange = sorted(set(question.bounds) - {code.code for code in field.codes})
    if field.kind is FieldKind.CODE and strange:
        return Text(f"没有代码{strange[0]}", f"there is no code {strange[0]}")
    return None


def holds(definition: RegisterDefinition, question: Question, *, at: datetime) -> sql.Composed:
    """Whether the answer is yes; null where the entry has no value."""
    column = plain(definition, question.field)
    if question.test is Test.ONE_OF:
        within = definition.get(question.field).kind is FieldKind.DIVISION
        is_one = "starts_with({}, {})" if within else "{}::text = {}"
        parts = [sql.SQL(is_one).format(column, sql.Literal(code)) for code in question.bounds]
        return sql.SQL("({})").format(sql.SQL(" OR ").join(parts))
    (bound,) = question.bounds
    if question.test is Test.YEARS_AT_LEAST:
        # the day itself is not counted and the anniversary is the last of the years, so they are full on the
        # day after it (Civil Code, articles 201 and 202)
        return sql.SQL("{} < ({}::date - make_interval(years => {}))::date").format(
            column, sql.Literal(civil_day(at).isoformat()), sql.Literal(int(bound))
        )
    return sql.SQL(_COMPARED[question.test]).format(column, sql.Literal(bound))
