"""Statements over one layer as one reader sees it: a page, one feature, a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from psycopg import sql
from pydantic import JsonValue

from yiwang.maps.ogc.contracts import ParameterUnknown
from yiwang.maps.ogc.queries.asked import Asked
from yiwang.maps.ogc.queries.bounds import Params, meets
from yiwang.maps.ogc.queries.filtering import Compiler, Said, queryables
from yiwang.maps.ogc.rules.properties import Type
from yiwang.maps.ogc.rules.systems import STORED, System
from yiwang.maps.queries.layers import ReadLayer
from yiwang.registers.definitions import FieldKind

Written = Literal["geojson", "gml"]
_PAGE = sql.SQL(
    "SELECT t._entry AS entry, {said} AS said FROM (SELECT t.* FROM {relation} "
    "WHERE t._entry > %(after)s::bigint AND {condition} ORDER BY t._entry "
    "OFFSET %(skip)s::bigint LIMIT %(limit)s::bigint) t "
    "{cells} ORDER BY t._entry"
)
_ONE = sql.SQL(
    "SELECT t._entry AS entry, {said} AS said FROM {relation} {cells} "
    "WHERE t._entry = %(entry)s::bigint AND {condition}"
)
_COUNT = sql.SQL("SELECT count(*) FROM (SELECT FROM {relation} WHERE {condition} LIMIT {most}) c")
_GEOJSON = sql.SQL(
    '\'{{"type":"Feature","id":\' || t._entry || \',"geometry":\' || '
    "coalesce(ST_AsGeoJSON({shape}, {digits}, 0), 'null') || ',\"properties\":' || {properties} || '}}'"
)
#: Entry, shape and values. GML 3 with names of systems as URNs (1) and lines as such (4).
_GML = sql.SQL(
    "json_build_array(t._entry, replace(ST_AsGML(3, {shape}, {digits}, 5, 'gml', 'g'), {spelt}, {urn}), "
    "{properties}::json)::text"
)


def page_of(read: ReadLayer, asked: Asked, params: Params, written: Written) -> sql.Composed:
    """A page and one more row, which says whether another follows; ``params`` takes what it needs.

    Raises:
        FilterWrong, ParameterUnknown
    """
    params |= {"after": asked.after, "skip": asked.skip, "limit": asked.limit + 1}
    return _PAGE.format(
        said=said_of(read, asked.system, written),
        relation=read.drawn.relation,
        condition=condition_of(read, asked, params),
        cells=cells_of(read),
    )


def one_of(read: ReadLayer, system: System, written: Written) -> sql.Composed:
    """The feature of ``%(entry)s``."""
    return _ONE.format(
        said=said_of(read, system, written),
        relation=read.drawn.relation,
        condition=read.drawn.condition,
        cells=cells_of(read),
    )


def count_of(read: ReadLayer, asked: Asked, params: Params, most: int) -> sql.Composed:
    """How many there are, up to so many."""
    return _COUNT.format(
        relation=read.drawn.relation, condition=condition_of(read, asked, params), most=sql.Literal(most)
    )


def condition_of(read: ReadLayer, asked: Asked, params: Params) -> sql.Composable:
    """Which rows are asked for, of those that this reader sees; ``params`` takes what it needs.

    Raises:
        FilterWrong, ParameterUnknown
    """
    parts: list[sql.Composable] = [read.drawn.condition]
    if asked.span is not None:
        params |= {"since": asked.span.since, "valid": asked.span.until}
    if asked.boxes is not None:
        parts.append(meets(read.drawn.kept, asked.boxes, asked.box_system, params))
    if asked.entries is not None:
        params["entries"] = list(asked.entries)
        parts.append(sql.SQL("t._entry = ANY(%(entries)s::bigint[])"))
    chosen = _chosen(read, asked, params)
    if chosen:
        wanted = sql.SQL(" AND ").join(chosen)
        # nothing of a filter is computed on rows of others: neither its faults nor its time tell of them
        is_own = read.drawn.reach == "own"
        guarded = sql.SQL("CASE WHEN {} THEN {} ELSE FALSE END").format(read.drawn.condition, wanted)
        parts.append(guarded if is_own else wanted)
    return sql.SQL(" AND ").join(parts)


def _chosen(read: ReadLayer, asked: Asked, params: Params) -> list[sql.Composable]:
    compiler = Compiler(queryables(read), asked.filter_system, params)
    parts = [compiler.condition(_equal(compiler.known, name, said)) for name, said in asked.equal.items()]
    if asked.filter is not None:
        parts.append(compiler.condition(asked.filter))
    return parts


def _equal(known: Mapping[str, Said], name: str, said: str) -> JsonValue:
    found = known.get(name)
    if found is None or found.type is Type.SHAPE:
        raise ParameterUnknown(name=name[:60])
    return {"op": "=", "args": [{"property": name}, _value(found.type, said)]}


def _value(wanted: Type, said: str) -> JsonValue:
    """A value as an address writes it; what does not fit stays text, and is refused as such."""
    if wanted is Type.NUMBER:
        try:
            return (
                int(said) if said.lstrip("-").isdecimal() and len(said) < 19 else _finite(float(said), said)
            )
        except ValueError:
            return said
    if wanted is Type.BOOLEAN and said in ("true", "false"):
        return said == "true"
    if wanted is Type.DATE:
        return {"date": said}
    return {"timestamp": said} if wanted is Type.MOMENT else said


def _finite(number: float, said: str) -> float | str:
    return number if abs(number) < 1e300 else said


def said_of(read: ReadLayer, system: System, written: Written) -> sql.Composed:
    """A feature as text; its properties are ``v``, of :func:`cells_of`."""
    shape: sql.Composable = read.drawn.kept
    if not system.is_degrees:
        shape = sql.SQL("ST_Transform({}, {})").format(shape, sql.Literal(system.srid))
    if system.is_north_first:
        shape = sql.SQL("ST_FlipCoordinates({})").format(shape)
    digits = sql.Literal(system.digits)
    if written == "gml":
        return _GML.format(
            shape=shape,
            digits=digits,
            # degrees are written as they are kept: only their name is another one
            spelt=sql.Literal(f"urn:ogc:def:crs:EPSG::{STORED if system.is_degrees else system.srid}"),
            urn=sql.Literal(system.urn),
            properties=_properties(read),
        )
    return _GEOJSON.format(shape=shape, digits=digits, properties=_properties(read))


def _properties(read: ReadLayer) -> sql.Composable:
    return sql.SQL("row_to_json(v)::text") if read.seen else sql.SQL("'{}'")


def _cell(read: ReadLayer, name: str) -> sql.Composable:
    """A field as programs read it: of a moment RFC 3339, as its queryable says."""
    column = read.drawn.columns[name]
    if read.drawn.definition.get(name).kind is FieldKind.MOMENT:
        return sql.SQL("to_json({}::timestamptz) #>> '{{}}'").format(column)
    return column


def cells_of(read: ReadLayer) -> sql.Composable:
    """What of a row this reader sees, as ``v``."""
    columns = [sql.SQL("{} AS {}").format(_cell(read, name), sql.Identifier(name)) for name in read.seen]
    if not columns:
        return sql.SQL("")
    return sql.SQL(", LATERAL (SELECT {}) v").format(sql.SQL(", ").join(columns))
