"""Addresses of making layers, at ``/desk/layers/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.making.files.web import pages as files
from yiwang.maps.making.web import casework, editing, measuring, overview

app_name = "layers"
urlpatterns = [
    path("", overview.show_all, name="all"),
    path("new/", overview.begin, name="new"),
    path("by-division/", measuring.begin, name="measure"),
    path("of-cases/", casework.begin, name="cases"),
    path("from-file/", files.send, name="file"),
    path("from-file/<int:file>/", files.show, name="file_sent"),
    path("drafts/<int:draft>/", editing.edit, name="draft"),
    path("drafts/<int:draft>/preview/", editing.preview, name="preview"),
    path("drafts/<int:draft>/publish/", editing.publish, name="publish"),
    path("drafts/<int:draft>/drop/", editing.drop, name="drop"),
    path("<slug:code>/", overview.show_versions, name="versions"),
    path("<slug:code>/change/", overview.change, name="change"),
    path("<slug:code>/withdraw/", overview.withdraw, name="withdraw"),
    path("<slug:code>/layer.yaml", overview.fetch_yaml, name="yaml"),
]
