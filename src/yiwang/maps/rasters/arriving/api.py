"""The door of files of imagery that arrive."""

from yiwang.maps.rasters.arriving.commands.announce_raster import announce_raster
from yiwang.maps.rasters.arriving.commands.begin_raster import begin_raster, refuse_upload
from yiwang.maps.rasters.arriving.commands.stop_raster import stop_raster
from yiwang.maps.rasters.arriving.keeping import append_upload, get_upload, list_uploads
from yiwang.maps.rasters.arriving.reading import read_raster

__all__ = [
    "announce_raster",
    "append_upload",
    "begin_raster",
    "get_upload",
    "list_uploads",
    "read_raster",
    "refuse_upload",
    "stop_raster",
]
