"""A node tells the centre what it offers, whenever the directory says something else."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.contracts import Sharing
from yiwang.exchange.nodes import centre
from yiwang.exchange.nodes.contracts import NodeResource
from yiwang.exchange.nodes.queries.standing import get_identity, standing
from yiwang.exchange.nodes.rules.resources import MOST, statement_of
from yiwang.exchange.queries.catalogue import list_resources


def tell_resources(*, at: datetime) -> bool:
    """Tell it; whether there was anything to tell.

    Raises:
        NodeUnreachable, NodeUnknown, NotEnrolled, DirectoryRefused
    """
    row = get_identity()
    found = standing(node=row.node, at=at)
    own = own_resources(found.identity.members)
    if own == found.directory.peer(row.node).resources:
        return False
    content = statement_of(row.node, own, at=at)
    centre.tell_resources(row.centre, content, found.identity.signer.sign(content))
    return True


def own_resources(members: tuple[str, ...]) -> tuple[NodeResource, ...]:
    """What the organisations offer for which the node speaks, and may share at all."""
    found = [
        NodeResource(code=info.code, owner=info.owner, title=info.title)
        for info in list_resources()
        if info.owner in members and info.sharing is not Sharing.NOT_SHARED
    ]
    return tuple(found[:MOST])
