"""Addresses of the kiosks at the desk."""

from django.urls import path

from yiwang.portal.kiosk.web import notice_desk, terminal_desk

app_name = "kiosk-desk"
urlpatterns = [
    path("notices/", notice_desk.show_all, name="notices"),
    path("notices/new/job/", notice_desk.post, {"kind": "job"}, name="post_job"),
    path("notices/new/notice/", notice_desk.post, {"kind": "notice"}, name="post_notice"),
    path("notices/<int:notice>/", notice_desk.show, name="notice"),
    path("terminals/", terminal_desk.show_all, name="terminals"),
    path("terminals/new/", terminal_desk.register, name="register"),
    path("terminals/<int:terminal>/", terminal_desk.show, name="terminal"),
    path("terminals/<int:terminal>/renew/", terminal_desk.renew, name="renew"),
]
