"""Addresses of the portal."""

from django.urls import path

from yiwang.portal.web import eligibility, guide, home, invest, results, services, track

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("services/", services.services, name="services"),
    path("services/<slug:code>/", guide.guide, name="guide"),
    path("services/<slug:code>/check/", eligibility.eligibility, name="eligibility"),
    path("departments/", home.departments, name="departments"),
    path("notices/", home.notices, name="notices"),
    path("notices/<slug:code>/", home.notice, name="notice"),
    path("invest/", invest.invest, name="invest"),
    path("invest/what-if/", invest.what_if, name="what_if"),
    path("track/", track.track, name="track"),
    path("results/", results.results, name="results"),
    path("licences/", results.licence_check, name="licence_check"),
    path("licences/<str:code>/", results.licence, name="licence"),
]
