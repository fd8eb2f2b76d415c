"""Addresses of trust; those of files stand in certificates and never change."""

from django.urls import path

from yiwang.trust.rest import authority, views

urlpatterns = [
    path("trust/root.pem", views.root, name="trust-root"),
    path("trust/seals.crl", views.revoked_seals, name="trust-crl"),
    path("trust/ocsp", authority.status, name="trust-ocsp"),
    path("trust/ocsp/<path:question>", authority.status_by_address, name="trust-ocsp-get"),
    path("trust/time", authority.time_stamp, name="trust-time"),
    path("api/trust/orders", authority.order, name="trust-orders"),
    path("api/trust/orders/<str:token>", authority.ordered, name="trust-order"),
    path("api/trust/key", views.ledger_key, name="trust-key"),
    path("api/trust/checkpoint", views.checkpoint, name="trust-checkpoint"),
    path("api/trust/inclusion", views.inclusion, name="trust-inclusion"),
    path("api/trust/consistency", views.consistency, name="trust-consistency"),
]
