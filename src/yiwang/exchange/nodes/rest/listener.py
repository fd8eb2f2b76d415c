"""Addresses that only other nodes reach: the listener asks each connection for a certificate."""

from django.urls import path

from yiwang.exchange.nodes.rest import views

urlpatterns = [path("node/v1/requests", views.requests, name="node-requests")]
