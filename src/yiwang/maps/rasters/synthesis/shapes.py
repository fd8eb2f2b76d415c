"""The shapes that are painted, in Mercator's metres; and the pixels of a box at a zoom."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from affine import Affine
from numpy.typing import NDArray

from yiwang.maps.rasters.rules.places import SIDE
from yiwang.maps.rules.tiles import WORLD

#: West, south, east, north in degrees: buildings of two districts, and hills around them.
TOWN = (113.2575, 23.1185, 113.2725, 23.1315)
HILLS = (113.235, 23.1, 113.295, 23.15)
_NUMBER = re.compile(r"(-?\d+\.?\d*) (-?\d+\.?\d*)")
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Pixels of a box at a zoom."""

    transform: Affine
    width: int
    height: int

    def touches(self, ring: Ring) -> bool:
        """Whether something within the ring's box may be seen."""
        west, north = self.transform.c, self.transform.f
        east, south = west + self.width * self.transform.a, north + self.height * self.transform.e
        return (
            max(x for x, _ in ring) >= west
            and min(x for x, _ in ring) <= east
            and max(y for _, y in ring) >= south
            and min(y for _, y in ring) <= north
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.height, self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """An outline with what is seen of it from above."""

    number: int
    ring: Ring
    storeys: int
    year: int


def canvas_of(box: tuple[float, float, float, float], zoom: int) -> Canvas:
    """Whole pixels of a zoom."""
    pixel = WORLD / SIDE / (1 << zoom)
    west, south = metres(box[0], box[1])
    east, north = metres(box[2], box[3])
    left, top = round((west + WORLD / 2) / pixel), round((WORLD / 2 - north) / pixel)
    return Canvas(
        transform=Affine(pixel, 0.0, left * pixel - WORLD / 2, 0.0, -pixel, WORLD / 2 - top * pixel),
        width=round((east - west) / pixel),
        height=round((north - south) / pixel),
    )


def metres(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees as Mercator's metres."""
    north = math.asinh(math.tan(math.radians(latitude)))
    return longitude / 360 * WORLD, north / math.tau * WORLD


def buildings(packs: Path) -> Iterator[Building]:
    """The made-up buildings of the demonstration."""
    for number, row in enumerate(_rows(packs / "demonstration_buildings/data/buildings.planning.csv")):
        ring = _line(row["outline"])
        yield Building(number=number, ring=ring, storeys=int(row["storeys"] or 1), year=int(row["year"] or 0))


def roads(packs: Path) -> Iterator[tuple[Ring, int]]:
    """Courses of the made-up roads with their lanes."""
    for row in _rows(packs / "base_map/data/roads.csv"):
        yield _line(row["course"]), int(row["lanes"] or 1)


def waters(packs: Path) -> Iterator[Ring]:
    """Shores of the made-up waters."""
    return (_line(row["surface"]) for row in _rows(packs / "base_map/data/water_bodies.csv"))


def strip(course: Ring, width: float) -> list[Ring]:
    """A line as rings of its width, one a stretch."""
    shapes = []
    for (a, b), (c, d) in pairwise(course):
        length = math.hypot(c - a, d - b) or 1.0
        x, y = (d - b) / length * width / 2, (a - c) / length * width / 2
        shapes.append([(a + x, b + y), (c + x, d + y), (c - x, d - y), (a - x, b - y), (a + x, b + y)])
    return shapes


def waves(canvas: Canvas, seed: int, lengths: tuple[float, ...]) -> NDArray[np.float64]:
    """Smooth ups and downs between -1 and 1, of so many pixels' length, the same for the same seed."""
    chance = np.random.default_rng(seed)
    rows, columns = np.mgrid[0 : canvas.height, 0 : canvas.width]
    found = np.zeros(canvas.shape)
    for length in lengths:
        for _ in range(3):
            turned, phase = chance.uniform(0, math.tau, 2)
            along = columns * math.cos(turned) + rows * math.sin(turned)
            found += np.sin(along * math.tau / length + phase)
    return found / (3 * len(lengths))


def _line(text: str) -> Ring:
    """The outer ring, or the line, of well-known text."""
    return [metres(float(x), float(y)) for x, y in _NUMBER.findall(text.split(")", maxsplit=1)[0])]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
