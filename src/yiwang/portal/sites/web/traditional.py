"""Public pages in Traditional characters, at ``/hant/`` before their own address."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module

from django.http import HttpRequest, HttpResponse

from yiwang.portal.sites.rules.traditional import Convert, converted
from yiwang.portal.sites.web.hosts import own_site

HANT_PREFIX = "/hant/"
_KEPT = "_yiwang_traditional"
_SITES = re.compile(r"/sites/.*")


class TraditionalMiddleware:
    """Answer ``/hant/sites/…`` as ``/sites/…``, its words converted; must stand before the hosts' middleware.

    Only pages of sites are: what officers and applicants see and write is never changed on its way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on without the prefix; ``request.path`` stays what was asked for."""
        inner = request.path_info.removeprefix(HANT_PREFIX[:-1])
        asked = request.path_info.startswith(HANT_PREFIX) and request.method in {"GET", "HEAD"}
        if not asked or not (own_site(request) or _SITES.fullmatch(inner)):
            return self.get_response(request)
        vars(request)[_KEPT] = True
        request.path_info = inner
        response = self.get_response(request)
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        response.content = converted(response.content.decode(), _words()).encode()
        response.headers["Content-Length"] = str(len(response.content))
        return response


def is_traditional(request: HttpRequest) -> bool:
    """Whether the page was asked for in Traditional characters."""
    return bool(vars(request).get(_KEPT))


@cache
def _words() -> Convert:
    convert: Convert = import_module("yiwang.portal.sites.traditional_words").traditional
    return convert
