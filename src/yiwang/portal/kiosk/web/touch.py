"""What every touch page does: tells that its terminal lives, and goes back to the start when nobody is there.

The way back is the header ``Refresh``, so that it needs no script: after two minutes a page asks whether
somebody is there, after half a minute more the start page comes. A page with somebody's case asks nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation

from yiwang.kernel.errors import YiwangError
from yiwang.portal.kiosk import api
from yiwang.portal.kiosk.contracts import TerminalView
from yiwang.portal.kiosk.rules.secrets import cookie_of
from yiwang.portal.kiosk.rules.states import START_PAGE_SECONDS

P = ParamSpec("P")
PAGE_SECONDS, ASKING_SECONDS, CASE_SECONDS = 120, 30, 60
#: Of the terminal's secret, for each language's pages: a cookie has one path.
_COOKIES = {"zh-hans": "yiwang_kiosk", "en": "yiwang_kiosk_en"}
_COOKIE_SECONDS = 400 * 24 * 3600


class Leaves(Enum):
    """Where a page goes that nobody touches."""

    ASKING = PAGE_SECONDS
    START = ASKING_SECONDS
    CASE = CASE_SECONDS
    ITSELF = START_PAGE_SECONDS


def touch_page(
    leaves: Leaves = Leaves.ASKING,
) -> Callable[
    [Callable[Concatenate[HttpRequest, TerminalView | None, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Make a view a touch page; it gets the terminal that shows it, or None for any other browser."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, TerminalView | None, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            cookies = (request.COOKIES.get(name, "") for name in _COOKIES.values())
            terminal = api.heard_from(next(filter(None, cookies), ""), at=timezone.now())
            try:
                response = view(request, terminal, *args, **kwargs)
            except YiwangError as refused:
                # the portal's page for this would lead out of the terminal
                context = {"terminal": terminal, "sentence": refused.sentence}
                response = render(request, "kiosk/problem.html", context, status=refused.status)
            response.headers["Refresh"] = f"{leaves.value}; url={_next(request, leaves)}"
            response.headers["Cache-Control"] = "private, no-store"
            return response

        return shown

    return decorate


def way_back(request: HttpRequest) -> str:
    """The touch page from which somebody came to be asked; the start page for anything else."""
    back = request.GET.get("back", "")
    try:
        found = resolve(back.partition("?")[0])
    except Resolver404:
        return reverse("kiosk:start")
    known = found.namespace == "kiosk" and found.url_name not in {"idle", "terminal"}
    # "//host" would be another site's
    return back if known and not back.startswith("//") else reverse("kiosk:start")


def keep_secret(response: HttpResponse, terminal: int, secret: str) -> None:
    """Give the browser what makes it this terminal, for touch pages alone."""
    for language, name in _COOKIES.items():
        with translation.override(language):
            path = reverse("kiosk:start")
        response.set_cookie(
            name,
            cookie_of(terminal, secret),
            max_age=_COOKIE_SECONDS,
            path=path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )


def _next(request: HttpRequest, leaves: Leaves) -> str:
    if leaves is Leaves.ASKING:
        back = request.get_full_path()
        return f"{reverse('kiosk:idle')}?{urlencode({'back': back})}"
    # whoever comes next finds Chinese again
    with translation.override("zh-hans"):
        return reverse("kiosk:start")
