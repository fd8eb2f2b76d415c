"""The yearly report as the public reads it."""

from django.urls import path

from yiwang.portal.watching.web import report

app_name = "site_reports"
urlpatterns = [
    path("<slug:site>/report/<int:year>/", report.show_public, name="report"),
    path("<slug:site>/report/<int:year>/report.xlsx", report.have_public_file, name="file"),
]
