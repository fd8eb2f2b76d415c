"""Entry of the web server: kept pages first, then Django."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from yiwang.maps.keeping.entry import KeptTiles
from yiwang.platform.starting import nothing_collected
from yiwang.portal.keeping.front import Front
from yiwang.portal.keeping.looking import Watch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.server.settings")
with nothing_collected():
    _django = get_wsgi_application()
application = Front(KeptTiles(_django), Watch(), own_hosts=settings.YIWANG_SITE_HOSTS)
