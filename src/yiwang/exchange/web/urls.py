"""Addresses of the exchange in the desk."""

from django.urls import path

from yiwang.exchange.web import asking, catalogue, granting

app_name = "exchange"
urlpatterns = [
    path("", catalogue.show_catalogue, name="catalogue"),
    path("our-access/", asking.show_our_access, name="our_access"),
    path("<slug:code>/", catalogue.show_resource, name="resource"),
    path("<slug:code>/ask/", asking.ask, name="ask"),
    path("<slug:code>/grants/new/", granting.issue, name="issue"),
    path("<slug:code>/grants/<int:grant>/revoke/", granting.revoke, name="revoke"),
]
