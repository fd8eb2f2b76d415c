"""Notices of changes of registers, to those who rely on them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yiwang.identity.api import actor_for, find_actor, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.registers import api

_KINDS = {
    "resource": Text("共享资源", "Resource"),
    "grant": Text("授权", "Grant"),
    "client": Text("接口凭证", "System"),
    "subscription": Text("变更订阅", "Subscription"),
    "release": Text("开放数据", "Open data"),
    "register": Text("登记簿", "Register"),
    "cases": Text("事项", "Service item"),
    "forms": Text("表单", "Form"),
}


@needs_officer("registers.notice.see")
@require_POST
def see_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Take note of a change."""
    try:
        api.see_change_notice(actor=actor_for(request), at=timezone.now(), notice=notice)
        messages.success(request, say(Text("已知悉。", "Noted.")))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("registers:all")


def notices_for(request: HttpRequest) -> list[dict[str, object]]:
    """Changes of registers on which the officer's organisation relies, for the list of registers."""
    actor = actor_for(request)
    if not actor.organisation:
        return []
    found = [one for one in api.list_change_notices(organisation=actor.organisation) if one.seen_at is None]
    names = organisation_names({one.owner for one in found} | {actor.organisation})
    return [
        {
            "notice": one,
            "owner": names.get(one.owner, one.owner),
            "hits": [worded_hit(hit, names) for hit in one.hits],
        }
        for one in found
    ]


def unseen(request: HttpRequest) -> int | None:
    """How many of them nobody took note of, for the menu."""
    actor = find_actor(request)
    if actor is None or not actor.organisation:
        return None
    return api.count_change_notices(organisation=actor.organisation) or None


def worded_hit(hit: api.HitRow, names: dict[str, Text]) -> dict[str, object]:
    """A hit as a page shows it."""
    kind, organisation = hit["kind"], hit["organisation"]
    return {
        "kind": _KINDS.get(kind, Text(kind, kind)),
        "code": hit["code"],
        "organisation": names.get(organisation, organisation),
        "fields": ", ".join(hit["fields"]),
        "until": hit["until"] or "",
    }
