"""An outline with courts raised to a closed body."""

from __future__ import annotations

from yiwang.maps.solids.contracts import Outline, Ring, Solid, Vertex


def twice_area(ring: Ring) -> int:
    """Twice the area in square millimetres; below zero where the ring turns with the clock."""
    turned = (*ring[1:], ring[0])
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, turned, strict=True))


def upright(outline: Outline) -> Outline:
    """The same with the outer ring against the clock and the courts with it."""
    outer = outline.outer if twice_area(outline.outer) > 0 else outline.outer[::-1]
    courts = tuple(each if twice_area(each) < 0 else each[::-1] for each in outline.courts)
    return Outline(outer, courts)


def extrude(outline: Outline, low: int, high: int) -> Solid:
    """Raise an outline from one height to another, both in millimetres.

    Every edge belongs to one face in each direction, so that nothing leaks; normals point outwards.

    Raises:
        ValueError: it would have no height, or a ring no area.
    """
    if high <= low:
        raise ValueError(f"no body between {low} and {high}")
    outline = upright(outline)
    rings = (outline.outer, *outline.courts)
    if any(len(ring) < 3 or not twice_area(ring) for ring in rings):
        raise ValueError("a ring without area")
    vertices: dict[Vertex, int] = {}
    floor = tuple(_numbered(ring, low, vertices) for ring in rings)
    roof = tuple(_numbered(ring, high, vertices) for ring in rings)
    faces = [tuple(ring[::-1] for ring in floor), roof]
    for below, above in zip(floor, roof, strict=True):
        for here in range(len(below)):
            after = (here + 1) % len(below)
            faces.append(((below[here], below[after], above[after], above[here]),))
    return Solid(tuple(vertices), tuple(faces))


def _numbered(ring: Ring, height: int, vertices: dict[Vertex, int]) -> tuple[int, ...]:
    return tuple(vertices.setdefault((east, north, height), len(vertices)) for east, north in ring)
