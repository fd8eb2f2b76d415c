"""Tiles and stills of an edition that a reader may see."""

from __future__ import annotations

from yiwang.maps.rasters.contracts import RasterTileUnknown
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.maps.rasters.keeping import OWN as KEPT
from yiwang.maps.rasters.keeping import Key
from yiwang.maps.rasters.queries.editions import Edition
from yiwang.maps.rasters.rules.places import AskedTile, bounds_of, touches


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


def still_picture(edition: Edition) -> bytes | None:
    """The whole edition as one small PNG.

    Raises:
        RasterBusy
    """
    return _kept(edition, (str(edition.path), "still", "png", 0, 0, 0))


def _kept(edition: Edition, key: Key) -> bytes | None:
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
        }
    )
    KEPT.put(key, found)
    return found
