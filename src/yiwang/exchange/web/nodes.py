"""Nodes at the desk of the city's administrator: orders to decide, nodes in force, how they stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.exchange.nodes import api
from yiwang.exchange.web.elsewhere import directory_context
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.trust import api as trust
from yiwang.trust.api import RevocationReason
from yiwang.trust.contracts import ORDER_REFUSAL_TEXTS, OrderRefusal

_REVOCATIONS = {
    RevocationReason.KEY_COMPROMISED: Text("密钥泄露或遗失", "Its key was lost or misused"),
    RevocationReason.DISSOLVED: Text("节点已停用", "The node was closed"),
    RevocationReason.SUPERSEDED: Text("重新申请证书", "It orders new certificates"),
}
_STATES = {
    "issued": (Text("已签发", "Issued"), "success"),
    "refused": (Text("已驳回", "Refused"), "neutral"),
    "lapsed": (Text("逾期未审", "Lapsed"), "neutral"),
}
_MOST_WAITING = 200
_COMPARE = Text(
    "请先通过电话核对指纹，再勾选确认。",
    "Compare the fingerprint by telephone first, then tick that you did.",
)
_WHY = Text("请选择理由。", "Choose a reason.")


@needs_officer("trust.node.decide")
@require_safe
def show_nodes(request: HttpRequest) -> HttpResponse:
    """Orders that wait, nodes in force, what was decided of late."""
    return _page(request)


def _page(request: HttpRequest, error: Text | None = None, *, status: int = 200) -> HttpResponse:
    at = timezone.now()
    orders = trust.list_orders()
    waiting = trust.list_orders(state="pending", limit=_MOST_WAITING)
    found = api.overview()
    certified = trust.list_nodes(at=at)
    named = [*(each.members for each in waiting), *(each.members for each in certified)]
    names = organisation_names({code for members in named for code in members})
    nodes = [
        {
            "node": node,
            "members": [names[code] for code in node.members],
            "last": found.last_message.get(node.node),
        }
        for node in certified
    ]
    context = {
        "waiting": [
            {
                "order": order,
                "members": [names[code] for code in order.members],
                "groups": _grouped(order.fingerprint),
            }
            for order in waiting
        ],
        "decided": [
            {"order": order, "state": _STATES[order.state][0], "tone": _STATES[order.state][1]}
            for order in orders
            if order.state in _STATES
        ][:20],
        "nodes": nodes,
        **directory_context(found, at),
        "refusals": [(reason.value, text) for reason, text in ORDER_REFUSAL_TEXTS.items()],
        "revocations": [(reason.value, text) for reason, text in _REVOCATIONS.items()],
        "error": say(error) if error else "",
    }
    return render(request, "exchange/nodes.html", context, status=status)


def _grouped(fingerprint: str) -> str:
    """In fours, as one reads it out."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))


@needs_officer("trust.node.decide")
@require_POST
def approve(request: HttpRequest, order: int) -> HttpResponse:
    """Issue, once the officer says that the fingerprint was compared."""
    if request.POST.get("compared") != "yes":
        return _page(request, _COMPARE, status=422)
    try:
        trust.approve_order(actor=actor_for(request), order=order, at=timezone.now())
    except YiwangError as refused:
        return _page(request, refused.sentence, status=refused.status)
    return redirect("exchange:nodes")


@needs_officer("trust.node.decide")
@require_POST
def refuse(request: HttpRequest, order: int) -> HttpResponse:
    """Refuse with a reason."""
    reason = next((each for each in OrderRefusal if each.value == request.POST.get("reason")), None)
    if reason is None:
        return _page(request, _WHY, status=422)
    try:
        trust.refuse_order(actor=actor_for(request), order=order, reason=reason, at=timezone.now())
    except YiwangError as refused:
        return _page(request, refused.sentence, status=refused.status)
    return redirect("exchange:nodes")


@needs_officer("trust.node.revoke")
@require_POST
def revoke(request: HttpRequest, node: str) -> HttpResponse:
    """Withdraw a node's certificates."""
    reason = next((each for each in _REVOCATIONS if each.value == request.POST.get("reason")), None)
    if reason is None:
        return _page(request, _WHY, status=422)
    try:
        trust.revoke_node(actor=actor_for(request), node=node, reason=reason, at=timezone.now())
    except YiwangError as refused:
        return _page(request, refused.sentence, status=refused.status)
    return redirect("exchange:nodes")
