"""One's account, and the choice of whom one acts for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import (
    actor_for,
    choose_standing,
    current_standing,
    find_actor,
    has_second_factor,
    landing_for,
    person,
    signed_in_account,
    standings_of,
)
from yiwang.identity.contracts import Standing, StandingEnded
from yiwang.platform.contracts import Actor


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Who is signed in, in which capacity, and the ways on."""
    actor = actor_for(request)
    account = signed_in_account(request)
    choices = standings_of(request)
    context = {
        "actor": actor,
        "username": account.get_username(),
        "person": person(actor.person_id) if actor.person_id else None,
        "standing": _chosen(request, actor, choices),
        "several": len(choices) > 1,
        "second_factor": has_second_factor(account.pk),
    }
    return render(request, "identity/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def standing(request: HttpRequest) -> HttpResponse:
    """Choose whom one acts for; kept in the session, checked at each request."""
    signed_in_account(request)
    choices = standings_of(request)
    if request.method == "POST":
        key = request.POST.get("standing", "")
        if key not in {choice.key for choice in choices}:
            raise StandingEnded
        actor = choose_standing(request, key)
        return redirect(_next(request) or resolve_url(landing_for(actor)))
    chosen = _chosen(request, find_actor(request), choices)
    context = {"choices": choices, "chosen": chosen.key if chosen else "", "next": _next(request)}
    return render(request, "identity/standing.html", context)


def _chosen(request: HttpRequest, actor: Actor | None, choices: tuple[Standing, ...]) -> Standing | None:
    """The capacity in force: the chosen one, else the first, which is the default."""
    if actor is None:
        return None
    key = current_standing(request)
    return next((choice for choice in choices if choice.key == key), choices[0] if choices else None)


def _next(request: HttpRequest) -> str:
    """A way on inside this site, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""
