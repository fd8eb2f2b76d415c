"""Pairs of likely duplicates, found and scored in one statement.

Only entries that agree in every ``must`` field are compared (a block), only blocks in which something is new,
and no block of more than ``MOST_IN_BLOCK`` entries, so that the work grows with what is new and not with the
square of the register.
"""

from __future__ import annotations

from psycopg import sql

from yiwang.registers.care import Compared, Comparison, DuplicateSet
from yiwang.registers.definitions import FieldKind, RegisterDefinition
from yiwang.registers.tables.columns import table

#: A block of n entries has n (n - 1) / 2 pairs; names such as 王伟 with one birthday stay far below.
MOST_IN_BLOCK = 50


def find_pairs(definition: RegisterDefinition, declared: DuplicateSet) -> sql.Composed:
    """Insert new pairs, score known ones anew. Parameters: ``since``, ``at``. Gives ``found, left_out``.

    A pair that was decided stays decided, whatever its score.
    """
    musts = [compared for compared in declared.fields if compared.must]
    keys = sql.SQL(", ").join(sql.Identifier(f"k{place}") for place in range(len(musts)))
    given = sql.SQL(" AND ").join(
        sql.SQL("{} IS NOT NULL").format(_value(definition, compared)) for compared in musts
    )
    return sql.SQL(_FIND).format(
        keys=keys,
        key_values=sql.SQL(", ").join(
            sql.SQL("{} AS {}").format(_value(definition, compared), sql.Identifier(f"k{place}"))
            for place, compared in enumerate(musts)
        ),
        given=given,
        values=sql.SQL(", ").join(
            sql.SQL("{} AS {}").format(_value(definition, compared), sql.Identifier(f"v{place}"))
            for place, compared in enumerate(declared.fields)
        ),
        table=table(definition.code),
        most=sql.Literal(MOST_IN_BLOCK),
        agreements=sql.SQL(", ").join(
            sql.SQL("{} AS {}").format(_agreement(place, compared), sql.Identifier(f"s{place}"))
            for place, compared in enumerate(declared.fields)
        ),
        sum=sql.SQL(" + ").join(
            sql.SQL("{} * coalesce({}, 0)").format(sql.Literal(compared.weight), sql.Identifier(f"s{place}"))
            for place, compared in enumerate(declared.fields)
        ),
        weights=sql.SQL(" + ").join(
            sql.SQL("CASE WHEN {} IS NULL THEN 0 ELSE {} END").format(
                sql.Identifier(f"s{place}"), sql.Literal(compared.weight)
            )
            for place, compared in enumerate(declared.fields)
        ),
        explained=sql.SQL(", ").join(
            sql.SQL("{}, {}").format(sql.Literal(compared.field), sql.Identifier(f"s{place}"))
            for place, compared in enumerate(declared.fields)
        ),
        least=sql.Literal(declared.least),
        register=sql.Literal(definition.code),
        found_by=sql.Literal(declared.key),
    )


_FIND = """
WITH fresh AS (
  SELECT DISTINCT {keys}
  FROM (SELECT {key_values} FROM {table} t WHERE t._known_from >= %(since)s AND {given}) t
), block AS (
  SELECT t.*, count(*) OVER (PARTITION BY {keys}) AS n
  FROM (SELECT t._entry, t._known_from, {key_values}, {values} FROM {table} t WHERE {given}) t
  JOIN fresh USING ({keys})
), pair AS (
  SELECT a._entry AS low, b._entry AS high, {agreements}
  FROM block a JOIN block b USING ({keys})
  WHERE a._entry < b._entry AND a.n <= {most}
    AND (a._known_from >= %(since)s OR b._known_from >= %(since)s)
), scored AS (
  SELECT *, ({sum})::numeric / nullif({weights}, 0) AS score FROM pair
), kept AS (
  INSERT INTO registers_duplicatepair AS p
    (register, low, high, found_by, score, explanation, state, found_at)
  SELECT {register}, low, high, {found_by}, round(score, 3),
    jsonb_strip_nulls(jsonb_build_object({explained})), 'open', %(at)s
  FROM scored WHERE score >= {least}
  ON CONFLICT (register, low, high) DO UPDATE
    SET score = greatest(p.score, excluded.score), state = 'open' WHERE p.state IN ('open', 'gone')
  RETURNING (xmax = 0) AS is_new
)
SELECT (SELECT count(*) FROM kept WHERE is_new), (SELECT count(*) FROM block WHERE n > {most})
"""


def _value(definition: RegisterDefinition, compared: Compared) -> sql.Composed:
    """What is compared of an entry ``t``."""
    column = sql.Identifier("t", compared.field)
    if compared.by is Comparison.BIRTHDAY:
        if definition.get(compared.field).kind is FieldKind.RESIDENT_ID:
            return sql.SQL("substr({}, 7, 8)").format(column)
        return sql.SQL("to_char({}, 'YYYYMMDD')").format(column)
    return sql.SQL("{}").format(column)


def _agreement(place: int, compared: Compared) -> sql.Composed:
    a, b = sql.Identifier("a", f"v{place}"), sql.Identifier("b", f"v{place}")
    if compared.by is Comparison.NEAR:
        return sql.SQL("CASE WHEN {n} < {least} THEN 0 ELSE round({n}, 3) END").format(
            n=sql.SQL("reg.nearness({}, {})").format(a, b), least=sql.Literal(compared.least)
        )
    return sql.SQL("({} = {})::integer::numeric").format(a, b)


def drop_gone(definition: RegisterDefinition) -> sql.Composed:
    """Set aside open pairs of which an entry has ended."""
    return sql.SQL(
        "UPDATE registers_duplicatepair p SET state = 'gone' WHERE p.register = {register} "
        "AND p.state = 'open' AND (SELECT count(*) FROM {table} t WHERE t._entry IN (p.low, p.high)) < 2"
    ).format(register=sql.Literal(definition.code), table=table(definition.code))
