"""What lies in a box: a list for those who don't see the map, and what is here for those who do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from psycopg import sql

from yiwang.kernel.days import day_text
from yiwang.kernel.text import Language, Text
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.sql import fetch_within, values_of
from yiwang.registers.definitions import FieldKind

#: West, south, east, north in degrees.
Box = tuple[float, float, float, float]
MOST_FEATURES, _MOST_COUNTED, _MOST_MILLISECONDS = 50, 1_000, 5_000
#: Numbers from here on are written by thousands: years are below.
_GROUPED = 10_000
#: In degrees: a single point has a neighbourhood too.
_LEAST_EXTENT = 0.1
_BOX = sql.SQL("ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)")
_AREA = sql.SQL("ST_GeomFromText(%(area)s, 4490)")
_SOME = sql.SQL(
    "WITH box AS MATERIALIZED (SELECT ST_Transform({ground}, 3857) AS b), "
    "found AS MATERIALIZED (SELECT t.* FROM {relation}, box WHERE {drawn} && box.b "
    "AND ST_Intersects({drawn}, box.b) AND {condition} LIMIT {counted}) "
    "SELECT t._entry, ST_X(c.p), ST_Y(c.p), (SELECT count(*) FROM found), row_to_json(v)::text "
    "FROM found t, LATERAL (SELECT ST_Transform(ST_PointOnSurface({drawn}), 4326) AS p) c, "
    "LATERAL (SELECT {columns}) v ORDER BY {size} DESC, t._entry LIMIT {most}"
)
#: The nearest first, before there are too many to count.
_AROUND = sql.SQL(
    "WITH box AS MATERIALIZED (SELECT ST_Transform({ground}, 3857) AS b, "
    "ST_Transform(ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4326), 3857) AS p), "
    "found AS MATERIALIZED (SELECT t.* FROM {relation}, box WHERE {drawn} && box.b "
    "AND ST_Intersects({drawn}, box.b) AND {condition} ORDER BY ST_Distance({drawn}, box.p), t._entry "
    "LIMIT {counted}) "
    "SELECT t._entry, ST_X(c.p), ST_Y(c.p), (SELECT count(*) FROM found), row_to_json(v)::text "
    "FROM found t, box, LATERAL (SELECT ST_Transform(ST_PointOnSurface({drawn}), 4326) AS p) c, "
    "LATERAL (SELECT {columns}) v ORDER BY ST_Distance({drawn}, box.p), t._entry LIMIT {most}"
)
_EXTENT = sql.SQL(
    "SELECT ST_XMin(b), ST_YMin(b), ST_XMax(b), ST_YMax(b) FROM "
    "(SELECT ST_Transform(ST_SetSRID(ST_Extent({drawn})::geometry, 3857), 4326) AS b "
    "FROM {relation} WHERE {condition}) e WHERE b IS NOT NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature in words: where its middle lies, its name, and what this reader sees of it."""

    layer: str
    entry: int
    name: str
    longitude: float
    latitude: float
    facts: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Features of one layer in a box, the largest first; ``total`` of ``is_exact`` or more."""

    layer: str
    title: Text
    features: tuple[Feature, ...]
    total: int
    is_exact: bool


def features_within(
    layers: Sequence[ReadLayer],
    box: Box,
    language: Language,
    *,
    valid: date | None = None,
    known: datetime | None = None,
) -> tuple[Found, ...]:
    """Give what each layer has in a box, as this reader sees it; on a day where layers are read so.

    Raises:
        TimeLimitReached: the database took too long.
    """
    where: dict[str, object] = dict(zip(("west", "south", "east", "north"), box, strict=True))
    if valid is not None:
        where |= {"valid": valid, "known": known}
    return _features(layers, _BOX, where, language)


def features_around(
    layers: Sequence[ReadLayer], place: tuple[float, float], box: Box, language: Language
) -> tuple[Found, ...]:
    """The same, those nearest to a place (longitude, latitude) first instead of the largest.

    Raises:
        TimeLimitReached: the database took too long.
    """
    where: dict[str, object] = dict(zip(("west", "south", "east", "north"), box, strict=True))
    where |= {"longitude": place[0], "latitude": place[1]}
    return _features(layers, _BOX, where, language, statement=_AROUND)


def features_inside(layers: Sequence[ReadLayer], area: str, language: Language) -> tuple[Found, ...]:
    """Give what each layer has in an area (well-known text in degrees, valid), as this reader sees it.

    Raises:
        TimeLimitReached: the database took too long.
    """
    return _features(layers, _AREA, {"area": area}, language)


def _features(
    layers: Sequence[ReadLayer],
    ground: sql.SQL,
    where: Mapping[str, object],
    language: Language,
    *,
    statement: sql.SQL = _SOME,
) -> tuple[Found, ...]:
    asked = [(_statement(each, ground, statement).as_string(), where) for each in layers]
    return tuple(
        _found(each, rows, language)
        for each, rows in zip(layers, fetch_within(_MOST_MILLISECONDS, asked), strict=True)
    )


def extent_of(read: ReadLayer) -> Box | None:
    """A box around all that a reader sees of a layer, a little larger; None where that is nothing."""
    statement = _EXTENT.format(
        drawn=read.drawn.drawn, relation=read.drawn.relation, condition=read.drawn.condition
    )
    (found,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {})])
    if not found:
        return None
    west, south, east, north = (float(str(each)) for each in found[0])
    beside = max(east - west, north - south, _LEAST_EXTENT) * 0.02
    return west - beside, south - beside, east + beside, north + beside


def _statement(read: ReadLayer, ground: sql.SQL, statement: sql.SQL) -> sql.Composed:
    drawn = read.drawn
    return statement.format(
        ground=ground,
        relation=drawn.relation,
        drawn=drawn.drawn,
        condition=drawn.condition,
        columns=read.select(read.seen),
        size=sql.SQL("ST_XMax({d}) - ST_XMin({d}) + ST_YMax({d}) - ST_YMin({d})").format(d=drawn.drawn),
        counted=sql.Literal(_MOST_COUNTED + 1),
        most=sql.Literal(MOST_FEATURES),
    )


def _found(read: ReadLayer, rows: Sequence[Sequence[object]], language: Language) -> Found:
    total = int(str(rows[0][3])) if rows else 0
    return Found(
        layer=read.layer.code,
        title=read.layer.title,
        features=tuple(_feature(read, row, language) for row in rows),
        total=min(total, _MOST_COUNTED),
        is_exact=total <= _MOST_COUNTED,
    )


def _feature(read: ReadLayer, row: Sequence[object], language: Language) -> Feature:
    entry, east, north, _, said = row
    values = values_of(said)
    name = _name(read, read.called_by(language), values, language) or str(entry)
    facts = [(name, words) for name in read.seen if (words := _words(read, name, values.get(name)))]
    return Feature(
        layer=read.layer.code,
        entry=int(str(entry)),
        name=name,
        longitude=round(float(str(east)), 6),
        latitude=round(float(str(north)), 6),
        facts=tuple((read.drawn.definition.get(name).title, words) for name, words in facts),
    )


def _name(read: ReadLayer, field: str, values: Mapping[str, object], language: Language) -> str:
    """What names a feature; a code by its title."""
    value = values.get(field)
    if value is None or value == "":
        return ""
    title = read.drawn.definition.get(field).code_title(str(value))
    return title.in_(language) if title else str(value)


def _words(read: ReadLayer, name: str, value: object) -> Text | None:
    """A value in words: codes by their titles, yes and no, days, large numbers by thousands.

    Numbers lose a needless fraction, and years stay as they are.
    """
    if value is None or value == "":
        return None
    field = read.drawn.definition.get(name)
    if field.kind is FieldKind.DATE:
        return day_text(date.fromisoformat(str(value)))
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = f"{value:,}" if isinstance(value, int | float) and abs(value) >= _GROUPED else str(value)
    return field.code_title(str(value)) or Text(said, said)
