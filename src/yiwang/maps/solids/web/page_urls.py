"""Addresses of the pages on solids; mounted at ``/map/solids/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.solids.web import below, page, view, walk

app_name = "solids"
urlpatterns = [
    path("", page.show_solids, name="page"),
    path("picture.png", page.picture, name="picture"),
    path("view.png", view.view, name="view"),
    path("shadows/", page.shadows, name="shadows"),
    path("pipes/", below.pipes, name="pipes"),
    path("standing/", walk.standing, name="standing"),
]
