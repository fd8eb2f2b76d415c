"""Geometries of a filter: GeoJSON as CQL2 writes it, judged before the database reads it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

from pydantic import JsonValue

from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import FilterWrong
from yiwang.maps.ogc.rules.systems import System

#: How many lists stand around a position.
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
_MOST_PARTS = 20
_WRONG = Text("不是有效的几何", "this is no geometry")


def geojson_of(value: JsonValue, system: System) -> str:
    """The geometry as GeoJSON with longitude or easting first.

    Raises:
        FilterWrong: it is none, or lies outside the system.
    """
    return json.dumps(_read(value, system, may_collect=True))


def _read(value: JsonValue, system: System, *, may_collect: bool) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        raise FilterWrong(where="geometry", why=_WRONG)
    kind, parts = value.get("type"), value.get("geometries")
    if (
        kind == "GeometryCollection"
        and may_collect
        and isinstance(parts, list)
        and 0 < len(parts) <= _MOST_PARTS
    ):
        return {"type": kind, "geometries": [_read(part, system, may_collect=False) for part in parts]}
    if not isinstance(kind, str) or kind not in _DEPTHS:
        raise FilterWrong(where=str(kind)[:40], why=_WRONG)
    coordinates = _positions(value.get("coordinates"), _DEPTHS[kind], kind, system)
    return {"type": kind, "coordinates": coordinates}


def _positions(value: JsonValue, depth: int, kind: str, system: System) -> JsonValue:
    if not isinstance(value, list) or not value:
        raise FilterWrong(where=kind, why=_WRONG)
    if depth == 0:
        return [*_position(value, kind, system)]
    if depth == 1 and len(value) < _LEAST.get(kind, 1):
        raise FilterWrong(where=kind, why=Text("点数太少", "it has too few positions"))
    if depth == 1 and kind.endswith("Polygon") and value[0] != value[-1]:
        raise FilterWrong(where=kind, why=Text("环没有闭合", "a ring is not closed"))
    return [_positions(part, depth - 1, kind, system) for part in value]


def _position(value: Sequence[JsonValue], kind: str, system: System) -> tuple[float, float]:
    numbers = [float(each) for each in value if isinstance(each, int | float) and not isinstance(each, bool)]
    if len(numbers) != len(value) or len(numbers) not in (2, 3) or not all(map(math.isfinite, numbers)):
        raise FilterWrong(where=kind, why=Text("坐标不是有限数", "a coordinate is no finite number"))
    x, y = (numbers[1], numbers[0]) if system.is_north_first else (numbers[0], numbers[1])
    west, south, east, north = system.ends
    if not (west <= x <= east and south <= y <= north):
        raise FilterWrong(
            where=f"{kind} {numbers[0]:g} {numbers[1]:g}",
            why=Text(
                "坐标超出坐标系范围（注意轴序）",
                "the position lies outside the reference system (mind the order of axes)",
            ),
        )
    return x, y
