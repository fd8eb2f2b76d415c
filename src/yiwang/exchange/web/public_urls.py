"""Addresses of the public catalogue; mounted at ``/catalogue/``."""

from django.urls import path

from yiwang.exchange.web import public

app_name = "catalogue"
urlpatterns = [
    path("", public.show_catalogue, name="all"),
    path("<slug:code>/", public.show_entry, name="entry"),
]
