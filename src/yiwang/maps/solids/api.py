"""The door of solids."""

from yiwang.maps.solids.queries.blocks import MOST_BUILDINGS, block_within, list_raised, read_raised
from yiwang.maps.solids.queries.picturing import Sight, picture_of
from yiwang.maps.solids.queries.pipes import MOST_PIPES, pipes_within
from yiwang.maps.solids.queries.shading import MOST_SHADED, shade_of
from yiwang.maps.solids.queries.sighting import FARTHEST, look
from yiwang.maps.solids.queries.tiling import Made, tile, tileset
from yiwang.maps.solids.queries.walking import AHEAD, EYE, stand
from yiwang.maps.solids.rules.cityjson import MEDIA_TYPE, cityjson_of
from yiwang.maps.solids.rules.gltf import MEDIA_TYPE as GLB
from yiwang.maps.solids.rules.quadtree import Cell
from yiwang.maps.solids.rules.sun import Sun, daylight, sun_at

__all__ = [
    "AHEAD",
    "EYE",
    "FARTHEST",
    "GLB",
    "MEDIA_TYPE",
    "MOST_BUILDINGS",
    "MOST_PIPES",
    "MOST_SHADED",
    "Cell",
    "Made",
    "Sight",
    "Sun",
    "block_within",
    "cityjson_of",
    "daylight",
    "list_raised",
    "look",
    "picture_of",
    "pipes_within",
    "read_raised",
    "shade_of",
    "stand",
    "sun_at",
    "tile",
    "tileset",
]
