"""Whether one place is seen from another over the buildings of a layer and the ground they stand on."""

from __future__ import annotations

import math

from yiwang.kernel.text import Language, Text
from yiwang.maps.printing.rules.papers import zone_of
from yiwang.maps.queries.layers import ReadLayer
from yiwang.maps.solids.contracts import Block, SightAskedWrongly, Sighted, Vertex
from yiwang.maps.solids.queries.blocks import block_within, read_raised
from yiwang.maps.solids.queries.standing import ground_along
from yiwang.maps.solids.rules.sight import LEVEL, hidden_by
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within

#: Metres that a line of sight may be long.
FARTHEST = 5_000
_MOST_MILLISECONDS = 2_000
#: Degrees of latitude beyond which no pair of places is near enough; metres are asked after.
_MOST_DEGREES = 0.1
#: Degrees: a line along a parallel of latitude bulges on the ground, and has no box of its own.
_BESIDE = 0.0001
_MEASURED = (
    "SELECT ST_X(p), ST_Y(p) FROM unnest(%(east)s::float8[], %(north)s::float8[]) WITH ORDINALITY "
    "AS u(e, n, i), LATERAL (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(e, n), 4490), "
    "%(epsg)s::int) AS p) q ORDER BY i"
)
_PLACED = (
    "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint("
    "%(east)s, %(north)s), %(epsg)s::int), 4490) AS p) q"
)
_GROUND = Text("地形", "The ground")
#: Longitude, latitude, metres above ground.
End = tuple[float, float, float]


def look(actor: Actor | None, layer: str, eye: End, far: End, language: Language) -> Sighted:
    """Look from ``eye`` to ``far``.

    Raises:
        LayerNotFound, NoSolids, TooManyBuildings, TimeLimitReached: as :func:`block_within`.
        SightAskedWrongly: the ends lie too far apart.
        RasterBusy: heights of the ground are being read by others.
    """
    read, _ = read_raised(actor, layer)
    if abs(eye[0] - far[0]) > _MOST_DEGREES or abs(eye[1] - far[1]) > _MOST_DEGREES:
        raise SightAskedWrongly(most=FARTHEST)
    easts, norths = sorted((eye[0], far[0])), sorted((eye[1], far[1]))
    box = (easts[0] - _BESIDE, norths[0] - _BESIDE, easts[1] + _BESIDE, norths[1] + _BESIDE)
    _, epsg = zone_of((box[0] + box[2]) / 2)
    start, end = _measured(eye, far, epsg)
    metres = math.dist(start, end) / 1000
    if metres > FARTHEST:
        raise SightAskedWrongly(most=FARTHEST)
    block = block_within(actor, layer, box)
    known = ground_along(actor, eye, far, metres, block)
    ground, name = known if known is not None else (LEVEL, None)
    start, end = _raised(start, ground.along[0]), _raised(end, ground.along[-1])
    hidden = hidden_by(start, end, block.buildings, ground)
    if hidden is None:
        return Sighted(is_seen=True, metres=metres, ground=name)
    east, north, up = hidden.at
    where: dict[str, object] = {"east": east, "north": north, "epsg": epsg}
    (((lng, lat),),) = fetch_within(_MOST_MILLISECONDS, [(_PLACED, where)])
    return Sighted(
        is_seen=False,
        metres=metres,
        entry=hidden.entry,
        name=_name(read, block, hidden.entry, language),
        at=(float(str(lng)), float(str(lat)), up),
        ground=name,
    )


def _name(read: ReadLayer, block: Block, entry: int | None, language: Language) -> str:
    if entry is None:
        return _GROUND.in_(language)
    building = next(each for each in block.buildings if each.entry == entry)
    return str(building.values.get(read.called_by(language)) or entry)


def _raised(end: Vertex, ground: int) -> Vertex:
    return end[0], end[1], end[2] + ground


def _measured(eye: End, far: End, epsg: int) -> tuple[Vertex, Vertex]:
    params: dict[str, object] = {"east": [eye[0], far[0]], "north": [eye[1], far[1]], "epsg": epsg}
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(_MEASURED, params)])
    start, end = (
        (round(float(str(x)) * 1000), round(float(str(y)) * 1000), round(place[2] * 1000))
        for (x, y), place in zip(rows, (eye, far), strict=True)
    )
    return start, end
