"""The demonstration's ground from above: fields, water, roads, and the buildings that stood in a year."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.features import rasterize

from yiwang.maps.rasters.synthesis.shapes import (
    HILLS,
    TOWN,
    Building,
    Canvas,
    Ring,
    buildings,
    canvas_of,
    roads,
    strip,
    waters,
    waves,
)

PHOTO_ZOOM, HEIGHTS_ZOOM = 16, 13
_GROUND = np.array([128, 134, 96], "float64")
_WATER, _ROAD = np.array([66, 92, 98], "float64"), np.array([132, 130, 127], "float64")
#: Roofs of grey, tile and white, by the building's place in its file.
_ROOFS = ((176, 172, 166), (158, 112, 92), (206, 204, 199), (146, 148, 152), (178, 146, 120))
_LANE = 5.0
#: Metres of shadow to the south-east that a storey casts, and at most.
_SHADOW, _LONGEST = 1.2, 12.0


def photograph(packs: Path, year: int, seed: int) -> tuple[Canvas, NDArray[np.uint8]]:
    """Red, green and blue of the town in a year."""
    canvas = canvas_of(TOWN, PHOTO_ZOOM)
    tone = waves(canvas, seed, (380.0, 140.0, 47.0, 17.0))
    picture = _GROUND + tone[..., None] * np.array([30, 24, 18])
    _fill(picture, _burnt(canvas, list(waters(packs))), _WATER)
    lanes = [each for course, count in roads(packs) for each in strip(course, 4 + _LANE * count)]
    _fill(picture, _burnt(canvas, lanes), _ROAD)
    standing = [each for each in buildings(packs) if each.year <= year]
    picture[_burnt(canvas, [_thrown(each) for each in standing]) > 0] *= 0.55
    for place, colour in enumerate(_ROOFS):
        roofs = [each.ring for each in standing if each.number % len(_ROOFS) == place]
        _fill(picture, _burnt(canvas, roofs), np.array(colour, "float64"))
    grain = np.random.default_rng([seed, year]).integers(-4, 5, canvas.shape)
    whole = np.clip(np.rint((picture + grain[..., None]) / 4) * 4, 0, 255).astype("uint8")
    return canvas, np.ascontiguousarray(np.moveaxis(whole, 2, 0))


def heights(seed: int) -> tuple[Canvas, NDArray[np.float32]]:
    """Metres: a plain by the river, and hills to the north."""
    canvas = canvas_of(HILLS, HEIGHTS_ZOOM)
    north = np.linspace(1, 0, canvas.height)[:, None]
    hills = np.clip(waves(canvas, seed + 1, (420.0, 190.0, 80.0)) + 0.15, 0, None) ** 1.3
    metres = 4 + 3 * waves(canvas, seed + 2, (260.0, 90.0)) + hills * (30 + 260 * north**2)
    return canvas, (np.rint(metres * 4) / 4)[None].astype("float32")


def _thrown(each: Building) -> Ring:
    length = min(each.storeys * _SHADOW, _LONGEST)
    return [(x + length, y - length) for x, y in each.ring]


def _burnt(canvas: Canvas, rings: list[Ring]) -> NDArray[np.uint8]:
    seen = [({"type": "Polygon", "coordinates": [ring]}, 1) for ring in rings if canvas.touches(ring)]
    if not seen:
        return np.zeros(canvas.shape, "uint8")
    found: NDArray[np.uint8] = rasterize(
        seen, out_shape=canvas.shape, transform=canvas.transform, dtype="uint8"
    )
    return found


def _fill(picture: NDArray[np.float64], where: NDArray[np.uint8], colour: NDArray[np.float64]) -> None:
    """Paint over, with a little of what was below so that nothing is flat."""
    there = where > 0
    picture[there] = colour + (picture[there] - _GROUND) * 0.25
