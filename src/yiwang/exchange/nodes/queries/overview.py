"""The nodes of the exchange as this installation sees them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Max, Min

from yiwang.exchange.models import NodeBatch, NodeMessage
from yiwang.exchange.nodes.contracts import Directory, DirectoryRefused, NodesOverview
from yiwang.exchange.nodes.queries.standing import held_directory


def find_directory() -> Directory | None:
    """Give the directory held, expired or not; None while there is none."""
    try:
        return held_directory()
    except DirectoryRefused:
        return None


def overview() -> NodesOverview:
    """Give the directory held, what waits for a time stamp, and the last message with each node."""
    directory = find_directory()
    waiting = NodeMessage.objects.filter(batch=None).aggregate(since=Min("at"), count=Count("id"))
    batches = NodeBatch.objects.filter(token=None).aggregate(since=Min("made_at"))
    sinces: list[datetime] = [each for each in (waiting["since"], batches["since"]) if each is not None]
    last = NodeMessage.objects.values_list("peer").annotate(Max("at"))
    return NodesOverview(
        version=directory.version if directory else 0,
        issued_at=directory.issued_at if directory else None,
        expires_at=directory.expires_at if directory else None,
        unstamped_since=min(sinces, default=None),
        last_stamp=NodeBatch.objects.aggregate(last=Max("stamped_at"))["last"],
        last_message=dict(last),
    )
