"""Addresses of the watch on the desk."""

from django.urls import path

from yiwang.portal.watching.web import check, report, standing

app_name = "watching"
urlpatterns = [
    path("watching/", standing.sites, name="sites"),
    path("watching/seen/", standing.mark_seen, name="seen"),
    path("sites/<slug:site>/standing/", standing.site, name="site"),
    path("sites/<slug:site>/report/", report.choose_year, name="reports"),
    path("sites/<slug:site>/report/<int:year>/", report.show_report, name="report"),
    path("sites/<slug:site>/report/<int:year>/report.xlsx", report.have_file, name="report_file"),
    path("sites/<slug:site>/report/<int:year>/rows/<slug:figure>/", report.show_rows, name="report_rows"),
    path("sites/<slug:site>/pages/<int:page>/check/", check.check, name="check"),
]
