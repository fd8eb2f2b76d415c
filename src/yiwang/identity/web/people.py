"""Accounts at the desk: find, open, appoint, end a posting, recover. For the city's administrators."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.identity.api import (
    account,
    actor_for,
    appoint_officer,
    end_posting,
    find_accounts,
    needs_officer,
    open_account,
    recover_account,
    roles,
)
from yiwang.identity.web.forms.duties import AppointmentForm, OfficerAccountForm
from yiwang.identity.web.forms.registration import show_problems
from yiwang.kernel.errors import InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import say
from yiwang.platform.web.private_search import recall, remember

_APPOINT = "identity.officer.appoint"
_APPOINTED = Text("已任命。", "The officer is appointed.")
_ENDED = Text("任职已终止。", "The posting has ended.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs_officer(_APPOINT)
def accounts(request: HttpRequest) -> HttpResponse:
    """Find accounts by user name or by the person's full name, which stays out of the address."""
    if request.method == "POST":
        return remember(request, private=("q",))
    words = recall(request).get("q") or request.GET.get("q", "")
    found = find_accounts(words, at=timezone.now())
    return render(request, "identity/accounts.html", {"words": words, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs_officer(_APPOINT)
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an officer's account; its first password is shown once."""
    form = OfficerAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, password = open_account(
                actor=actor_for(request),
                at=timezone.now(),
                username=form.cleaned_data["username"].strip().lower(),
                name=form.cleaned_data["name"],
                phone=form.cleaned_data["phone"],
            )
        except InvalidInput as refused:
            show_problems(form, refused)
        except YiwangError as refused:
            form.add_error(None, say(refused.sentence))
        else:
            return _password_page(request, made, password)
    return render(request, "identity/new_account.html", {"form": form}, status=422 if form.errors else 200)


def _password_page(request: HttpRequest, account_id: int, password: str) -> HttpResponse:
    shown = account(account_id, at=timezone.now())
    return render(request, "identity/first_password.html", {"account": shown, "password": password})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs_officer(_APPOINT)
def one_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: its posts, and a form to appoint."""
    at = timezone.now()
    form = AppointmentForm(request.POST or None, roles=roles())
    if request.method == "POST" and form.is_valid() and _appointed(form, actor_for(request), account_id, at):
        messages.success(request, say(_APPOINTED))
        return redirect("one_account", account_id=account_id)
    titles = {role.code: role.title for role in roles()}
    shown = account(account_id, at=at)
    posts = [
        {"view": post, "roles": [titles[code] for code in post.roles if code in titles]}
        for post in shown.postings
    ]
    context = {"account": shown, "posts": posts, "form": form}
    return render(request, "identity/account.html", context, status=422 if form.errors else 200)


def _appointed(form: AppointmentForm, actor: Actor, account_id: int, at: datetime) -> bool:
    answers = form.cleaned_data
    try:
        appoint_officer(
            actor=actor,
            at=at,
            account_id=account_id,
            organisation=answers["organisation"].strip(),
            title=Text(answers["title_zh"], answers["title_en"]),
            roles=answers["roles"],
        )
    except YiwangError as refused:
        form.add_error(None, say(refused.sentence))
    return not form.errors


@require_POST
@never_cache
@needs_officer("identity.account.recover")
def recover(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give a new first password to somebody who proved who he is; shown once."""
    password = recover_account(actor=actor_for(request), at=timezone.now(), account_id=account_id)
    return _password_page(request, account_id, password)


@require_POST
@needs_officer("identity.posting.end")
def end(request: HttpRequest, posting_id: int) -> HttpResponse:
    """End a posting."""
    end_posting(actor=actor_for(request), at=timezone.now(), posting_id=posting_id)
    messages.success(request, say(_ENDED))
    return redirect("accounts")
