"""An officer's stand-ins."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.identity.api import (
    actor_for,
    delegate,
    delegations_of,
    end_delegation,
    find_account_id,
    needs_officer,
    postings_of,
    roles,
)
from yiwang.identity.contracts import AccountUnknown
from yiwang.identity.web.forms.duties import StandInForm
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import say

_OPERATION = "identity.duty.delegate"
_DELEGATED = Text("委托已登记，到期自动终止。", "The stand-in is recorded; it ends by itself.")
_ENDED = Text("委托已终止。", "The stand-in has ended.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs_officer(_OPERATION)
def stand_ins(request: HttpRequest) -> HttpResponse:
    """Delegations in force or to come, and a form for another."""
    at, actor = timezone.now(), actor_for(request)
    own = postings_of(actor.account_id or 0, at=at)
    form = StandInForm(request.POST or None, postings=own, roles=roles())
    if request.method == "POST" and form.is_valid() and _delegated(form, actor, at):
        messages.success(request, say(_DELEGATED))
        return redirect("stand_ins")
    titles = {role.code: role.title for role in roles()}
    given = [
        {
            "view": row,
            "roles": [titles[code] for code in row.roles if code in titles],
            "last_day": row.ends_at - timedelta(seconds=1),
        }
        for row in delegations_of(actor.account_id or 0, at=at)
    ]
    context = {"given": given, "form": form}
    return render(request, "identity/stand_ins.html", context, status=422 if form.errors else 200)


def _delegated(form: StandInForm, actor: Actor, at: datetime) -> bool:
    answers = form.cleaned_data
    to_account = find_account_id(answers["to_username"])
    try:
        if to_account is None:
            raise AccountUnknown
        delegate(
            actor=actor,
            at=at,
            posting_id=answers["posting"],
            to_account_id=to_account,
            roles=answers["roles"],
            starts_at=max(at, _begin(answers["starts_on"])),
            ends_at=_begin(answers["ends_on"] + timedelta(days=1)),
        )
    except YiwangError as refused:
        form.add_error(None, say(refused.sentence))
    return not form.errors


def _begin(day: date) -> datetime:
    """The instant at which a day of the city begins."""
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


@require_POST
@needs_officer(_OPERATION)
def end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End a delegation before its date."""
    end_delegation(actor=actor_for(request), at=timezone.now(), delegation_id=delegation_id)
    messages.success(request, say(_ENDED))
    return redirect("stand_ins")
