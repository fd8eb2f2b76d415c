"""Says before the framework that this process keeps tiles; loaded before there are models."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

#: Stands in each request of a process that keeps tiles. No header can: those come as ``HTTP_…``.
KEEPS = "yiwang.keeps_tiles"


class KeptTiles:
    """A WSGI application around another one, whose tiles are kept from the first on."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass it on."""
        environ[KEEPS] = True
        return self._application(environ, start_response)
