"""Addresses of the pages; mounted at ``/desk/addresses/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.addresses.batches.web import pages

app_name = "addresses"
urlpatterns = [
    path("", pages.show_batches, name="batches"),
    path("<int:batch>/", pages.show_batch, name="batch"),
    path("<int:batch>/result.csv", pages.result, name="result"),
]
