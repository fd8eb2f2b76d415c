"""The statement of a tile: what each layer draws of it, and what it leaves out by its declared rule.

A tile never loses a feature silently. Where fewer are drawn than are there, the tile bears beside its layers
one more, ``_reduced``, with a point for each layer concerned: its rule, how many there are and how many are
drawn. What collapses to nothing at the tile's own resolution is counted too, under the rule ``too_small``.

An area that tiles cut is named once: the words of a layer of areas have a layer of points of their own,
``_label_`` and its code, in which an area stands only in the one tile that holds its point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from psycopg import sql

from yiwang.maps.definitions import Cluster, DropSmallest, Sample, Simplify
from yiwang.maps.queries.layers import ReadLayer
from yiwang.maps.rules.tiles import EXTENT, MARGIN, cells, label_layer, metres, side
from yiwang.registers.api import Mapped

_TILE = sql.SQL("ST_TileEnvelope(%(zoom)s::int, %(column)s::int, %(row)s::int)")
_AROUND = sql.SQL(
    f"ST_TileEnvelope(%(zoom)s::int, %(column)s::int, %(row)s::int, margin => {MARGIN / EXTENT})"
)
_FRAME = sql.SQL(
    "SELECT coalesce(string_agg(p.tile, ''::bytea), ''::bytea) || coalesce(("
    "SELECT ST_AsMVT(a, '_reduced', {extent}, 'g') FROM ("
    "SELECT ST_AsMVTGeom(ST_Centroid({tile}), {tile}, {extent}, 0, false) AS g, q.layer, q.rule, q.present, "
    "q.shown FROM parts q WHERE q.shown < q.present) a), ''::bytea) AS body FROM parts p"
)
_PART = sql.SQL(
    "SELECT {code}::text AS layer, {rule}::text AS rule, "
    "ST_AsMVT(f, {code}, {extent}, 'g', 'id') FILTER (WHERE k.g IS NOT NULL){words} AS tile, "
    "count(k.g) AS shown, "
    "count(*) FILTER (WHERE k.g IS NOT NULL OR NOT ({keep}) OR ST_Intersects({place}, {around})) AS present "
    "FROM {relation}, "
    "LATERAL (SELECT CASE WHEN {keep} THEN ST_AsMVTGeom({shape}, {tile}, {extent}, {margin}, true) END AS g "
    "OFFSET 0) k, "
    "LATERAL (SELECT k.g AS g, t._entry AS id{columns}) f{named} "
    "WHERE {meets} AND {condition}"
)
#: What is drawn here is named here if its point lies here; of two borders of a tile one is its own.
_NAMED = sql.SQL(
    ", LATERAL (SELECT CASE WHEN k.g IS NOT NULL THEN ST_PointOnSurface({place}) END AS p OFFSET 0) o, "
    "LATERAL (SELECT CASE WHEN ST_X(o.p) >= ST_XMin({tile}) AND ST_X(o.p) < ST_XMax({tile}) "
    "AND ST_Y(o.p) > ST_YMin({tile}) AND ST_Y(o.p) <= ST_YMax({tile}) "
    "THEN ST_AsMVTGeom(o.p, {tile}, {extent}, 0, false) END AS g OFFSET 0) n, "
    "LATERAL (SELECT n.g AS g, t._entry AS id{columns}) w"
)
_WORDS = sql.SQL(
    " || coalesce(ST_AsMVT(w, {code}, {extent}, 'g', 'id') FILTER (WHERE n.g IS NOT NULL), ''::bytea)"
)
_NOTHING = sql.SQL("").format()
#: Points of one cell are one point in their middle; ``cell`` is no column of the tile.
_CLUSTERED = sql.SQL(
    "SELECT {code}::text AS layer, {rule}::text AS rule, ST_AsMVT(f, {code}, {extent}, 'g', 'id') AS tile, "
    "count(*) AS shown, coalesce(sum(c.n), 0)::bigint AS present FROM ("
    "SELECT ST_AsMVTGeom(ST_SetSRID(ST_MakePoint(avg(ST_X({place})), avg(ST_Y({place}))), {srid}), "
    "{tile}, {extent}, {margin}, true) AS g, "
    "count(*) AS n, min(t._entry) AS one{gathered} "
    "FROM {relation}, LATERAL (SELECT floor((ST_X({place}) - ST_XMin({tile})) / {cell}) AS across, "
    "floor((ST_YMax({tile}) - ST_Y({place})) / {cell}) AS down OFFSET 0) s "
    "WHERE {meets} AND s.across >= 0 AND s.across < {many} AND s.down >= 0 AND s.down < {many} "
    "AND {condition} GROUP BY s.across, s.down) c, "
    "LATERAL (SELECT c.g AS g, CASE WHEN c.n = 1 THEN c.one END AS id, c.n AS _count{taken}) f"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A tile of a matrix set as SQL: its box, the same with the margin, and how shapes come into it."""

    srid: int
    tile: sql.Composable
    around: sql.Composable
    #: A shape of the reference system of the Mercator square in that of the set.
    carried: Callable[[sql.Composable], sql.Composable]
    #: What an index finds: all that meets the wider box.
    meets: Callable[[Mapped], sql.Composable]
    #: Side of the tile in units of its system.
    side: float


def mercator(zoom: int) -> Square:
    """A tile of the Mercator square. Parameters: ``zoom``, ``column``, ``row``."""
    return Square(
        srid=3857,
        tile=_TILE,
        around=_AROUND,
        carried=lambda shape: shape,
        meets=lambda drawn: sql.SQL("{} && {}").format(drawn.drawn, _AROUND),
        side=side(zoom),
    )


def tile_body(layers: Sequence[ReadLayer], zoom: int, square: Square | None = None) -> sql.Composed:
    """A query of one row with the tile's bytes.

    Of a ``square`` of another set ``zoom`` is that whose tiles are about as wide; rules hold by it, in pixels
    of Mercator. Parameters: those of the square, and of a day.
    """
    square = square or mercator(zoom)
    parts = [part(each, zoom, square) for each in layers if each.layer.holds_at(zoom)]
    if not parts:
        return sql.SQL("SELECT ''::bytea AS body").format()
    frame = _FRAME.format(extent=sql.Literal(EXTENT), tile=square.tile)
    return sql.SQL("WITH parts AS MATERIALIZED ({}) {}").format(sql.SQL(" UNION ALL ").join(parts), frame)


def part(read: ReadLayer, zoom: int, square: Square) -> sql.Composed:
    """What one layer draws of a tile."""
    rules = read.layer.rules_at(zoom)
    choosing = next((rule for rule in rules if not isinstance(rule, Simplify)), None)
    if isinstance(choosing, Cluster):
        return _clustered(read, choosing, zoom, square)
    shape: sql.Composable = read.drawn.drawn
    named = read.words_at(zoom)
    for rule in rules:
        if isinstance(rule, Simplify):
            shape = sql.SQL("ST_Simplify({}, {}, true)").format(shape, sql.Literal(metres(rule.pixels, zoom)))
    return _PART.format(
        code=sql.Literal(read.layer.code),
        rule=sql.Literal(choosing.rule if choosing else "too_small"),
        extent=sql.Literal(EXTENT),
        margin=sql.Literal(MARGIN),
        keep=_kept(read, choosing, zoom),
        place=square.carried(read.drawn.drawn),
        shape=square.carried(shape),
        tile=square.tile,
        around=square.around,
        meets=square.meets(read.drawn),
        relation=read.drawn.relation,
        condition=read.drawn.condition,
        columns=_columns(read, read.names_at(zoom)),
        words=_WORDS.format(code=sql.Literal(label_layer(read.layer.code)), extent=sql.Literal(EXTENT))
        if named
        else _NOTHING,
        named=_NAMED.format(
            place=square.carried(read.drawn.drawn),
            tile=square.tile,
            extent=sql.Literal(EXTENT),
            columns=_columns(read, named),
        )
        if named
        else _NOTHING,
    )


def _kept(read: ReadLayer, rule: DropSmallest | Sample | None, zoom: int) -> sql.Composed:
    if isinstance(rule, Sample):
        # by the entry's number, so that neighbouring tiles and zooms draw the same ones
        return sql.SQL("mod(hashint8(t._entry) & 2147483647, {}) = 0").format(sql.Literal(rule.one_in))
    if isinstance(rule, DropSmallest):
        return sql.SQL("greatest(ST_XMax({d}) - ST_XMin({d}), ST_YMax({d}) - ST_YMin({d})) >= {size}").format(
            d=read.drawn.drawn, size=sql.Literal(metres(rule.pixels, zoom))
        )
    return sql.SQL("TRUE").format()


def _columns(read: ReadLayer, names: Sequence[str]) -> sql.Composed:
    found = [sql.SQL(", {} AS {}").format(read.drawn.columns[name], sql.Identifier(name)) for name in names]
    return sql.SQL("").join(found)


def _clustered(read: ReadLayer, rule: Cluster, zoom: int, square: Square) -> sql.Composed:
    names, many = read.names_at(zoom), cells(rule.pixels)
    gathered = [
        sql.SQL(", CASE WHEN count(*) = 1 THEN (array_agg({}))[1] END AS {}").format(
            read.drawn.columns[name], sql.Identifier(f"v_{name}")
        )
        for name in names
    ]
    taken = [
        sql.SQL(", {} AS {}").format(sql.Identifier("c", f"v_{name}"), sql.Identifier(name)) for name in names
    ]
    return _CLUSTERED.format(
        code=sql.Literal(read.layer.code),
        rule=sql.Literal(rule.rule),
        extent=sql.Literal(EXTENT),
        margin=sql.Literal(MARGIN),
        srid=sql.Literal(square.srid),
        place=square.carried(read.drawn.drawn),
        tile=square.tile,
        meets=square.meets(read.drawn),
        relation=read.drawn.relation,
        condition=read.drawn.condition,
        cell=sql.Literal(square.side / many),
        many=sql.Literal(many),
        gathered=sql.SQL("").join(gathered),
        taken=sql.SQL("").join(taken),
    )
