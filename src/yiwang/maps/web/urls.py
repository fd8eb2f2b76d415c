"""Addresses of tiles; without a language, since map programs read them."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.web import stills, tiles

urlpatterns = [
    path("maps/tiles/<path:asked>", tiles.tile, name="map-tiles"),
    path("maps/tilejson/<str:asked>.json", tiles.tilejson, name="map-tilejson"),
    path("maps/styles/<str:asked>.json", tiles.style, name="map-style"),
    path("maps/images/<str:asked>.png", stills.still, name="map-still"),
]
