"""Addresses of situations; mounted at ``/now/``."""

from __future__ import annotations

from django.urls import path

from yiwang.insight.situations.web import deciding, page

app_name = "situations"
urlpatterns = [
    path("", page.show_all, name="all"),
    path("<slug:code>/", page.show_situation, name="one"),
    path("<slug:code>/response/", deciding.decide, name="decide"),
]
