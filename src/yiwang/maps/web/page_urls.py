"""Addresses of the map page; mounted at ``/map/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.web import page

app_name = "maps"
urlpatterns = [
    path("", page.show_map, name="map"),
    path("features/", page.list_features, name="features"),
]
