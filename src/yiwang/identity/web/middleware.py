"""What an actor lacks is settled on a page: sign in, choose again, change the password, add a second step."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yiwang.identity.api import drop_standing
from yiwang.identity.contracts import NotSignedIn, PasswordChangeNeeded, SecondFactorNeeded, StandingEnded
from yiwang.kernel.errors import YiwangError
from yiwang.platform.http.errors import wants_json
from yiwang.platform.web.language import say


class SignInMiddleware:
    """Turn what ``actor_for`` raises into the page that settles it; programs get the error itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Redirect people; leave everything else to the edge."""
        if wants_json(request):
            return None
        match exception:
            case NotSignedIn():
                back = request.get_full_path() if request.method == "GET" else request.path
                return redirect_to_login(back)
            case StandingEnded():
                drop_standing(request)
                return _settle(request, exception, "account_standing")
            case PasswordChangeNeeded():
                return _settle(request, exception, "account_change_password")
            case SecondFactorNeeded():
                return _settle(request, exception, "mfa_activate_totp")
        return None


def _settle(request: HttpRequest, error: YiwangError, url_name: str) -> HttpResponse:
    messages.warning(request, say(error.sentence))
    return redirect(url_name)
