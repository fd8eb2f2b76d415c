"""The door of rasters."""

from yiwang.maps.rasters.commands.load_raster import OPERATION
from yiwang.maps.rasters.commands.take_back_edition import (
    TAKE_BACK,
    put_back_edition,
    take_back_edition,
)
from yiwang.maps.rasters.contracts import ReasonMissing
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
from yiwang.maps.rasters.queries.owned import (
    EditionChange,
    KeptEdition,
    KeptRaster,
    list_changes,
    list_owned,
    read_kept,
    read_owned,
)
from yiwang.maps.rasters.queries.pictures import box_picture, still_picture, tile_picture
from yiwang.maps.rasters.rules.places import AskedBox, AskedTile, read_tile

__all__ = [
    "OPERATION",
    "TAKE_BACK",
    "AskedBox",
    "AskedTile",
    "Edition",
    "EditionChange",
    "Ground",
    "KeptEdition",
    "KeptRaster",
    "RasterKind",
    "ReadRaster",
    "ReasonMissing",
    "box_picture",
    "declared",
    "ensure_imagery",
    "find_heights",
    "ground_heights",
    "list_changes",
    "list_loaded",
    "list_owned",
    "list_rasters",
    "load_file",
    "named_in",
    "put_back_edition",
    "read_edition",
    "read_kept",
    "read_owned",
    "read_tile",
    "still_picture",
    "take_back_edition",
    "tile_picture",
]
