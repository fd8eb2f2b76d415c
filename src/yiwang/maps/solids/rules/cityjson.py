"""CityJSON 2.0 (cityjson.org/specs/2.0.1): bodies of LoD 1, and outlines of LoD 0 of what has no height."""

from __future__ import annotations

from pydantic import JsonValue

from yiwang.maps.solids.contracts import Block, Building, Outline, Vertex
from yiwang.maps.solids.rules.extruding import extrude, upright

MEDIA_TYPE = "application/city+json"
#: Vertices are whole millimetres.
_MILLIMETRE = 0.001


class _Vertices:
    """Vertices of a file, each once, counted from a corner that keeps the numbers small."""

    def __init__(self, east: int, north: int) -> None:
        self._east, self._north = east, north
        self._numbers: dict[Vertex, int] = {}

    def number(self, vertex: Vertex) -> int:
        east, north, height = vertex
        return self._numbers.setdefault((east - self._east, north - self._north, height), len(self._numbers))

    def listed(self) -> list[JsonValue]:
        return [list(vertex) for vertex in self._numbers]


def cityjson_of(block: Block) -> dict[str, JsonValue]:
    """One file of all buildings; heights are above the ground at each building, which is laid at zero."""
    corners = [corner for building in block.buildings for corner in building.places]
    east, north = min((x for x, _ in corners), default=0), min((y for _, y in corners), default=0)
    vertices = _Vertices(east, north)
    objects: dict[str, JsonValue] = {}
    for building in block.buildings:
        objects |= _objects(f"{block.layer}-{building.entry}", building, vertices)
    return {
        "type": "CityJSON",
        "version": "2.0",
        "transform": {
            "scale": [_MILLIMETRE] * 3,
            "translate": [east / 1000, north / 1000, 0.0],
        },
        "metadata": {
            "title": str(block.title),
            "referenceSystem": f"https://www.opengis.net/def/crs/EPSG/0/{block.epsg}",
            "geographicalExtent": _extent(block),
        },
        "CityObjects": objects,
        "vertices": vertices.listed(),
    }


def _extent(block: Block) -> list[JsonValue]:
    corners = [corner for building in block.buildings for corner in building.places]
    if not corners:
        return [0.0] * 6
    easts, norths = [x for x, _ in corners], [y for _, y in corners]
    high = max(building.height for building in block.buildings)
    return [each / 1000 for each in (min(easts), min(norths), 0, max(easts), max(norths), high)]


def _objects(name: str, building: Building, vertices: _Vertices) -> dict[str, JsonValue]:
    """A building; one of several outlines has a part for each."""
    attributes: dict[str, JsonValue] = dict(building.values)
    bodies = [_geometry(outline, building.height, vertices) for outline in building.outlines]
    if len(bodies) == 1:
        return {name: {"type": "Building", "attributes": attributes, "geometry": [bodies[0]]}}
    parts = [f"{name}-{number}" for number in range(1, len(bodies) + 1)]
    whole: JsonValue = {"type": "Building", "attributes": attributes, "children": [*parts], "geometry": []}
    found: dict[str, JsonValue] = {name: whole}
    for part, body in zip(parts, bodies, strict=True):
        found[part] = {"type": "BuildingPart", "parents": [name], "geometry": [body]}
    return found


def _geometry(outline: Outline, height: int, vertices: _Vertices) -> dict[str, JsonValue]:
    if height <= 0:
        flat = upright(outline)
        face: list[JsonValue] = [
            [vertices.number((east, north, 0)) for east, north in ring] for ring in (flat.outer, *flat.courts)
        ]
        return {"type": "MultiSurface", "lod": "0", "boundaries": [face]}
    body = extrude(outline, 0, height)
    numbers = [vertices.number(vertex) for vertex in body.vertices]
    shell: list[JsonValue] = [[[numbers[each] for each in ring] for ring in face] for face in body.faces]
    return {"type": "Solid", "lod": "1", "boundaries": [shell]}
