"""Addresses of the watch on the desk."""

from django.urls import path

from yiwang.portal.watching.web import check, standing

app_name = "watching"
urlpatterns = [
    path("watching/", standing.sites, name="sites"),
    path("watching/seen/", standing.mark_seen, name="seen"),
    path("sites/<slug:site>/standing/", standing.site, name="site"),
    path("sites/<slug:site>/pages/<int:page>/check/", check.check, name="check"),
]
