"""What maps draw, kept beside the rows: a generated column in Web Mercator (EPSG:3857) with an index.

It is a value of the same row, so a version never differs from its drawing, in the history neither, and a
write costs one more transformation but no further statement. Named by the field's id: it outlives a
renaming, and goes with its column. Triggers note where a statement changed something that is drawn
(``registers_drawnchange``), once a statement: whoever keeps drawings learns what to draw anew.
"""

from __future__ import annotations

from psycopg import sql

from yiwang.registers.definitions import FieldDefinition
from yiwang.registers.tables.columns import history, table
from yiwang.registers.tables.running import row, run

#: Beyond this latitude there are no tiles: Mercator's square ends (and the poles lie at infinity).
_END = sql.Literal(85.06)


def map_column(field: FieldDefinition) -> str:
    """Name of the column with what is drawn of a field."""
    return f"_map{field.id}"


def transformed(column: sql.Identifier) -> sql.Composed:
    """A shape as it is drawn."""
    return sql.SQL(
        "CASE WHEN ST_YMax({c}) < {end} AND ST_YMin({c}) > -{end} THEN ST_Transform({c}, 3857) END"
    ).format(c=column, end=_END)


def keep_mapped(code: str, field: FieldDefinition) -> None:
    """See that the column and its indexes are there; entries that are there already get theirs now."""
    column, named = sql.Identifier(field.name), sql.Identifier(map_column(field))
    for place, index in ((table(code), f"{code}_m{field.id}"), (history(code), f"{code}_hm{field.id}")):
        run(
            sql.SQL(
                "ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} geometry(Geometry, 3857) GENERATED ALWAYS AS "
                "({}) STORED"
            ).format(place, named, transformed(column))
        )
        run(
            sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} USING gist ({})").format(
                sql.Identifier(index), place, named
            )
        )
    _note_changes(code, field)


#: Which events are noted, and what a statement's trigger sees of them.
_NOTED = (
    ("INSERT", "REFERENCING NEW TABLE AS came"),
    ("UPDATE", "REFERENCING OLD TABLE AS gone NEW TABLE AS came"),
    ("DELETE", "REFERENCING OLD TABLE AS gone"),
    ("TRUNCATE", ""),
)


def _note_changes(code: str, field: FieldDefinition) -> None:
    for event, seen in _NOTED:
        run(
            sql.SQL(
                "CREATE OR REPLACE TRIGGER {} AFTER {} ON {} {} FOR EACH STATEMENT "
                "EXECUTE FUNCTION registers_note_drawn({}, {})"
            ).format(
                _trigger(field, event),
                sql.SQL(event),
                table(code),
                sql.SQL(seen),
                sql.Literal(code),
                sql.Literal(str(field.id)),
            )
        )


def forget_mapped(code: str, field: FieldDefinition) -> None:
    """Note nothing of a field that goes."""
    for event, _ in _NOTED:
        run(sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(_trigger(field, event), table(code)))


def _trigger(field: FieldDefinition, event: str) -> sql.Identifier:
    return sql.Identifier(f"drawn_{field.id}_{event.lower()}")


def is_mapped(code: str, field: FieldDefinition) -> bool:
    """Whether the column is there."""
    found = row(
        sql.SQL(
            "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass({}) AND attname = {} "
            "AND NOT attisdropped)"
        ).format(sql.Literal(table(code).as_string()), sql.Literal(map_column(field)))
    )
    return found == (True,)
