"""Addresses of the proofs; mounted at ``/proofs/``."""

from django.urls import path

from yiwang.portal.proofs.web import check

app_name = "proofs"
urlpatterns = [
    path("<int:page>/", check.page, name="page"),
    path("<int:page>/canonical.json", check.canonical, name="canonical"),
    path("<int:page>/<int:revision>.tsr", check.answer, name="answer"),
]
