"""Addresses of imagery; without a language, since map programs read them."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.rasters.web import tiles

urlpatterns = [
    path("maps/rasters/<slug:code>/<slug:edition>.json", tiles.tilejson, name="raster-tilejson"),
    path(
        "maps/rasters/<slug:code>/<slug:edition>/terrain.json",
        tiles.tilejson,
        {"drawn": "terrain"},
        name="raster-terrain",
    ),
    path("maps/rasters/<slug:code>/<slug:edition>/still.png", tiles.still, name="raster-still"),
    path("maps/rasters/<slug:code>/<slug:edition>/<path:asked>", tiles.tile, name="raster-tile"),
]
