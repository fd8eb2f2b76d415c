"""The door of maps."""

from yiwang.maps.kinds import named_in
from yiwang.maps.queries.describing import seen_of, style_json, tilejson_of
from yiwang.maps.queries.features import Box, Feature, Found, extent_of, features_within
from yiwang.maps.queries.layers import ReadLayer, list_layers, read_layers
from yiwang.maps.queries.tiles import TileAnswer, draw_tile

__all__ = [
    "Box",
    "Feature",
    "Found",
    "ReadLayer",
    "TileAnswer",
    "draw_tile",
    "extent_of",
    "features_within",
    "list_layers",
    "named_in",
    "read_layers",
    "seen_of",
    "style_json",
    "tilejson_of",
]
