"""What breaks a rule, as SQL over a whole register: every rule in one scan, by source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from yiwang.registers.care import QualityKind, QualityRule
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.tables.columns import bounds, filled, table

#: Numbers of entries that a defect shows.
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """``applies`` and ``keeps`` over an entry ``t``; ``columns`` are made for it in the scan."""

    applies: sql.Composable
    keeps: sql.Composable
    columns: sql.Composable | None = None


def judged(definition: RegisterDefinition, rule: QualityRule, keys: dict[str, str], place: int) -> Judged:
    """The two conditions of a rule. ``keys`` gives the key column of registers referred to."""
    columns = [sql.Identifier("t", name) for name in rule.fields]
    applies = _applies(rule, columns)
    made: sql.Composable | None = None
    match rule.kind:
        case QualityKind.COMPLETE:
            keeps: sql.Composable = sql.SQL("{} IS NOT NULL").format(columns[0])
        case QualityKind.VALID:
            keeps = _valid(definition, rule, columns[0])
        case QualityKind.BIRTHDAY:
            keeps = sql.SQL("substr({}, 7, 8) = to_char({}, 'YYYYMMDD')").format(*columns)
        case QualityKind.SEX:
            # 0 and 9 say nothing of the sex; an odd sequence number is a man's (GB 11643)
            keeps = sql.SQL(
                "{1} NOT IN ('1', '2') OR (mod(ascii(substr({0}, 17, 1)), 2) = 1) = ({1} = '1')"
            ).format(*columns)
        case QualityKind.ORDER:
            keeps = sql.SQL("{} <= {}").format(*columns)
        case QualityKind.REFERS:
            code = definition.leads_to(rule.fields[0])
            keeps = sql.SQL("EXISTS (SELECT FROM {} r WHERE r.{} = {})").format(
                table(code), sql.Identifier(keys[code]), columns[0]
            )
        case QualityKind.FRESH:
            day = columns[0] if columns else sql.SQL("t._known_from")
            keeps = sql.SQL("{} >= (%(at)s::timestamptz - make_interval(days => {}))").format(
                day, sql.Literal(rule.days)
            )
        case QualityKind.UNIQUE:
            name = sql.Identifier(f"_same{place}")
            made = sql.SQL("count(*) OVER (PARTITION BY {}) AS {}").format(sql.SQL(", ").join(columns), name)
            keeps = sql.SQL("t.{} = 1").format(name)
    return Judged(applies, keeps, made)


def _applies(rule: QualityRule, columns: Sequence[sql.Composable]) -> sql.Composable:
    """Nothing in a field is for the rule of completeness alone."""
    conditions: list[sql.Composable] = [sql.SQL("true")]
    if rule.kind is not QualityKind.COMPLETE:
        conditions += [sql.SQL("{} IS NOT NULL").format(column) for column in columns]
    if rule.only_field is not None:
        conditions.append(
            sql.SQL("{}::text IN ({})").format(
                sql.Identifier("t", rule.only_field),
                sql.SQL(", ").join(sql.Literal(value) for value in rule.only_values),
            )
        )
    return sql.SQL(" AND ").join(conditions)


def _valid(definition: RegisterDefinition, rule: QualityRule, column: sql.Composable) -> sql.Composed:
    field = definition.get(rule.fields[0])
    known = RULES[field.kind]
    conditions: list[sql.Composable] = [sql.SQL("true"), *bounds(field, column)]
    if known.column == "text":
        conditions.append(filled(known.check, column, field))
    if rule.pattern is not None:
        conditions.append(sql.SQL("{}::text ~ {}").format(column, sql.Literal(f"^(?:{rule.pattern})$")))
    return sql.SQL(" AND ").join(conditions)


def _scanned(definition: RegisterDefinition, rules: Sequence[Judged]) -> sql.Composed:
    made = [rule.columns for rule in rules if rule.columns is not None]
    if not made:
        return sql.SQL("{} t").format(table(definition.code))
    return sql.SQL("(SELECT t.*, {} FROM {} t) t").format(sql.SQL(", ").join(made), table(definition.code))


def counts(definition: RegisterDefinition, rules: Sequence[Judged]) -> sql.Composed:
    """``source, entries, checked, failed, checked, failed ...``, a row a source. Parameter ``at``."""
    cells = [
        sql.SQL(
            "count(*) FILTER (WHERE {a}), count(*) FILTER (WHERE {a} AND NOT coalesce({k}, false))"
        ).format(a=rule.applies, k=_bracketed(rule.keeps))
        for rule in rules
    ]
    return sql.SQL("SELECT t._source, count(*), {} FROM {} GROUP BY 1 ORDER BY 1").format(
        sql.SQL(", ").join(cells), _scanned(definition, rules)
    )


def sample(definition: RegisterDefinition, rule: Judged) -> sql.Composed:
    """Numbers of the first entries of ``source`` that break a rule. Parameters ``at``, ``source``."""
    return sql.SQL(
        "SELECT t._entry FROM {} WHERE t._source = %(source)s AND {} AND NOT coalesce({}, false) "
        "ORDER BY t._entry LIMIT {}"
    ).format(_scanned(definition, [rule]), rule.applies, _bracketed(rule.keeps), sql.Literal(MOST_SHOWN))


def _bracketed(condition: sql.Composable) -> sql.Composed:
    return sql.SQL("({})").format(condition)
