"""Addresses of the centre's directory."""

from django.urls import path

from yiwang.exchange.nodes.rest import views

urlpatterns = [path("api/nodes/directory", views.directory, name="nodes-directory")]
