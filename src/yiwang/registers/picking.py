"""Entries of open registers as forms pick them: only the part that everybody may read.

What is picked is written into an application, which its applicant, agents and several offices read; so no
reader's own rights widen what is given here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.registers.contracts import RegisterNotFound, Seen
from yiwang.registers.definitions import NUMERIC, SHAPES, TEXTUAL, FieldDefinition, RegisterDefinition
from yiwang.registers.queries.change_grounds import worded
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.rules.field_kinds import key_as_kept
from yiwang.registers.rules.reading import view_of_public
from yiwang.registers.tables import shown
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import Parameter, rows_within

MOST_LISTED = 20
#: Areas that lie over one entry; more would tell nobody more.
_MOST_CROSSING = 20
_MOST_MILLISECONDS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """An entry as everybody may read it: ``values`` and ``words`` of its public fields but shapes.

    ``place`` is longitude and latitude of a point within it, where it has a public shape; ``shapes`` are all
    of them by field, as GeoJSON in CGCS2000.
    """

    entry: int
    version: int
    key: str
    values: Mapping[str, Json]
    words: Mapping[str, Text]
    place: tuple[float, float] | None
    shapes: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """An area of another register over one that is picked: its fields in words, and how much in m²."""

    words: Mapping[str, Text]
    overlap: float


def find_picked(register: str, key: str) -> Picked | None:
    """Give the present entry of a key, typed in small letters too; None where there is none to pick."""
    definition = _open(register)
    if definition is None or not key.strip():
        return None
    wanted = key_as_kept(definition.key_field, key)
    same = sql.SQL("t.{key} IN (%(wanted)s, %(capital)s)").format(key=sql.Identifier(definition.key))
    found = _rows(definition, same, {"wanted": wanted, "capital": wanted.upper()}, most=2)
    return next((each for each in found if each.key == wanted), found[0] if found else None)


def list_picked(
    register: str, *, text: str = "", at: tuple[float, float] | None = None
) -> tuple[Picked, ...]:
    """Entries whose key or a searchable text begins with a text, or that lie at a longitude and latitude.

    Raises:
        TimeLimitReached: the database took too long.
    """
    definition = _open(register)
    if definition is None:
        return ()
    if at is not None:
        return _at(definition, at)
    begun = text.strip().replace("\x00", "").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    view = view_of_public(definition)
    columns = [
        field.name
        for field in definition.fields
        if view[field.name] is Seen.CLEAR
        and (field.name == definition.key or (field.searchable and field.kind in TEXTUAL))
    ]
    begins = sql.SQL(" OR ").join(
        sql.SQL("t.{c} LIKE %(given)s OR t.{c} LIKE %(capital)s").format(c=sql.Identifier(name))
        for name in columns
    )
    return _rows(definition, begins, {"given": f"{begun}%", "capital": f"{begun.upper()}%"}, most=MOST_LISTED)


def find_beside(register: str, field: str, keys: Sequence[str], *, latest: str) -> dict[str, Picked]:
    """The entry of an open register whose field holds each key, of several the one greatest in ``latest``.

    Nothing where the register is not open, or one of the two fields is not public.

    Raises:
        TimeLimitReached: the database took too long.
    """
    definition = _open(register)
    view = view_of_public(definition) if definition is not None else {}
    if definition is None or not keys or {view.get(field), view.get(latest)} != {Seen.CLEAR}:
        return {}
    newest = sql.SQL(
        "t._entry IN (SELECT DISTINCT ON (o.{field}) o._entry FROM {table} o "
        "WHERE o.{field} IN (SELECT json_array_elements_text(%(keys)s::json)) "
        "ORDER BY o.{field}, o.{latest} DESC NULLS LAST, o._entry DESC)"
    ).format(field=sql.Identifier(field), latest=sql.Identifier(latest), table=table(definition.code))
    found = _rows(definition, newest, {"keys": json.dumps([*keys])}, most=len(keys))
    return {str(each.values[field]): each for each in found}


def crossings(
    register: str, entries: Sequence[int], other: str, *, least: float
) -> dict[int, tuple[Crossing, ...]]:
    """What of another open register lies over entries, by entry, the largest first; ``least`` in m².

    Nothing where either register is not open, or its shape not public.

    Raises:
        TimeLimitReached: the database took too long.
    """
    mine, theirs = _open(register), _open(other)
    shape = _shape(mine) if mine is not None else None
    over = _shape(theirs) if theirs is not None else None
    if mine is None or theirs is None or shape is None or over is None or not entries:
        return {}
    statement = sql.SQL(
        "SELECT p._entry, t.said, t.m FROM {mine} p, LATERAL (SELECT {values}::text AS said, o.m "
        "FROM (SELECT c.*, ST_Area(ST_Intersection(p.{shape}, c.{over})::geography) AS m FROM {theirs} c "
        "WHERE ST_Intersects(p.{shape}, c.{over})) o WHERE o.m >= %(least)s "
        "ORDER BY o.m DESC, o._entry LIMIT {most}) t "
        "WHERE p._entry = ANY(%(entries)s::bigint[]) ORDER BY p._entry, t.m DESC"
    ).format(
        mine=table(mine.code),
        theirs=table(theirs.code),
        shape=sql.Identifier(shape.name),
        over=sql.Identifier(over.name),
        values=shown.values(theirs, view_of_public(theirs), "o"),
        most=sql.Literal(_MOST_CROSSING),
    )
    numbers = "{" + ",".join(str(int(entry)) for entry in entries) + "}"
    (found,) = rows_within(_MOST_MILLISECONDS, [(statement, {"entries": numbers, "least": least})])
    by_entry: dict[int, list[Crossing]] = {}
    for entry, said, metres in found:
        _, words = _read(theirs, said)
        by_entry.setdefault(entry, []).append(Crossing(words=words, overlap=float(metres)))
    return {entry: tuple(crossed) for entry, crossed in by_entry.items()}


def _open(register: str) -> RegisterDefinition | None:
    """The register, where it is open and its key public."""
    try:
        definition = get_register(register)
    except RegisterNotFound:
        return None
    return definition if view_of_public(definition)[definition.key] is Seen.CLEAR else None


def _shape(definition: RegisterDefinition) -> FieldDefinition | None:
    """What is drawn of it, if everybody may see that."""
    view = view_of_public(definition)
    drawn = (field for field in definition.fields if field.kind in SHAPES and field.searchable)
    return next((field for field in drawn if view[field.name] is Seen.CLEAR), None)


def _at(definition: RegisterDefinition, place: tuple[float, float]) -> tuple[Picked, ...]:
    shape = _shape(definition)
    if shape is None:
        return ()
    here = sql.SQL(
        "ST_Intersects(t.{}, ST_Transform(ST_SetSRID(ST_MakePoint(%(east)s, %(north)s), 4326), 4490))"
    ).format(sql.Identifier(shape.name))
    return _rows(definition, here, {"east": place[0], "north": place[1]}, most=MOST_LISTED)


def _rows(
    definition: RegisterDefinition,
    condition: sql.Composable,
    parameters: Mapping[str, Parameter],
    *,
    most: int,
) -> tuple[Picked, ...]:
    shape = _shape(definition)
    point = (
        sql.SQL("ST_Transform(ST_PointOnSurface(t.{}), 4326)").format(sql.Identifier(shape.name))
        if shape is not None
        else sql.SQL("NULL::geometry")
    )
    statement = sql.SQL(
        "SELECT t._entry, t._version, t.{key}::text, {values}::text, ST_X(t.p), ST_Y(t.p) FROM ("
        "SELECT t.*, {point} AS p FROM {table} t WHERE {condition} ORDER BY t.{key} LIMIT {most}) t "
        "ORDER BY t.{key}"
    ).format(
        key=sql.Identifier(definition.key),
        values=shown.values(definition, view_of_public(definition)),
        point=point,
        table=table(definition.code),
        condition=condition,
        most=sql.Literal(most),
    )
    (found,) = rows_within(_MOST_MILLISECONDS, [(statement, parameters)])
    return tuple(_picked(definition, row) for row in found)


def _picked(definition: RegisterDefinition, row: Sequence[object]) -> Picked:
    entry, version, key, said, east, north = row
    values, words = _read(definition, str(said))
    drawn = json.loads(str(said))
    view = view_of_public(definition)
    place = None if east is None else (round(float(str(east)), 6), round(float(str(north)), 6))
    return Picked(
        entry=int(str(entry)),
        version=int(str(version)),
        key=str(key),
        values=values,
        words=words,
        place=place,
        shapes={
            field.name: drawn[field.name]
            for field in definition.fields
            if field.kind in SHAPES and view[field.name] is Seen.CLEAR
        },
    )


def _read(definition: RegisterDefinition, said: str) -> tuple[dict[str, Json], dict[str, Text]]:
    """The public values of a row and their words; hidden fields and shapes are not among them."""
    view, found = view_of_public(definition), json.loads(said)
    seen = [
        field for field in definition.fields if view[field.name] is Seen.CLEAR and field.kind not in SHAPES
    ]
    return (
        {field.name: _number(field, found[field.name]) for field in seen},
        {field.name: worded(definition, field.name, found[field.name]) for field in seen},
    )


def _number(field: FieldDefinition, value: Json) -> Json:
    """Decimals and money are exact as text; conditions reckon with numbers."""
    if field.kind not in NUMERIC or not isinstance(value, str):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number
