"""What a reader chooses of the view, kept in a cookie that says nothing else of him."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from yiwang.platform.web.context import VIEW_COOKIE, VIEWS
from yiwang.portal.sites.web.shown import address_of

_A_YEAR = 365 * 24 * 3600


# A GET form: kept pages hold no token, and the worst that another site could do is to enlarge letters.
@require_safe
def choose(request: HttpRequest, site: str) -> HttpResponse:
    """Large letters, the mode for the elderly, or as usual; back to the page from where it was asked."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = address_of(request, site)
    response = redirect(back)
    response.headers["Cache-Control"] = "no-store"
    wanted = request.GET.get("view", "")
    if wanted in VIEWS:
        response.set_cookie(
            VIEW_COOKIE,
            wanted,
            max_age=_A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(VIEW_COOKIE, samesite="Lax")
    return response
