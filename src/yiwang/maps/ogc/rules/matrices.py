"""Tile matrix sets (17-083r4): the Mercator square, degrees of CGCS2000, and the city's own in metres."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pydantic import JsonValue

from yiwang.kernel.degrees import DEGREE
from yiwang.kernel.text import Language, Text
from yiwang.maps.ogc.contracts import MatrixNotFound, MatrixSetNotFound
from yiwang.maps.rules.tiles import WORLD

#: Pixels of a tile, as scales are counted, and metres of a pixel (17-083r4, 6.1).
_PIXELS, _PIXEL = 256, 0.00028
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSet:
    """Tiles that halve from one matrix to the next; rows and columns begin in the north-west."""

    id: str
    title: Text
    srid: int
    is_north_first: bool
    is_degrees: bool
    west: float
    north: float
    #: Side of a tile of the first matrix, in units of the system.
    side: float
    #: Columns and rows of the first matrix.
    wide: int
    high: int
    last: int
    uri: str = ""

    @property
    def system_uri(self) -> str:
        """Its reference system."""
        return f"{_EPSG}{self.srid}"

    def zoom(self, matrix: int) -> int:
        """The zoom of the Mercator square whose tiles are about as wide."""
        metres = self.side * (DEGREE if self.is_degrees else 1) / (1 << matrix)
        return max(0, min(22, round(math.log2(WORLD / metres))))

    def box(self, matrix: int, row: int, column: int) -> tuple[float, float, float, float]:
        """West, south, east and north of a tile."""
        side = self.side / (1 << matrix)
        west, north = self.west + column * side, self.north - row * side
        return west, north - side, west + side, north


SETS = (
    MatrixSet(
        id="WebMercatorQuad",
        title=Text("网络墨卡托", "Web Mercator"),
        srid=3857,
        is_north_first=False,
        is_degrees=False,
        west=-WORLD / 2,
        north=WORLD / 2,
        side=WORLD,
        wide=1,
        high=1,
        last=22,
        uri="http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
    ),
    MatrixSet(
        id="CGCS2000Quad",
        title=Text("2000国家大地坐标系经纬度", "CGCS2000 in degrees"),
        srid=4490,
        is_north_first=True,
        is_degrees=True,
        west=-180.0,
        north=90.0,
        side=180.0,
        wide=2,
        high=1,
        last=21,
    ),
    # one tile of the first matrix holds Guangzhou; a pixel of it is 1,024 m, of the last 6.25 cm
    MatrixSet(
        id="CityGrid4549",
        title=Text("城市平面坐标（EPSG:4549）", "The city in metres (EPSG:4549)"),
        srid=4549,
        is_north_first=True,
        is_degrees=False,
        west=-280_000.0,
        north=2_720_000.0,
        side=262_144.0,
        wide=1,
        high=1,
        last=14,
    ),
)
_BY_ID = {each.id: each for each in SETS}


def set_of(name: str) -> MatrixSet:
    """The set of a name.

    Raises:
        MatrixSetNotFound
    """
    found = _BY_ID.get(name)
    if found is None:
        raise MatrixSetNotFound(name=name[:40])
    return found


def place_in(found: MatrixSet, matrix: str, row: str, column: str) -> tuple[int, int, int]:
    """Matrix, row and column as numbers.

    Raises:
        MatrixNotFound: there is no such tile.
    """
    said = (matrix, row, column)
    if not all(each.isascii() and each.isdecimal() and len(each) < 10 for each in said):
        raise MatrixNotFound(name=found.id, last=found.last)
    number, across, along = int(matrix), int(column), int(row)
    if number > found.last or across >= found.wide << number or along >= found.high << number:
        raise MatrixNotFound(name=found.id, last=found.last)
    return number, along, across


def described(found: MatrixSet, language: Language) -> dict[str, JsonValue]:
    """The set as 17-083r4 writes it in JSON."""
    corner: list[JsonValue] = [found.west, found.north]
    said: dict[str, JsonValue] = {"id": found.id, "title": found.title.in_(language)}
    if found.uri:
        said["uri"] = found.uri
    return said | {
        "crs": found.system_uri,
        "orderedAxes": ["Lat", "Lon"] if found.is_degrees else ["X", "Y"],
        "tileMatrices": [
            {
                "id": str(number),
                "scaleDenominator": scale(found, number),
                "cellSize": found.side / _PIXELS / (1 << number),
                "cornerOfOrigin": "topLeft",
                "pointOfOrigin": corner[::-1] if found.is_north_first else corner,
                "tileWidth": _PIXELS,
                "tileHeight": _PIXELS,
                "matrixWidth": found.wide << number,
                "matrixHeight": found.high << number,
            }
            for number in range(found.last + 1)
        ],
    }


def scale(found: MatrixSet, matrix: int) -> float:
    """Denominator of a matrix's scale."""
    cell = found.side / _PIXELS / (1 << matrix)
    return cell * (DEGREE if found.is_degrees else 1) / _PIXEL
