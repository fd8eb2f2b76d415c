"""Heights of an edition at places: each between the middles of the four pixels around it."""

from __future__ import annotations

import json
import math

from rasterio import DatasetReader
from rasterio.warp import transform


def measure(dataset: DatasetReader, places: str) -> bytes:
    """JSON: metres for each place of ``east north,east north`` (degrees), null where none is known."""
    degrees = [pair.split() for pair in places.split(",")]
    easts, norths = transform(
        "EPSG:4326", dataset.crs, [float(pair[0]) for pair in degrees], [float(pair[1]) for pair in degrees]
    )
    return json.dumps([_height(dataset, *place) for place in zip(easts, norths, strict=True)]).encode()


def _height(dataset: DatasetReader, east: float, north: float) -> float | None:
    bounds = dataset.bounds
    if not (bounds.left <= east <= bounds.right and bounds.bottom <= north <= bounds.top):
        return None
    column, row = ~dataset.transform * (east, north)
    left, above = math.floor(column - 0.5), math.floor(row - 0.5)
    # The outermost half pixel has no neighbour beyond: it stands for itself.
    around = [
        dataset.transform
        * (min(max(each, 0), dataset.width - 1) + 0.5, min(max(line, 0), dataset.height - 1) + 0.5)
        for line in (above, above + 1)
        for each in (left, left + 1)
    ]
    values = [
        None if value.mask.any() else float(value[0]) for value in dataset.sample(around, 1, masked=True)
    ]
    return _between(values, column - 0.5 - left, row - 0.5 - above)


def _between(around: list[float | None], right: float, down: float) -> float | None:
    known = [value for value in around if value is not None]
    if len(known) < len(around):
        return None
    upper = known[0] + (known[1] - known[0]) * right
    lower = known[2] + (known[3] - known[2]) * right
    return round(upper + (lower - upper) * down, 3)
