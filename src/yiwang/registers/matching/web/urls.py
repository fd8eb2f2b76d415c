"""Addresses of matching in the desk."""

from django.urls import path

from yiwang.registers.matching.web import doubts, findings, overview

app_name = "matching"
urlpatterns = [
    path("", overview.show_all, name="all"),
    path("<slug:matching>/", overview.show_matching, name="matching"),
    path("<slug:matching>/run/", overview.ask, name="ask"),
    path("<slug:matching>/doubts/", doubts.show, name="doubts"),
    path("<slug:matching>/doubts/<int:doubt>/", doubts.judge, name="judge"),
    path("<slug:matching>/<slug:organisation>/<slug:kind>/", findings.show, name="findings"),
    path("<slug:matching>/<slug:organisation>/<slug:kind>/workbook.xlsx", findings.workbook, name="workbook"),
]
