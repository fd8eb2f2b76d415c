"""The city's web server without kept tiles: every tile is drawn."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
