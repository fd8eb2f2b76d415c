"""A picture of the city as an eye sees it, for documents: houses in the light of a moment on level ground."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageDraw

from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.maps.rules.nearby import box_around
from yiwang.maps.solids.contracts import Block, Building, Outline, Place, Stance
from yiwang.maps.solids.queries.blocks import areas_of, block_within, read_raised
from yiwang.maps.solids.queries.shading import MOST_SHADED, shade_of
from yiwang.maps.solids.rules.camera import Camera, Point
from yiwang.maps.solids.rules.extruding import upright
from yiwang.maps.solids.rules.painting import Flat, Roof, Wall, painted
from yiwang.maps.solids.rules.sun import Sun, sun_at
from yiwang.maps.solids.rules.triangulating import triangulate
from yiwang.platform.contracts import Actor

#: Metres around the eye that are drawn.
FURTHEST = 600.0
WIDTH, HIGH = 1_280, 800
#: Drawn larger and made smaller, so that borders are smooth.
_FINER = 2
#: Metres: the ground goes on beyond the houses.
_GROUND = 6_000.0
_DAY, _NIGHT = (206, 224, 238), (30, 41, 59)
_SOIL, _SHADED = (238, 235, 226), (190, 189, 186)
_WHITE = (255, 255, 255)
#: How much lighter a roof is than walls.
_ROOF = 0.4
#: Of full light: what comes from the sky, how much more or less to one side than to the other, and by night.
_SKY, _SIDE, _DARK = 0.72, 0.06, 0.3
#: How far the air hides what is furthest.
_HAZE = 0.45

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """From where somebody looks, how high above the ground in metres, and when."""

    stance: Stance
    height: float
    moment: datetime


def picture_of(actor: Actor | None, layer: str, sight: Sight) -> bytes:
    """Draw a layer's houses as PNG, :data:`WIDTH` by :data:`HIGH`, as this reader sees them.

    Raises:
        LayerNotFound, NoSolids, TooManyBuildings, TimeLimitReached: as :func:`block_within`.
    """
    _, style = read_raised(actor, layer)
    at = sight.stance.at
    block = block_within(actor, layer, box_around(at, FURTHEST), most=MOST_SHADED)
    sun = sun_at(at, sight.moment)
    canvas = _Canvas(sight, sun)
    canvas.ground()
    if shade := shade_of(block, sun):
        canvas.shadows(shade.geojson, at)
    canvas.houses(block, at, _parts(style.colour))
    return canvas.png()


class _Canvas:
    """The picture while it is painted, from behind to before."""

    def __init__(self, sight: Sight, sun: Sun) -> None:
        stance, size = sight.stance, (WIDTH * _FINER, HIGH * _FINER)
        self._camera = Camera(sight.height, stance.bearing, stance.up, *size)
        self._sun = sun
        self._eye = sight.height
        self._sky = _mixed(_NIGHT, _DAY, min(max((sun.altitude + 6) / 12, 0.0), 1.0))
        self._image = Image.new("RGB", size, self._sky)
        self._draw = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        file = io.BytesIO()
        self._image.resize((WIDTH, HIGH), Image.Resampling.BOX).save(file, "PNG")
        return file.getvalue()

    def ground(self) -> None:
        """A wide square; what is too far for it is sky."""
        corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        self._face([(x * _GROUND, y * _GROUND, 0.0) for x, y in corners], self._lit(_SOIL, (0.0, 0.0, 1.0)))

    def shadows(self, geojson: str, at: Place) -> None:
        """Shaded ground; what is lit within it is painted after."""
        areas = sorted(areas_of(geojson), key=lambda rings: -_extent(rings[0]))
        for rings in areas:
            for number, ring in enumerate(rings):
                ground = _SOIL if number else _SHADED
                corners = [(*_flat(place, at), 0.0) for place in ring[:-1]]
                self._face(corners, self._lit(ground, (0.0, 0.0, 1.0)))

    def houses(self, block: Block, at: Place, colour: Colour) -> None:
        walls = [wall for number, each in enumerate(block.buildings) for wall in _walls(each, number, at)]
        roofs = [roof for number, each in enumerate(block.buildings) for roof in _roofs(each, number, at)]
        # a house is of one haze, whatever it is cut into
        hazed = [self._hazed(colour, each, at) for each in block.buildings]
        for face in painted(walls, roofs, self._eye):
            if isinstance(face, Roof):
                corners = [(*corner, face.height) for corner in face.corners]
                self._face(corners, self._lit(_mixed(hazed[face.body], _WHITE, _ROOF), (0.0, 0.0, 1.0)))
            else:
                self._face(_upright(face), self._lit(hazed[face.body], _outwards(face)))

    def _face(self, corners: list[Point], colour: Colour) -> None:
        seen = self._camera.seen(corners)
        if len(seen) > 2:
            # with its border, else the sky shows between parts of one face
            self._draw.polygon(seen, fill=colour, outline=colour)

    def _lit(self, colour: Colour, normal: Point) -> Colour:
        if self._sun.altitude <= 0:
            return _mixed((0, 0, 0), colour, _DARK + (_SKY - _DARK) * max(0.0, 1 + self._sun.altitude / 12))
        high, way = math.radians(self._sun.altitude), math.radians(self._sun.azimuth)
        towards = (math.sin(way) * math.cos(high), math.cos(way) * math.cos(high), math.sin(high))
        direct = max(0.0, sum(one * other for one, other in zip(towards, normal, strict=True)))
        # so that walls in the shade, which no sun tells apart, are not all alike
        side = _SIDE * (normal[1] - normal[0]) * math.sqrt(0.5)
        return _mixed((0, 0, 0), colour, min(_SKY + side + (1 - _SKY) * direct, 1.0))

    def _hazed(self, colour: Colour, building: Building, at: Place) -> Colour:
        nearest = min(math.hypot(*_flat(place, at)) for place in building.places.values())
        return _mixed(colour, self._sky, _HAZE * min(nearest / FURTHEST, 1.0))


def _walls(building: Building, number: int, at: Place) -> Iterator[Wall]:
    height = building.height / 1000
    for outline in map(upright, building.outlines) if height else ():
        for ring in (outline.outer, *outline.courts):
            corners = [_flat(building.places[corner], at) for corner in ring]
            for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
                yield Wall(start, end, height, number)


def _roofs(building: Building, number: int, at: Place) -> Iterator[Roof]:
    outlines: tuple[Outline, ...] = building.outlines if building.height else ()
    for outline in outlines:
        for triangle in triangulate(outline):
            corners = tuple(_flat(building.places[corner], at) for corner in triangle)
            yield Roof(corners, building.height / 1000, number)


def _flat(place: Place, at: Place) -> Flat:
    """Metres east and north of the eye; a plane is near enough to the ellipsoid for what one sees."""
    shrunk = ABOUT_A_DEGREE * math.cos(math.radians(at[1]))
    return (place[0] - at[0]) * shrunk, (place[1] - at[1]) * ABOUT_A_DEGREE


def _upright(wall: Wall) -> list[Point]:
    return [(*wall.start, 0.0), (*wall.end, 0.0), (*wall.end, wall.height), (*wall.start, wall.height)]


def _outwards(wall: Wall) -> Point:
    east, north = wall.end[0] - wall.start[0], wall.end[1] - wall.start[1]
    length = math.hypot(east, north) or 1.0
    return north / length, -east / length, 0.0


def _extent(ring: list[Place]) -> float:
    easts, norths = zip(*ring, strict=True)
    return float((max(easts) - min(easts)) * (max(norths) - min(norths)))


def _parts(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
