"""Addresses of the centre's directory and of X-Road clients."""

from django.urls import path

from yiwang.exchange.nodes.rest import views, xroad

urlpatterns = [
    path("api/nodes/directory", views.directory, name="nodes-directory"),
    path("api/nodes/resources", views.resources, name="nodes-resources"),
    path("r1/<path:path>", xroad.service, name="nodes-xroad"),
]
