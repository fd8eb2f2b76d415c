"""A response level is opened and ended on the page of those on duty."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yiwang.identity.api import actor_for, needs_officer
from yiwang.insight.situations import api
from yiwang.insight.situations.contracts import ResponseRefused
from yiwang.insight.situations.web.page import page_of
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell

_OPENED = Text("已启动响应。", "The response is open.")
_ENDED = Text("响应已终止。", "The response has ended.")


@needs_officer(api.DECIDE)
@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Open the level that was chosen, or end what is in force."""
    actor, at, posted = actor_for(request), timezone.now(), request.POST
    try:
        if posted.get("act") == "end":
            api.close_response(actor=actor, at=at, situation=code, reason=posted.get("ending", ""))
            done = _ENDED
        else:
            api.open_response(
                actor=actor,
                at=at,
                situation=code,
                level=posted.get("level", ""),
                reason=posted.get("reason", ""),
            )
            done = _OPENED
    except ResponseRefused as refused:
        return page_of(request, code, refused.problems)
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(done))
    return redirect("situations:one", code)
