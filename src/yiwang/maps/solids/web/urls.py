"""Addresses of solids for programs; without a language."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.solids.web import programs

urlpatterns = [
    path("maps/solids/<slug:layer>.city.json", programs.cityjson, name="solids-cityjson"),
    path("maps/solids/<slug:layer>/tileset.json", programs.tileset, name="solids-tileset"),
    path(
        "maps/solids/<slug:layer>/tiles/<int:level>/<int:column>/<int:row>.glb",
        programs.tile,
        name="solids-tile",
    ),
]
