"""Addresses of the grid's pages; mounted at ``/desk/grids/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.grid.web import check

app_name = "grids"
urlpatterns = [
    path("", check.show_grids, name="all"),
    path("<slug:code>/", check.show_check, name="check"),
    path("<slug:code>/findings.json", check.findings_json, name="findings"),
]
