"""Paper, scales and the projection in which a scale is true."""

from __future__ import annotations

import math
from collections.abc import Mapping

from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.maps.printing.contracts import Frame, Paper, Place, Turn

#: Width and height of portrait paper (ISO 216), in millimetres.
_PAPERS: Mapping[Paper, tuple[float, float]] = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
MARGIN = 10.0
#: Beside the map of a landscape sheet stands the legend; below that of a portrait one.
_BESIDE, _BELOW, _HEAD, _FOOT = 52.0, 62.0, 17.0, 15.0
SCALES: tuple[int, ...] = (
    500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000,
)  # fmt: skip
#: Scale of web maps of 512 pixels a tile at zoom 0, at the equator, with pixels of 0.28 mm (OGC 17-083r4).
_ZOOM_0 = 279_541_132.0
#: Zones of three degrees of CGCS2000, by their central meridian (EPSG:4534 is 75°E).
_FIRST_MERIDIAN, _LAST_MERIDIAN, _FIRST_EPSG = 75, 135, 4534


def sheet_size(paper: Paper, turn: Turn) -> tuple[float, float]:
    """Width and height of a sheet in millimetres."""
    short, long = _PAPERS[paper]
    return (long, short) if turn == "landscape" else (short, long)


def map_size(paper: Paper, turn: Turn) -> tuple[float, float]:
    """Width and height of the map on a sheet in millimetres."""
    width, height = sheet_size(paper, turn)
    inner, tall = width - 2 * MARGIN, height - 2 * MARGIN - _HEAD - _FOOT
    return (inner - _BESIDE, tall) if turn == "landscape" else (inner, tall - _BELOW)


def zone_of(east: float) -> tuple[int, int]:
    """The central meridian of the nearest zone, and its EPSG number."""
    meridian = min(max(round(east / 3) * 3, _FIRST_MERIDIAN), _LAST_MERIDIAN)
    return meridian, _FIRST_EPSG + (meridian - _FIRST_MERIDIAN) // 3


def zoom_of(frame: Frame) -> float:
    """The zoom at which a web map shows the ground as large as the paper does."""
    stretched = frame.scale / math.cos(math.radians(frame.centre[1]))
    return max(math.log2(_ZOOM_0 / stretched), 0.0)


def frame_of(box: tuple[float, float, float, float], width: float, height: float, scale: int | None) -> Frame:
    """A frame around the middle of a box (west, south, east, north), at a round scale that holds it."""
    west, south, east, north = box
    middle: Place = ((west + east) / 2, (south + north) / 2)
    across = (east - west) * ABOUT_A_DEGREE * math.cos(math.radians(middle[1]))
    needed = max(across / width, (north - south) * ABOUT_A_DEGREE / height) * 1_000
    fitting = next((each for each in SCALES if each >= needed * 0.999), SCALES[-1])
    return Frame(centre=middle, scale=scale or fitting, width=width, height=height)


def bar_of(scale: int, longest: float = 36.0) -> tuple[float, int]:
    """Length in millimetres of a scale bar, and the round number of metres that it stands for."""
    ground = longest / 1_000 * scale
    power = 10 ** math.floor(math.log10(ground))
    metres = max(step * power for step in (1, 2, 5) if step * power <= ground)
    return metres / scale * 1_000, int(metres)
