"""Addresses of trust; those of files stand in certificates and never change."""

from django.urls import path

from yiwang.trust.rest import views

urlpatterns = [
    path("trust/root.pem", views.root, name="trust-root"),
    path("trust/seals.crl", views.revoked_seals, name="trust-crl"),
    path("api/trust/key", views.ledger_key, name="trust-key"),
    path("api/trust/checkpoint", views.checkpoint, name="trust-checkpoint"),
    path("api/trust/inclusion", views.inclusion, name="trust-inclusion"),
    path("api/trust/consistency", views.consistency, name="trust-consistency"),
]
