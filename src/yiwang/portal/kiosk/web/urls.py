"""Addresses of the touch pages."""

from django.urls import path

from yiwang.portal.kiosk.web import guides, pages

app_name = "kiosk"
urlpatterns = [
    path("", pages.start, name="start"),
    path("services/", pages.services, name="services"),
    path("services/<slug:code>/", guides.guide, name="guide"),
    path("services/<slug:code>/guide.pdf", guides.guide_pdf, name="guide_pdf"),
    path("places/", pages.places, name="places"),
    path("jobs/", pages.jobs, name="jobs"),
    path("notices/", pages.notices, name="notices"),
    path("notices/<int:notice>/", pages.notice, name="notice"),
    path("track/", pages.track, name="track"),
    path("idle/", pages.idle, name="idle"),
    path("terminal/", pages.begin_terminal, name="terminal"),
]
