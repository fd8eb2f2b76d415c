"""The door of maps."""

from yiwang.maps.keeping.keeping import keeping_of
from yiwang.maps.kinds import named_in
from yiwang.maps.queries.correcting import (
    as_typed,
    ask_correction,
    ask_end,
    ask_new,
    correctable,
    enterable,
    may_correct,
)
from yiwang.maps.queries.describing import style_json, tilejson_of
from yiwang.maps.queries.extents import extent_seen
from yiwang.maps.queries.features import Box, Feature, Found, extent_of, features_around, features_within
from yiwang.maps.queries.layers import ReadLayer, list_layers, read_layers
from yiwang.maps.queries.named import Named, features_named
from yiwang.maps.queries.one_feature import WholeFeature, find_feature
from yiwang.maps.queries.page_links import pages_of
from yiwang.maps.queries.tiles import TileAnswer, draw_tile

__all__ = [
    "Box",
    "Feature",
    "Found",
    "Named",
    "ReadLayer",
    "TileAnswer",
    "WholeFeature",
    "as_typed",
    "ask_correction",
    "ask_end",
    "ask_new",
    "correctable",
    "draw_tile",
    "enterable",
    "extent_of",
    "extent_seen",
    "features_around",
    "features_named",
    "features_within",
    "find_feature",
    "keeping_of",
    "list_layers",
    "may_correct",
    "named_in",
    "pages_of",
    "read_layers",
    "style_json",
    "tilejson_of",
]
