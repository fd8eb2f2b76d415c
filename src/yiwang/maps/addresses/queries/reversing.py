"""From a point to the nearest addresses."""

from __future__ import annotations

from typing import LiteralString

from yiwang.maps.addresses.contracts import Found, PointOutside
from yiwang.platform import sql

#: Further off, an address says nothing about a place.
FARTHEST = 2_000.0
#: A degree is shorter to the east than to the north, so the nearest by degrees are ranked by metres. All
#: rooms of a tower lie at one point: what is not within a building is looked for by itself too.
_NEAREST: LiteralString = """
SELECT * FROM (
  SELECT d.code, d."full", d.division, d.level, d.status, ST_X(d.point), ST_Y(d.point),
    ST_Distance(d.point::geography, w.at::geography) AS metres
  FROM (SELECT ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4490) AS at) w, LATERAL (
    (SELECT * FROM addresses_door d WHERE d.status <> 'ended' ORDER BY d.point <-> w.at LIMIT 60)
    UNION
    (SELECT * FROM addresses_door d WHERE d.status <> 'ended' AND d.level IN ('plate', 'building')
     ORDER BY d.point <-> w.at LIMIT 60)
  ) d
) n WHERE metres <= %(metres)s ORDER BY round(metres::numeric, 2), length("full"), code LIMIT %(most)s
"""


def addresses_at(
    longitude: float, latitude: float, *, metres: float = 200.0, most: int = 5
) -> tuple[Found, ...]:
    """Addresses within so many metres (2,000 at most) of a point in CGCS2000, the nearest first.

    Raises:
        PointOutside: it is on no globe.
    """
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise PointOutside
    params = {
        "longitude": longitude, "latitude": latitude, "metres": min(metres, FARTHEST), "most": most,
    }  # fmt: skip
    return tuple(
        Found(
            code=str(code),
            full=str(full),
            division=str(division),
            level=str(level),
            status=str(status),
            longitude=float(str(east)),
            latitude=float(str(north)),
            confidence=1.0,
            metres=round(float(str(off)), 1),
        )
        for code, full, division, level, status, east, north, off in sql.fetch(_NEAREST, params)
    )
