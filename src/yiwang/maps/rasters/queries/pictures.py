"""Tiles and stills of an edition that a reader may see."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.maps.rasters.contracts import RasterTileUnknown
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.maps.rasters.keeping import OWN as KEPT
from yiwang.maps.rasters.keeping import Key
from yiwang.maps.rasters.queries.editions import Edition
from yiwang.maps.rasters.rules.places import AskedBox, AskedTile, bounds_of, touches


def tile_picture(edition: Edition, asked: AskedTile) -> bytes | None:
    """The picture; None where the edition has nothing.

    Raises:
        RasterTileUnknown: heights are asked of what has none.
        RasterBusy
    """
    if asked.drawn == "terrain" and edition.raster.kind != "elevation":
        raise RasterTileUnknown
    if asked.tile.zoom < edition.raster.from_zoom or not touches(bounds_of(asked.tile), edition.bounds):
        return None
    tile = asked.tile
    return _kept(edition, (str(edition.path), asked.drawn, asked.format, tile.zoom, tile.column, tile.row))


def box_picture(edition: Edition, asked: AskedBox) -> bytes | None:
    """The picture of a square of another reference system; None where the edition has nothing.

    Raises:
        RasterBusy
    """
    if asked.zoom < edition.raster.from_zoom or (asked.is_degrees and not touches(asked.box, edition.bounds)):
        return None
    said = " ".join(repr(each) for each in asked.box)
    key = (str(edition.path), f"{asked.srid} {said}", asked.format, 0, 0, 0)
    return _kept(edition, key, {"drawn": "box", "srid": asked.srid, "box": said})


def still_picture(edition: Edition) -> bytes | None:
    """The whole edition as one small PNG.

    Raises:
        RasterBusy
    """
    return _kept(edition, (str(edition.path), "still", "png", 0, 0, 0))


def _kept(edition: Edition, key: Key, more: Mapping[str, str | int] | None = None) -> bytes | None:
    is_kept, body = KEPT.get(key)
    if is_kept:
        return body
    path, drawn, image, zoom, column, row = key
    found = PROCESS.ask(
        {
            "path": path,
            "form": edition.raster.kind,
            "drawn": drawn,
            "image": image,
            "zoom": zoom,
            "column": column,
            "row": row,
            **(more or {}),
        }
    )
    KEPT.put(key, found)
    return found
