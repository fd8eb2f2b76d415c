"""Addresses of studies; mounted at ``/desk/analysis/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.analysis.web import long, studies

app_name = "analysis"
urlpatterns = [
    path("", studies.study, name="study"),
    path("long/<int:number>/", long.long_study, name="long"),
]
