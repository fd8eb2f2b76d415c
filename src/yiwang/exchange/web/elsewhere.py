"""What other nodes of the exchange offer, from the signed directory, so also while the centre is down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.exchange.nodes import api
from yiwang.identity.api import needs_officer, organisation_names


@needs_officer("exchange.data.request")
@require_safe
def show_elsewhere(request: HttpRequest) -> HttpResponse:
    """Resources of the other nodes by their titles, each with the address under which it is asked."""
    directory = api.find_directory()
    peers = [peer for peer in directory.peers if peer.node != api.own_node()] if directory else []
    names = organisation_names(
        {peer.organisation for peer in peers} | {each.owner for peer in peers for each in peer.resources}
    )
    context = {
        "directory": directory,
        "nodes": [
            {
                "code": peer.node,
                "name": names[peer.organisation],
                "resources": [
                    {
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
