"""Addresses of the search; mounted at ``/search/``."""

from django.urls import path

from yiwang.portal.search.web import results

app_name = "search"
urlpatterns = [
    path("", results.show_results, name="results"),
    path("suggest/", results.give_suggestions, name="suggest"),
]
