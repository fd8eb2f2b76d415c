"""Addresses of OGC; mounted at ``/ogc/``, in English at ``/en/ogc/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.ogc.ows.web import wfs, wmts
from yiwang.maps.ogc.web import changing, collections, download, landing, map_tiles, tiles

app_name = "ogc"
urlpatterns = [
    path("", landing.landing, name="landing"),
    path("conformance", landing.conformance, name="conformance"),
    path("api", landing.api, name="api"),
    path("collections", collections.collections, name="collections"),
    path("collections/<str:code>", collections.collection, name="collection"),
    path("collections/<str:code>/queryables", collections.queryables_of, name="queryables"),
    path("collections/<str:code>/items", changing.items, name="items"),
    path("collections/<str:code>/items/<str:feature>", changing.item, name="item"),
    path("collections/<str:code>/download", download.download, name="download"),
    path("wfs", wfs.wfs, name="wfs"),
    path("wmts", wmts.wmts, name="wmts"),
    path("wmts/1.0.0/WMTSCapabilities.xml", wmts.capabilities, name="wmts-capabilities"),
    path(
        "wmts/1.0.0/<str:layer>/<str:style>/<str:name>/<str:matrix>/<str:row>/<str:last>",
        wmts.tile,
        name="wmts-tile",
    ),
    path("tileMatrixSets", tiles.matrix_sets, name="matrix-sets"),
    path("tileMatrixSets/<str:name>", tiles.matrix_set, name="matrix-set"),
    path("collections/<str:code>/tiles", tiles.tilesets, name="tilesets"),
    path("collections/<str:code>/tiles/<str:name>", tiles.tileset, name="tileset"),
    path("collections/<str:code>/map/tiles", map_tiles.tilesets, name="map-tilesets"),
    path("collections/<str:code>/map/tiles/<str:name>", map_tiles.tileset, name="map-tileset"),
    path(
        "collections/<str:code>/map/tiles/<str:name>/<str:matrix>/<str:row>/<str:column>",
        map_tiles.tile,
        name="map-tile",
    ),
    path(
        "collections/<str:code>/tiles/<str:name>/<str:matrix>/<str:row>/<str:column>", tiles.tile, name="tile"
    ),
]
