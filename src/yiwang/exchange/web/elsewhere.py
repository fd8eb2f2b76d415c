"""What other nodes of the exchange offer, from the signed directory, so also while the centre is down."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.exchange.api import get_resource
from yiwang.exchange.contracts import Purpose, ResourceInfo, ResourceNotFound
from yiwang.exchange.nodes import api
from yiwang.exchange.nodes.contracts import NodesOverview, NodeUnknown, Peer, RemoteAnswer
from yiwang.exchange.web.questions import fields_question, key_question, purpose_question, reference_question
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say

_ASK = "exchange.data.request"
_ONLY = Text("只选办理所必需的", "Only those that the work needs")
_NAMES = Text("字段名，用空格分开", "Names of fields, parted by spaces")
_NOTHING = Text("—", "—")
_MOST_FIELDS = 400


@needs_officer(_ASK)
@require_safe
def show_elsewhere(request: HttpRequest) -> HttpResponse:
    """Resources of the other nodes by their titles, each with the address under which it is asked."""
    peers = _peers()
    names = organisation_names(
        {peer.organisation for peer in peers} | {each.owner for peer in peers for each in peer.resources}
    )
    context = {
        **directory_context(api.overview(), timezone.now()),
        "nodes": [
            {
                "code": peer.node,
                "name": names[peer.organisation],
                "resources": [
                    {
                        "code": each.code,
                        "title": each.title,
                        "owner": names[each.owner],
                        "address": f"{peer.node}:{each.code}",
                    }
                    for each in peer.resources
                ],
            }
            for peer in peers
        ],
    }
    return render(request, "exchange/elsewhere.html", context)


@needs_officer(_ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def look_elsewhere(request: HttpRequest, node: str, code: str) -> HttpResponse:
    """Look at an entry of another node; its key is sent in the body and kept nowhere in clear."""
    at, info = timezone.now(), _known_here(code)
    peer = next((each for each in _peers() if each.node == node), None)
    if peer is None:
        raise NodeUnknown(node=node[:40])
    answer, error = None, ""
    if request.method == "POST":
        try:
            answer = _asked(request, node, code, at)
        except YiwangError as refused:
            error = say(refused.sentence)
    context = {
        **directory_context(api.overview(), at),
        "peer": peer,
        "title": _title(peer, code, info),
        "controls": _controls(request, info),
        "answer": answer,
        "answer_rows": _rows(info, answer),
        "error": error,
    }
    return render(request, "exchange/look_elsewhere.html", context, status=422 if error else 200)


def directory_context(found: NodesOverview, at: datetime) -> dict[str, object]:
    """The state of the directory held: its version, when it was signed, until when it may be believed."""
    return {
        "overview": found,
        "expired": found.expires_at is not None and found.expires_at <= at,
        "age_minutes": max(0, int((at - found.issued_at).total_seconds() // 60)) if found.issued_at else 0,
    }


def _peers() -> list[Peer]:
    directory, own = api.find_directory(), api.own_node()
    return [peer for peer in directory.peers if peer.node != own] if directory else []


def _known_here(code: str) -> ResourceInfo | None:
    """A resource of the same code in this installation's catalogue, whose words then serve."""
    try:
        return get_resource(code)
    except ResourceNotFound:
        return None


def _title(peer: Peer, code: str, info: ResourceInfo | None) -> Text:
    offered = next((each.title for each in peer.resources if each.code == code), None)
    return offered or (info.title if info is not None else Text(code, code))


def _asked(request: HttpRequest, node: str, code: str, at: datetime) -> RemoteAnswer:
    sent = request.POST
    fields = [name for part in sent.getlist("fields") for name in part.split()]
    return api.ask_node(
        actor=actor_for(request),
        at=at,
        resource=f"{node}:{code}",
        key=sent.get("key", "")[:200],
        fields=fields[:_MOST_FIELDS],
        purpose=Purpose(kind=sent.get("purpose", ""), reference=sent.get("reference", "").strip()),
    )


def _rows(info: ResourceInfo | None, answer: RemoteAnswer | None) -> list[dict[str, object]]:
    titles = {field.name: field.title for field in info.fields} if info is not None else {}
    values = answer.values if answer is not None else None
    return [
        {"key": titles.get(name, Text(name, name)), "value": _NOTHING if value is None else str(value)}
        for name, value in (values or {}).items()
    ]


def _controls(request: HttpRequest, info: ResourceInfo | None) -> list[Control]:
    """The questions of a look; fields are ticked where this catalogue knows them, otherwise typed."""
    if info is not None:
        fields = fields_question(request, info.fields, hint=_ONLY)
    else:
        label = Text("需要的字段", "Fields you need")
        typed = request.POST.get("fields", "")
        fields = Control(kind="text", name="fields", label=label, hint=_NAMES, value=typed, max_length=400)
    return [key_question(), fields, purpose_question(request), reference_question(request)]
