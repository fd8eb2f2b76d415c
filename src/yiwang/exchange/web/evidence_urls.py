"""Addresses of the evidence of looks, for auditors."""

from django.urls import path

from yiwang.exchange.web import evidence

app_name = "evidence"
urlpatterns = [
    path("", evidence.show_evidence, name="show"),
    path("file/", evidence.take_file, name="file"),
    path("verifier/", evidence.verifier, name="verifier"),
]
