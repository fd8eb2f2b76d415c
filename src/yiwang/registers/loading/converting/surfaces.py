"""Faces of city objects (CityJSON 2.0.1, 3): which of them lie on the ground, and how high they reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yiwang.kernel.text import Text

#: East, north and height as whole numbers of the file.
Vertex = tuple[int, int, int]
#: Corners in turn; a face is its outer ring and those of its holes.
Ring = list[Vertex]
Face = list[Ring]
Part = dict[str, object]
#: How many lists of faces lie in each other.
_DEPTHS = {"MultiSurface": 0, "CompositeSurface": 0, "Solid": 1, "MultiSolid": 2, "CompositeSolid": 2}
_MOST_PARTS = 1_000
_MOST_CORNERS = 200_000
#: Beyond it doubles are no longer exact.
_FARTHEST = 1 << 53
_NO_GROUND = Text(
    "没有几何，或找不到落地的面（GroundSurface、LoD 0 轮廓或最低的水平面）",
    "There is no geometry, or no face on the ground (GroundSurface, an outline of LoD 0, lowest level faces)",
)
_BAD_NUMBER = Text("顶点编号超出范围", "It counts a vertex that is not there")
_BAD_VERTEX = Text("顶点不是三个整数", "A vertex is not three whole numbers")
_BAD_FACES = Text("几何的层次与其类型不符", "Its boundaries are not as its type of geometry says")
_BAD_PARTS = Text("部件（children）不存在或互相循环", "Its children are not there, or go in circles")
_MANY = Text("折点超过 20 万个", "It has more than 200,000 corners")


@dataclass
class Misbuilt(Exception):
    """A building of which no footprint can be made."""

    reason: Text


@dataclass(frozen=True, slots=True)
class _Faces:
    """Faces of a geometry, each with what it is called (``GroundSurface``) or nothing."""

    kind: str
    lod: str
    faces: list[tuple[Face, str]]


def parts_of(name: str, objects: dict[str, object]) -> list[Part]:
    """A building and its parts, at any depth, each once.

    Raises:
        Misbuilt
    """
    found: dict[str, Part] = {}
    waiting = [name]
    while waiting:
        here = waiting.pop()
        part = objects.get(here)
        if not isinstance(part, dict) or here in found or len(found) >= _MOST_PARTS:
            raise Misbuilt(_BAD_PARTS)
        found[here] = part
        children = part.get("children", [])
        if not isinstance(children, list) or not all(isinstance(each, str) for each in children):
            raise Misbuilt(_BAD_PARTS)
        waiting += [each for each in children if _is_part(objects.get(each, {"type": "BuildingPart"}))]
    return list(found.values())


def _is_part(said: object) -> bool:
    """Stairs, rooms and furniture of a building are children too; a child that is missing is a fault."""
    return isinstance(said, dict) and said.get("type") == "BuildingPart"


def ground_of(parts: Iterable[Part], vertices: list[object]) -> list[Face]:
    """Faces on the ground of all parts.

    Raises:
        Misbuilt: a part has geometry and none on the ground, or nothing has any.
    """
    found: list[Face] = []
    for part in parts:
        geometries = list(_geometries(part, vertices))
        if geometries:
            found += _lowest(geometries)
    if not found:
        raise Misbuilt(_NO_GROUND)
    return found


def heights_of(parts: Iterable[Part], vertices: list[object]) -> tuple[int, int] | None:
    """The lowest and the highest of all corners; None where there are outlines only."""
    every = [
        vertex[2]
        for part in parts
        for geometry in _geometries(part, vertices)
        for face, _ in geometry.faces
        for ring in face
        for vertex in ring
        if geometry.kind in {"Solid", "MultiSolid", "CompositeSolid"} or not geometry.lod.startswith("0")
    ]
    return (min(every), max(every)) if every else None


def _lowest(geometries: list[_Faces]) -> list[Face]:
    """By what is called ground, the finest first; else an outline; else what is level and lowest."""
    finest = sorted(geometries, key=lambda each: each.lod, reverse=True)
    for geometry in finest:
        if called := [face for face, name in geometry.faces if name == "GroundSurface"]:
            return called
    for geometry in geometries:
        if geometry.lod.startswith("0") and (outline := [face for face, _ in geometry.faces]):
            return outline
    for geometry in finest:
        level = min(vertex[2] for face, _ in geometry.faces for vertex in face[0])
        if lowest := [face for face, _ in geometry.faces if all(each[2] == level for each in face[0])]:
            return lowest
    raise Misbuilt(_NO_GROUND)


def _geometries(part: Part, vertices: list[object]) -> Iterator[_Faces]:
    said = part.get("geometry", [])
    if not isinstance(said, list):
        raise Misbuilt(_BAD_FACES)
    for each in said:
        if not isinstance(each, dict):
            raise Misbuilt(_BAD_FACES)
        kind = each.get("type")
        if not isinstance(kind, str) or kind not in _DEPTHS:
            continue  # points, lines and templates say nothing of the ground
        flat = list(_flat(each.get("boundaries"), _DEPTHS[kind]))
        names = _names(each.get("semantics"), _DEPTHS[kind], len(flat))
        faces = _Reading(vertices).faces(flat)
        if faces:
            yield _Faces(kind, str(each.get("lod", "")), list(zip(faces, names, strict=True)))


def _flat(said: object, depth: int) -> Iterator[object]:
    if not isinstance(said, list):
        raise Misbuilt(_BAD_FACES)
    for each in said:
        if depth:
            yield from _flat(each, depth - 1)
        else:
            yield each


def _names(semantics: object, depth: int, count: int) -> list[str]:
    """What each face is called; a missing or broken list of names is none."""
    nothing = [""] * count
    if not isinstance(semantics, dict) or not isinstance(surfaces := semantics.get("surfaces"), list):
        return nothing
    called = [str(each.get("type", "")) if isinstance(each, dict) else "" for each in surfaces]
    try:
        values = list(_flat(semantics.get("values"), depth))
    except Misbuilt:
        return nothing
    if len(values) != count:
        return nothing
    return [
        called[each]
        if isinstance(each, int) and not isinstance(each, bool) and 0 <= each < len(called)
        else ""
        for each in values
    ]


class _Reading:
    """Corners of faces by their numbers, so many and no more."""

    def __init__(self, vertices: list[object]) -> None:
        self._vertices = vertices
        self._corners = 0

    def faces(self, flat: list[object]) -> list[Face]:
        return [self._face(each) for each in flat]

    def _face(self, said: object) -> Face:
        if not isinstance(said, list) or not said:
            raise Misbuilt(_BAD_FACES)
        return [self._ring(each) for each in said]

    def _ring(self, said: object) -> Ring:
        if not isinstance(said, list) or len(said) < 3:
            raise Misbuilt(_BAD_FACES)
        self._corners += len(said)
        if self._corners > _MOST_CORNERS:
            raise Misbuilt(_MANY)
        return [self._vertex(each) for each in said]

    def _vertex(self, number: object) -> Vertex:
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < len(self._vertices):
            raise Misbuilt(_BAD_NUMBER)
        found = self._vertices[number]
        if not isinstance(found, list) or len(found) != 3 or not all(_is_whole(each) for each in found):
            raise Misbuilt(_BAD_VERTEX)
        east, north, height = found
        return east, north, height


def _is_whole(said: object) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and abs(said) < _FARTHEST
