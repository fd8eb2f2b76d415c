"""Addresses of imagery for its keepers, at ``/desk/rasters/``."""

from __future__ import annotations

from django.urls import path

from yiwang.maps.rasters.web import kept, sending

app_name = "rasters"
urlpatterns = [
    path("", kept.show_all, name="all"),
    path("uploads/<int:upload>/", sending.show, name="upload"),
    path("uploads/<int:upload>/parts/", sending.part, name="upload_part"),
    path("uploads/<int:upload>/stop/", sending.stop, name="upload_stop"),
    path("<slug:code>/send/", sending.send, name="send"),
    path("<slug:code>/send/parts/", sending.announce, name="send_announce"),
    path("<slug:code>/editions/<slug:edition>/", kept.show_edition, name="edition"),
    path("<slug:code>/editions/<slug:edition>/take-back/", kept.take_back, name="take_back"),
    path("<slug:code>/editions/<slug:edition>/put-back/", kept.put_back, name="put_back"),
]
