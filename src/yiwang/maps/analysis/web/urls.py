"""Addresses of studies; mounted at ``/desk/analysis/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.analysis.web import long, selecting, studies

app_name = "analysis"
urlpatterns = [
    path("", studies.study, name="study"),
    path("selected/", selecting.selected, name="selected"),
    path("long/<int:number>/", long.long_study, name="long"),
]
