"""Addresses of the map page; mounted at ``/map/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.analysis.web import digging
from yiwang.maps.web import correction, near, page, printing

app_name = "maps"
urlpatterns = [
    path("", page.show_map, name="map"),
    path("near/", near.show_near, name="near"),
    path("features/", page.list_features, name="features"),
    path("correct/<slug:layer>/<int:entry>/", correction.ask_correction, name="correct"),
    path("add/<slug:layer>/", correction.ask_new, name="add"),
    path("entry/<slug:register>/<int:entry>/", correction.show_entry, name="entry"),
    path("dig/", digging.dig, name="dig"),
    path("dig/<int:number>/", digging.dug, name="dug"),
    path("dig/<int:number>/report.pdf", digging.dug_pdf, name="dug_pdf"),
    path("print/", printing.show_print, name="print"),
    path("print/map.pdf", printing.pdf, name="print_pdf"),
    path("print/map.png", printing.preview, name="print_preview"),
]
