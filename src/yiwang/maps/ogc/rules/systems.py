"""Reference systems that are spoken: how each is named, and in which order its coordinates stand.

Registers keep CGCS2000 (EPSG:4490); PostGIS keeps longitude or easting first in all of them, while EPSG:4490,
EPSG:4326 and the Gauss-Krueger zones name latitude or northing first (18-058r1, requirement 9: order as the
authority has it). CGCS2000 and WGS 84 agree within centimetres, and PROJ knows no other than the null
transformation between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BASE = "http://www.opengis.net/def/crs/"
CRS84 = f"{_BASE}OGC/1.3/CRS84"
#: Of what registers keep.
STORED = 4490


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A reference system. ``ends``: west, south, east and north beyond which nothing is transformed."""

    uri: str
    srid: int
    #: Whether northing or latitude stands first outside the database.
    is_north_first: bool
    is_degrees: bool
    ends: tuple[float, float, float, float]

    @property
    def urn(self) -> str:
        """Its name as GML writes it."""
        return f"urn:ogc:def:crs:EPSG::{self.srid}" if self.uri != CRS84 else "urn:ogc:def:crs:OGC:1.3:CRS84"

    @property
    def digits(self) -> int:
        """Decimals of its coordinates: a tenth of a millimetre."""
        return 9 if self.is_degrees else 4


def _epsg(srid: int, *, north_first: bool, degrees: bool, ends: tuple[float, float, float, float]) -> System:
    uri = f"{_BASE}EPSG/0/{srid}"
    return System(uri=uri, srid=srid, is_north_first=north_first, is_degrees=degrees, ends=ends)


_WORLD = (-180.0, -90.0, 180.0, 90.0)
_SQUARE = 20_037_508.342_789_244
#: CGCS2000's Gauss-Krueger zones of 3 degrees: metres, transformed within some 35 degrees of the meridian.
_ZONE = (-3_500_000.0, 0.0, 4_500_000.0, 9_000_000.0)
SYSTEMS = (
    System(uri=CRS84, srid=4326, is_north_first=False, is_degrees=True, ends=_WORLD),
    _epsg(4326, north_first=True, degrees=True, ends=_WORLD),
    _epsg(3857, north_first=False, degrees=False, ends=(-_SQUARE, -_SQUARE, _SQUARE, _SQUARE)),
    _epsg(4490, north_first=True, degrees=True, ends=_WORLD),
    # the zone of the national grid, 118.5 to 121.5 degrees east, and the city's own, 112.5 to 115.5
    _epsg(4549, north_first=True, degrees=False, ends=_ZONE),
    _epsg(4547, north_first=True, degrees=False, ends=_ZONE),
)
_URN = re.compile(r"urn:ogc:def:crs:(?:EPSG:[0-9.]*:(?P<epsg>[0-9]{4,6})|OGC:(?:1\.3|2):CRS84)", re.ASCII)
_SHORT = re.compile(r"\[?EPSG:(?P<epsg>[0-9]{4,6})\]?", re.ASCII | re.IGNORECASE)
_BY_URI = {each.uri: each for each in SYSTEMS} | {
    each.uri.replace("http:", "https:"): each for each in SYSTEMS
}
_BY_SRID = {each.srid: each for each in SYSTEMS[1:]}
DEFAULT = SYSTEMS[0]
#: What registers keep, as a system of its own.
KEPT = _BY_SRID[STORED]


def system_of(said: str) -> System | None:
    """The system of a URI, a URN or a safe CURIE such as ``[EPSG:4490]``."""
    found = _BY_URI.get(said)
    if found is not None:
        return found
    if said in ("[OGC:CRS84]", "OGC:CRS84", "[CRS84]", "CRS84"):
        return DEFAULT
    named = _URN.fullmatch(said) or _SHORT.fullmatch(said)
    if named is None:
        return None
    return _BY_SRID.get(int(named["epsg"])) if named["epsg"] else DEFAULT
