"""Tables of maps."""

from yiwang.maps.models.ground_checks import GroundCheck
from yiwang.maps.models.layers import Layer
from yiwang.maps.models.long_studies import LongStudy
from yiwang.maps.models.making import LayerDraft, LayerFile, LayerVersion
from yiwang.maps.models.rasters import RasterChange, RasterEdition, RasterUpload

__all__ = [
    "GroundCheck",
    "Layer",
    "LayerDraft",
    "LayerFile",
    "LayerVersion",
    "LongStudy",
    "RasterChange",
    "RasterEdition",
    "RasterUpload",
]
