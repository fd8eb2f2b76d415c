"""Who is told of changes, and how the deliveries stand: for the subscriber's officers and the owner's."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiwang.exchange import api
from yiwang.exchange.callbacks import api as callbacks
from yiwang.exchange.callbacks.contracts import DeclaredCallbacks, DeliveryState
from yiwang.exchange.subscriptions import api as subscriptions
from yiwang.exchange.subscriptions.contracts import SubscriptionInfo
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say

_TONES = {
    DeliveryState.WAITING: "neutral",
    DeliveryState.DELIVERED: "success",
    DeliveryState.DEAD: "danger",
    DeliveryState.WITHDRAWN: "neutral",
}


@needs_officer("exchange.access.ask")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show_subscriptions(request: HttpRequest) -> HttpResponse:
    """Subscriptions of our systems and to our resources; an approver declares where systems are called."""
    actor = actor_for(request)
    context: dict[str, object] = {"declared": None}
    if request.method == "POST":
        try:
            context["declared"] = _declare(request, actor)
        except YiwangError as refused:
            context["error"] = say(refused.sentence)
    own, given = subscriptions.subscriptions_of(actor)
    may_declare = api.may_issue_clients(actor)
    clients = [each for each in api.list_clients(organisation=actor.organisation) if not each.is_revoked]
    context |= {
        "own": _rows(own),
        "given": _rows(given),
        "controls": _controls(request, [(c.client_id, c.title) for c in clients]) if may_declare else [],
        "has_clients": bool(clients),
    }
    return render(request, "exchange/subscriptions.html", context, status=422 if "error" in context else 200)


def _declare(request: HttpRequest, actor: Actor) -> DeclaredCallbacks:
    return callbacks.declare_callbacks(
        actor=actor,
        at=timezone.now(),
        client_id=request.POST.get("client", ""),
        origins=request.POST.get("origins", "").split(),
    )


def _controls(request: HttpRequest, clients: Sequence[tuple[str, Text]]) -> list[Control]:
    return [
        Control(
            kind="choice",
            name="client",
            label=Text("系统", "System"),
            options=[Option(value=code, label=title, hint=code) for code, title in clients],
            value=request.POST.get("client", ""),
        ),
        Control(
            kind="text",
            name="origins",
            label=Text("回调来源", "Origins"),
            hint=Text(
                "协议、主机和端口，如 https://sys.example.cn:8443；可写多个，用空格分隔",
                "Scheme, host and port, such as https://sys.example.cn:8443; several with spaces between",
            ),
            value=request.POST.get("origins", "")[:500],
        ),
    ]


def _rows(found: Sequence[SubscriptionInfo]) -> list[dict[str, object]]:
    resources = {info.code: info for info in api.list_resources()}
    names = organisation_names({each.organisation for each in found})
    return [
        {
            "told": each,
            "resource": resources[each.resource].title if each.resource in resources else each.resource,
            "fields": [field.title for field in resources[each.resource].fields if field.name in each.fields]
            if each.resource in resources
            else [],
            "organisation": names.get(each.organisation, each.organisation),
            "is_active": each.state.value == "active",
            "is_up_to_date": each.told_to in ("", each.feed_to),
            "deliveries": [
                {"info": one, "state": one.state.words, "tone": _TONES[one.state]} for one in each.deliveries
            ],
        }
        for each in found
    ]
