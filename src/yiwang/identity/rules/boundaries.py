"""Bounding box of a GeoJSON polygon, and what is refused as one (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.kernel.text import Text


class BoundaryRefused(ValueError):
    """Not a polygon in degrees of longitude and latitude."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def bounds_of(geometry: object) -> tuple[float, float, float, float]:
    """West, south, east, north of a Polygon or MultiPolygon; every ring is closed and in degrees."""
    points = list(_points(geometry))
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _points(geometry: object) -> Iterator[tuple[float, float]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(coordinates, list) or not coordinates:
        raise BoundaryRefused(
            Text("几何图形应为Polygon或MultiPolygon", "the geometry must be a Polygon or MultiPolygon")
        )
    for polygon in [coordinates] if kind == "Polygon" else coordinates:
        if not isinstance(polygon, list) or not polygon:
            raise BoundaryRefused(Text("多边形没有环", "a polygon has no ring"))
        for ring in polygon:
            yield from _ring(ring)


def _ring(ring: object) -> Iterator[tuple[float, float]]:
    if not isinstance(ring, list) or len(ring) < 4 or ring[0] != ring[-1]:
        raise BoundaryRefused(
            Text("环至少有四个点，且首尾相同", "a ring must have four points and end where it began")
        )
    for point in ring:
        match point:
            case [int() | float() as longitude, int() | float() as latitude, *_]:
                if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
                    raise BoundaryRefused(
                        Text(f"{longitude}、{latitude}不是经纬度", f"{longitude}, {latitude} are not degrees")
                    )
                yield float(longitude), float(latitude)
            case _:
                raise BoundaryRefused(Text("点应为两个数字", "a point must be two numbers"))
