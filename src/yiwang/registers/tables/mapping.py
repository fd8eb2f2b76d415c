"""What maps draw, kept beside the rows: a generated column in Web Mercator (EPSG:3857) with an index.

It is a value of the same row, so a version never differs from its drawing, in the history neither, and a
write costs one more transformation but no further statement. Named by the field's id: it outlives a
renaming, and goes with its column.
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


def keep_mapped(code: str, field: FieldDefinition) -> None:
    """See that the column and its indexes are there; entries that are there already get theirs now."""
    column, named = sql.Identifier(field.name), sql.Identifier(map_column(field))
    for place, index in ((table(code), f"{code}_m{field.id}"), (history(code), f"{code}_hm{field.id}")):
        run(
            sql.SQL(
                "ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} geometry(Geometry, 3857) GENERATED ALWAYS AS "
                "(CASE WHEN ST_YMax({}) < {} AND ST_YMin({}) > -{} THEN ST_Transform({}, 3857) END) STORED"
            ).format(place, named, column, _END, column, _END, column)
        )
        run(
            sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} USING gist ({})").format(
                sql.Identifier(index), place, named
            )
        )


def is_mapped(code: str, field: FieldDefinition) -> bool:
    """Whether the column is there."""
    found = row(
        sql.SQL(
            "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass({}) AND attname = {} "
            "AND NOT attisdropped)"
        ).format(sql.Literal(table(code).as_string()), sql.Literal(map_column(field)))
    )
    return found == (True,)
