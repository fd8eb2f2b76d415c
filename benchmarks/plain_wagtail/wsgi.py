"""Entry of the peer's web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.plain_wagtail.settings"
application = get_wsgi_application()
