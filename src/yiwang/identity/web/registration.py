"""Registration of people and firms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import (
    actor_as,
    count_address_failure,
    refuse_if_locked,
    register_citizen,
    register_entity,
)
from yiwang.identity.contracts import AlreadyRegistered, SignInLocked
from yiwang.identity.web.addresses import client_address
from yiwang.identity.web.forms.registration import FirmForm, RegisterForm, show_problems
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import say

_ONLINE = Actor.system("registration")
_DONE = Text("注册成功，请登录。", "You are registered. Please sign in.")
_FIRM_DONE = Text("单位已登记，可以该单位的名义办事。", "The firm is registered; you can act for it now.")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """A person registers; a number that is registered already tells no more than that, and counts."""
    if request.user.is_authenticated:
        return redirect("account_home")
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _registered(request, form):
        messages.success(request, say(_DONE))
        return redirect("account_login")
    return render(request, "identity/register.html", {"form": form}, status=422 if form.errors else 200)


def _registered(request: HttpRequest, form: RegisterForm) -> bool:
    at, address = timezone.now(), client_address(request)
    answers = form.cleaned_data
    try:
        refuse_if_locked(address=address, at=at)
        register_citizen(
            actor=_ONLINE,
            at=at,
            username=answers["username"],
            password=answers["password1"],
            name=answers["name"],
            resident_id=answers["resident_id"].strip().upper(),
            phone=answers["phone"],
        )
    except InvalidInput as refused:
        show_problems(form, refused)
    except AlreadyRegistered as refused:
        count_address_failure(address=address, at=at)
        form.add_error(None, say(refused.sentence))
    except SignInLocked as locked:
        form.add_error(None, say(locked.sentence))
    return not form.errors


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def register_firm(request: HttpRequest) -> HttpResponse:
    """The legal representative declares a firm."""
    actor = actor_as(request, "self")
    form = FirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _firm_registered(request, form, actor):
        messages.success(request, say(_FIRM_DONE))
        return redirect("account_firms")
    context = {"form": form, "actor": actor}
    return render(request, "identity/register_firm.html", context, status=422 if form.errors else 200)


def _firm_registered(request: HttpRequest, form: FirmForm, actor: Actor) -> bool:
    at, address = timezone.now(), client_address(request)
    try:
        refuse_if_locked(address=address, at=at)
        register_entity(
            actor=actor,
            at=at,
            credit_code=form.cleaned_data["credit_code"],
            name=form.cleaned_data["name"],
            legal_representative=actor.name,
            representative_id=actor.person_id,
            address=form.cleaned_data["address"],
        )
    except InvalidInput as refused:
        show_problems(form, refused)
    except AlreadyRegistered as refused:
        count_address_failure(address=address, at=at)
        form.add_error("credit_code", say(refused.sentence))
    except SignInLocked as locked:
        form.add_error(None, say(locked.sentence))
    return not form.errors
