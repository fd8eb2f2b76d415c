"""A site on a host name of its own: there it stands at ``/``, and nothing else of the installation does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yiwang.platform.web.language import ENGLISH_PREFIX

_KEPT = "_yiwang_site_host"


class SiteHostMiddleware:
    """Read ``/news/`` on a site's own host as ``/sites/<code>/news/``; must stand before the language's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, under the address within the installation; ``request.path`` stays what was asked for."""
        code = own_site(request)
        if code:
            vars(request)[_KEPT] = code
            path = request.path_info
            english = path.startswith(ENGLISH_PREFIX)
            rest = path[len(ENGLISH_PREFIX) - 1 :] if english else path
            request.path_info = f"{'/en' if english else ''}/sites/{code}{rest}"
        return self.get_response(request)


def own_site(request: HttpRequest) -> str:
    """The code of the site whose own host is asked, before anything was read of the request."""
    hosts: Mapping[str, str] = settings.YIWANG_SITE_HOSTS
    return hosts.get(request.META.get("HTTP_HOST", "").partition(":")[0].lower(), "")


def site_of_host(request: HttpRequest) -> str:
    """The code of the site whose own host was asked; empty where none was."""
    return str(vars(request).get(_KEPT, ""))
