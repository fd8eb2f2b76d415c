"""Which tiles a place touches: those that show it, with what they reach over their border."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yiwang.maps.rules.tiles import EXTENT, MARGIN, WORLD, side

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A box in metres of Web Mercator."""

    west: float
    south: float
    east: float
    north: float


EVERYWHERE = Bounds(west=-WORLD / 2, south=-WORLD / 2, east=WORLD / 2, north=WORLD / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Columns and rows of a zoom, first and last included."""

    west: int
    east: int
    north: int
    south: int

    def __contains__(self, place: Place) -> bool:
        column, row = place
        return self.west <= column <= self.east and self.north <= row <= self.south

    def __len__(self) -> int:
        return (self.east - self.west + 1) * (self.south - self.north + 1)

    def __iter__(self) -> Iterator[Place]:
        return (
            (column, row)
            for column in range(self.west, self.east + 1)
            for row in range(self.north, self.south + 1)
        )


def span_of(box: Bounds, zoom: int) -> Span:
    """Tiles of a zoom that a box touches."""
    long, last = side(zoom), (1 << zoom) - 1
    over, half = long * MARGIN / EXTENT, WORLD / 2

    def number(metres: float) -> int:
        return min(max(int(metres // long), 0), last)

    return Span(
        west=number(box.west - over + half),
        east=number(box.east + over + half),
        north=number(half - box.north - over),
        south=number(half - box.south + over),
    )
