"""Firms that one acts for, and their agents."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import (
    actor_as,
    count_address_failure,
    entities_of,
    entity,
    find_person_by_name_and_number,
    grant_mandate,
    mandate_holders,
    refuse_if_locked,
    revoke_mandate,
    signed_in_account,
)
from yiwang.identity.contracts import MandateKind, PersonView, SignInLocked, StandingEnded
from yiwang.identity.web.addresses import client_address
from yiwang.identity.web.forms.registration import AgentForm
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import say

_NOT_FOUND = Text(
    "没有姓名与证件号码一致的注册用户，请核对，或请代办人先注册。",
    "No registered person has this name and number. Check both, or ask the agent to register first.",
)
_GRANTED = Text("已授权。", "The mandate is granted.")
_REVOKED = Text("授权已撤销，立即生效。", "The mandate is revoked with immediate effect.")


@require_safe
@never_cache
def firms(request: HttpRequest) -> HttpResponse:
    """Every firm that the person may act for."""
    actor = actor_as(request, "self")
    found = entities_of(actor.person_id, at=timezone.now()) if actor.person_id else ()
    return render(request, "identity/firms.html", {"firms": found, "person_known": bool(actor.person_id)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def firm(request: HttpRequest, entity_id: int) -> HttpResponse:
    """One firm: who may act for it; the legal representative names agents."""
    at = timezone.now()
    actor = actor_as(request, f"entity:{entity_id}")
    holders = mandate_holders(entity_id, at=at)
    represents = any(
        holder.person.id == actor.person_id and holder.kind is MandateKind.LEGAL_REPRESENTATIVE
        for holder in holders
    )
    form = AgentForm(request.POST or None) if represents else None
    if request.method == "POST" and form and form.is_valid() and _granted(request, form, actor, at):
        messages.success(request, say(_GRANTED))
        return redirect("account_firm", entity_id=entity_id)
    context = {
        "firm": entity(entity_id),
        "holders": holders,
        "represents": represents,
        "agent": MandateKind.AGENT,
        "form": form,
    }
    status = 422 if form and form.errors else 200
    return render(request, "identity/firm.html", context, status=status)


def _granted(request: HttpRequest, form: AgentForm, actor: Actor, at: datetime) -> bool:
    agent = _agent(request, form, at)
    if agent is None or actor.for_entity is None:
        return False
    try:
        grant_mandate(
            actor=actor,
            at=at,
            entity_id=actor.for_entity,
            person_id=agent.id,
            ends_at=_end_of(form.cleaned_data["ends_on"]),
        )
    except YiwangError as refused:
        form.add_error(None, say(refused.sentence))
    return not form.errors


def _agent(request: HttpRequest, form: AgentForm, at: datetime) -> PersonView | None:
    """The person named; a miss counts, so that nobody tries out who is registered."""
    address = client_address(request)
    try:
        refuse_if_locked(address=address, at=at)
    except SignInLocked as locked:
        form.add_error(None, say(locked.sentence))
        return None
    found = find_person_by_name_and_number(form.cleaned_data["name"], form.cleaned_data["resident_id"])
    if found is None:
        count_address_failure(address=address, at=at)
        form.add_error("resident_id", say(_NOT_FOUND))
    return found


def _end_of(day: date | None) -> datetime | None:
    """The instant at which a day of the city ends."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone.get_current_timezone())


@require_POST
def revoke(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Revoke an agent's mandate."""
    signed_in_account(request)
    entity_id = request.POST.get("entity", "")
    if not (entity_id.isascii() and entity_id.isdecimal()):
        raise StandingEnded
    actor = actor_as(request, f"entity:{entity_id}")
    revoke_mandate(actor=actor, at=timezone.now(), mandate_id=mandate_id)
    messages.success(request, say(_REVOKED))
    return redirect("account_firm", entity_id=int(entity_id))
