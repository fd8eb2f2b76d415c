"""How high the ground lies at places, of an edition that a reader may see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.maps.rasters.queries.editions import Edition, list_rasters
from yiwang.platform.contracts import Actor

#: A line of sight and five thousand houses.
_MOST_PLACES = 6_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Metres above the sea at each place that was asked for, who measured them, and what they are called."""

    heights: tuple[float, ...]
    source: Text
    name: Text


def find_heights(actor: Actor | None, place: tuple[float, float]) -> Edition | None:
    """The newest edition of heights whose box holds a place, for who may see it."""
    east, north = place
    found = [
        edition
        for each in list_rasters(actor)
        if each.raster.kind == "elevation"
        for edition in each.editions
        if edition.bounds[0] <= east <= edition.bounds[2] and edition.bounds[1] <= north <= edition.bounds[3]
    ]
    return min(found, key=lambda each: (-each.year, each.raster.code), default=None)


def ground_heights(actor: Actor | None, places: Sequence[tuple[float, float]]) -> Ground | None:
    """Heights at places in degrees by the newest edition that knows all of them; None where none does.

    Raises:
        RasterBusy
        ValueError: more than six thousand places.
    """
    if len(places) > _MOST_PLACES:
        raise ValueError(f"{len(places)} places, at most {_MOST_PLACES}")
    words = ",".join(f"{east:.8f} {north:.8f}" for east, north in places)
    rasters = [each for each in list_rasters(actor) if each.raster.kind == "elevation"]
    editions = [(read.raster, edition) for read in rasters for edition in read.editions]
    for raster, edition in sorted(editions, key=lambda pair: (-pair[1].year, pair[0].code)):
        asked: dict[str, str | int] = {
            "path": str(edition.path),
            "form": "elevation",
            "drawn": "heights",
            "places": words,
        }
        body = PROCESS.ask(asked) if places else None
        heights: list[float | None] = json.loads(body) if body is not None else [None]
        known = tuple(height for height in heights if height is not None)
        if len(known) == len(heights):
            name = Text(f"{raster.title.zh}（{edition.edition}）", f"{raster.title.en} ({edition.edition})")
            return Ground(heights=known, source=raster.attribution, name=name)
    return None
