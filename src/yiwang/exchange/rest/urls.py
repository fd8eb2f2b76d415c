"""Addresses of the catalogue for programs, without a language."""

from django.urls import path

from yiwang.exchange.rest import ckan, documents

urlpatterns = [
    path("catalogue.ttl", documents.catalogue, {"form": "ttl"}, name="catalogue-turtle"),
    path("catalogue.jsonld", documents.catalogue, {"form": "jsonld"}, name="catalogue-json-ld"),
    path("catalogue/<slug:code>.ttl", documents.dataset, {"form": "ttl"}, name="catalogue-entry-turtle"),
    path(
        "catalogue/<slug:code>.jsonld", documents.dataset, {"form": "jsonld"}, name="catalogue-entry-json-ld"
    ),
    path("catalogue/<slug:code>/openapi.json", documents.openapi, name="catalogue-openapi"),
    path("catalogue/<slug:code>/data.csv", documents.data, name="catalogue-data"),
    path("api/3/action/<slug:action>", ckan.act, name="ckan-action"),
    # ckanapi leaves the version out
    path("api/action/<slug:action>", ckan.act, name="ckan-action-unversioned"),
]
