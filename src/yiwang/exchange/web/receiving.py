"""What an organisation takes: the credential of a grant, shown once, and notices of corrected data."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yiwang.exchange import api
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell


@needs_officer("exchange.client.issue")
@require_POST
@never_cache
def take_credential(request: HttpRequest, grant: int) -> HttpResponse:
    """Issue the credential of a grant to the organisation that holds it; its secret is on this page only."""
    actor = actor_for(request)
    try:
        held = api.get_grant(grant)
        resource = api.get_resource(held.resource)
        issued = api.issue_client(
            actor=actor,
            at=timezone.now(),
            organisation=actor.organisation,
            title=resource.title,
            purposes=(held.purpose,),
            grant=held.id,
        )
    except YiwangError as refused:
        tell(request, refused)
        return redirect("exchange:our_access")
    context = {
        "issued": issued,
        "grant": held,
        "resource": resource,
        "purpose": api.PURPOSES[held.purpose].title,
        "site": environment().address(),
    }
    return render(request, "exchange/credential.html", context)


@needs_officer("exchange.notice.see")
@require_POST
def see_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Take note of corrected data."""
    try:
        api.see_notice(actor=actor_for(request), at=timezone.now(), notice=notice)
        messages.success(request, say(Text("已知悉。", "Noted.")))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("exchange:our_access")
