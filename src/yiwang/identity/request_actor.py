"""Who acts in a request: read once, checked each time against posts, mandates and delegations."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from yiwang.identity.contracts import (
    NotSignedIn,
    PasswordChangeNeeded,
    SecondFactorNeeded,
    Standing,
    StandingEnded,
)
from yiwang.identity.models import Account
from yiwang.identity.queries.actors import actor_of_account, standings
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
#: Where a session keeps the capacity that was chosen.
STANDING_KEY = "yiwang_standing"
_CACHED = "_yiwang_actor"
_SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def signed_in_account(request: HttpRequest) -> Account:
    """Give the account behind the session or raise NotSignedIn."""
    account = getattr(request, "user", None)
    if not isinstance(account, Account) or not account.is_active:
        raise NotSignedIn
    return account


def actor_for(request: HttpRequest) -> Actor:
    """Give who acts in this request, in the capacity chosen in the session.

    Costs at most two statements, once a request. The capacity is checked each time, so a revoked mandate
    ends at the next request. Raises NotSignedIn, StandingEnded, PasswordChangeNeeded or
    SecondFactorNeeded; on pages the sign-in middleware turns each into the page that settles it.
    """
    found = vars(request).get(_CACHED)
    if isinstance(found, Actor):
        return found
    actor = actor_as(request, str(request.session.get(STANDING_KEY, "")))
    vars(request)[_CACHED] = actor
    return actor


def actor_as(request: HttpRequest, key: str) -> Actor:
    """Give the signed-in account as an actor in one named capacity, for this act only."""
    account = signed_in_account(request)
    if account.must_change_password:
        raise PasswordChangeNeeded
    actor = actor_of_account(account, at=timezone.now(), acting_for=key)
    needs_factor = actor.kind == "officer" and settings.YIWANG_OFFICERS_NEED_SECOND_FACTOR
    if needs_factor and not has_second_factor(account.pk):
        raise SecondFactorNeeded
    return actor


def has_second_factor(account_id: int) -> bool:
    """Whether the account has an authenticator app or a security key."""
    return bool(Authenticator.objects.filter(user_id=account_id, type__in=_SECOND_FACTORS).exists())


def find_actor(request: HttpRequest) -> Actor | None:
    """Give who acts, or None when nobody may act yet (menus ask this on every page)."""
    try:
        return actor_for(request)
    except (NotSignedIn, StandingEnded, PasswordChangeNeeded, SecondFactorNeeded):
        return None


def standings_of(request: HttpRequest) -> tuple[Standing, ...]:
    """Every capacity in which the signed-in account may act now."""
    return standings(signed_in_account(request), at=timezone.now())


def current_standing(request: HttpRequest) -> str:
    """Key of the capacity chosen in this session; empty for the default."""
    return str(request.session.get(STANDING_KEY, ""))


def choose_standing(request: HttpRequest, key: str) -> Actor:
    """Act in another capacity from now on; raises StandingEnded when it does not hold."""
    actor = actor_as(request, key)
    request.session[STANDING_KEY] = key
    vars(request)[_CACHED] = actor
    return actor


def drop_standing(request: HttpRequest) -> None:
    """Go back to the default capacity."""
    request.session.pop(STANDING_KEY, None)
    vars(request).pop(_CACHED, None)


def needs_sign_in(view: View[P]) -> View[P]:
    """Send a visitor who is not signed in to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            actor_for(request)
        except NotSignedIn:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def needs_officer(operation: str) -> Callable[[View[P]], View[P]]:
    """Let only officers in whose roles have the operation; where it reaches is for the query or command."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        @needs_sign_in
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_for(request)
            if actor.kind != "officer" or not guard().may(actor, operation):
                raise OperationNotAllowed(operation=operation)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
