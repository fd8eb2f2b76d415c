"""Shapes of a stage looked over as a whole: crossing borders repaired, unlikely places noted.

A note refuses nothing: ``line, field, reason, said`` stand in a table beside the faults.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from yiwang.registers.borders import BORDERS, DISTRICTS
from yiwang.registers.definitions import SHAPES, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.rules import reasons
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import rows, run
from yiwang.registers.tables.staged import came, typed

_REPAIR = sql.SQL(
    """
    WITH broken AS MATERIALIZED (
      SELECT s.line, {cell} AS cell FROM {stage} s WHERE reg.is_area({cell}) AND NOT reg.is_sound({cell})
    ), repaired AS MATERIALIZED (
      SELECT line, cell, reg.repaired(cell) AS whole FROM broken
    ), noted AS (
      INSERT INTO {notes} SELECT line, {name}, {reason},
        round(abs(100 * (ST_Area(whole::geometry) / nullif(ST_Area(reg.shape(cell)), 0) - 1))::numeric, 2)
      FROM repaired WHERE whole IS NOT NULL
    )
    UPDATE {stage} t SET {column} = r.whole FROM repaired r WHERE r.line = t.line AND r.whole IS NOT NULL
    """
)
#: Cut into small pieces, so that a point is compared with some corners and not with those of a district.
_PIECES = sql.SQL(
    "CREATE TEMP TABLE {pieces} ON COMMIT DROP AS "
    "SELECT left(b.{division}, {digits}) AS code, ST_Subdivide(b.{border}, 128) AS piece FROM {table} b"
)
#: The point is made once a row: read from text, it costs more than all its comparisons with pieces.
_UNLIKELY = sql.SQL(
    """
    WITH placed AS MATERIALIZED (
      SELECT s.line, {place} AS said, ST_PointOnSurface({shape}) AS point
      FROM {stage} s WHERE NOT EXISTS (SELECT FROM {faults} f WHERE f.line = s.line)
    )
    INSERT INTO {notes}
    SELECT line, {name}, CASE WHEN found IS NULL THEN {outside} ELSE {elsewhere} END, found
    FROM (
      SELECT line, said, (
        SELECT string_agg(DISTINCT p.code, ',') FROM {pieces} p WHERE ST_Intersects(p.piece, l.point)
      ) AS found
      FROM placed l WHERE point IS NOT NULL
    ) l WHERE found IS NULL OR (length(said) >= {digits} AND said !~ '0000$|00$'
      AND position(left(said, {digits}) IN found) = 0)
    """
)


def repair(fields: Sequence[FieldDefinition], stage: sql.Identifier, notes: sql.Identifier) -> int:
    """Make borders whole that cross themselves; gives how many. What can't be made whole stays a fault."""
    done = 0
    for field in fields:
        if field.kind is FieldKind.AREA:
            done += run(
                _REPAIR.format(
                    cell=came(field),
                    column=sql.Identifier(field.name),
                    name=sql.Literal(field.name),
                    reason=sql.Literal(reasons.REPAIRED),
                    stage=stage,
                    notes=notes,
                )
            )
    return done


def note_unlikely(
    definition: RegisterDefinition,
    fields: Sequence[FieldDefinition],
    stage: sql.Identifier,
    faults: sql.Identifier,
    notes: sql.Identifier,
) -> None:
    """Note good rows whose shape lies outside the city, or in another district than the row says."""
    shapes = [field for field in fields if field.kind in SHAPES]
    if not shapes or DISTRICTS not in BORDERS:
        return
    borders = BORDERS.get(DISTRICTS)
    if definition.code == borders.register or not is_there(borders.register):
        return
    pieces = sql.Identifier("pieces_of_districts")
    digits = sql.Literal(borders.digits)
    run(sql.SQL("DROP TABLE IF EXISTS {}").format(pieces))
    run(
        _PIECES.format(
            pieces=pieces,
            division=sql.Identifier(borders.division),
            border=sql.Identifier(borders.border),
            digits=digits,
            table=table(borders.register),
        )
    )
    run(sql.SQL("CREATE INDEX ON {} USING gist (piece)").format(pieces))
    ((known,),) = rows(sql.SQL("SELECT count(*) FROM {}").format(pieces))
    district = next((field for field in fields if field.name == definition.district), None)
    for field in shapes if known else ():
        run(
            _UNLIKELY.format(
                notes=notes,
                name=sql.Literal(field.name),
                outside=sql.Literal(reasons.OUTSIDE),
                elsewhere=sql.Literal(reasons.ELSEWHERE),
                place=came(district) if district is not None else sql.SQL("''"),
                pieces=pieces,
                shape=typed(field),
                stage=stage,
                faults=faults,
                digits=digits,
            )
        )
    run(sql.SQL("DROP TABLE {}").format(pieces))


def is_there(register: str) -> bool:
    """Whether a register has been made."""
    name = table(register).as_string()
    ((found,),) = rows(sql.SQL("SELECT to_regclass({}) IS NOT NULL").format(sql.Literal(name)))
    return bool(found)
