"""What the installation answers to anybody at a public address, made for the copy.

Pages of sites are made by their own views without the layers that only a reader's request needs (sessions,
tokens, sign-in, its line in the log): the same bytes at a fraction of the cost. All else goes the long way.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import resolve
from django.utils import translation

from yiwang.kernel.errors import NotFound
from yiwang.platform.environment import environment
from yiwang.portal.keeping.front import Answered
from yiwang.portal.sites.web.hosts import SiteHostMiddleware
from yiwang.portal.sites.web.traditional import TraditionalMiddleware

_POLICIES = frozenset(
    {
        "content-security-policy",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "strict-transport-security",
    }
)


def page(host: str, path: str, query: str = "") -> bytes | None:
    """A page, feed or sitemap of a site as anybody gets it; None where there is none.

    Raises:
        RuntimeError: the page is faulty; the text says which.
    """
    language = translation.get_language()
    try:
        response = _inner()(WSGIRequest(_asked(host, path, query)))
    except Exception as fault:
        raise RuntimeError(f"{path}: {type(fault).__name__}") from fault
    finally:
        translation.activate(language or "zh-hans")
    if response.status_code in {404, 410}:
        return None
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return response.content


def plain(path: str) -> bytes | None:
    """Any other address, through every layer."""
    said = Answered()
    response = _application()(_asked("", path, ""), said)
    body = response.content if isinstance(response, HttpResponse) else b""
    response.close()
    return body if said.status.startswith("200") else None


def policies() -> dict[str, str]:
    """The headers of every public page that tell a browser what it may do."""
    said = Answered()
    _application()(_asked("", "/unavailable/", ""), said).close()
    return {name: text for name, text in said.headers if name.lower() in _POLICIES}


def _asked(host: str, path: str, query: str) -> WSGIEnvironment:
    address = urlsplit(environment().address())
    asked: WSGIEnvironment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": host or address.netloc,
        "HTTP_X_FORWARDED_PROTO": address.scheme,
    }
    setup_testing_defaults(asked)
    return asked


def _view(request: HttpRequest) -> HttpResponse:
    translation.activate("en" if request.path_info.startswith("/en/") else "zh-hans")
    try:
        match = resolve(request.path_info)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except (NotFound, Http404):
        return HttpResponseNotFound()
    return response


@cache
def _inner() -> Callable[[HttpRequest], HttpResponse]:
    """What decides which page an address means and in which characters, around the views."""
    return TraditionalMiddleware(SiteHostMiddleware(_view))


@cache
def _application() -> WSGIHandler:
    return WSGIHandler()
