"""Addresses of the footing's own pages: the style guide, in development only."""

from django.urls import path

from yiwang.platform.web.style import guide

urlpatterns = [
    path("style/", guide, name="style-guide"),
    path("style/desk/", guide, {"layout": "desk"}, name="style-guide-desk"),
]
