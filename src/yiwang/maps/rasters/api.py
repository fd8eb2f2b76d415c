"""The door of rasters."""

from yiwang.maps.rasters.commands.load_raster import OPERATION, load_raster
from yiwang.maps.rasters.demonstration import ensure_imagery
from yiwang.maps.rasters.kinds import RasterKind, named_in
from yiwang.maps.rasters.loading import load_file
from yiwang.maps.rasters.queries.editions import (
    Edition,
    ReadRaster,
    declared,
    list_loaded,
    list_rasters,
    read_edition,
)
from yiwang.maps.rasters.queries.heights import Ground, find_heights, ground_heights
from yiwang.maps.rasters.queries.pictures import box_picture, still_picture, tile_picture
from yiwang.maps.rasters.rules.places import AskedBox, AskedTile, read_tile

__all__ = [
    "OPERATION",
    "AskedBox",
    "AskedTile",
    "Edition",
    "Ground",
    "RasterKind",
    "ReadRaster",
    "box_picture",
    "declared",
    "ensure_imagery",
    "find_heights",
    "ground_heights",
    "list_loaded",
    "list_rasters",
    "load_file",
    "load_raster",
    "named_in",
    "read_edition",
    "read_tile",
    "still_picture",
    "tile_picture",
]
