"""Entry of the listener for other nodes: its addresses only, no sessions, no pages."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.server.settings")
django.setup(set_prefix=False)
# After the apps are ready: allauth insists at start on a middleware that programs have no use for.
settings.ROOT_URLCONF = "yiwang.exchange.nodes.rest.listener"
settings.MIDDLEWARE = [
    "yiwang.platform.http.middleware.CorrelationMiddleware",
    "yiwang.platform.http.errors.ProblemMiddleware",
]
application = WSGIHandler()
