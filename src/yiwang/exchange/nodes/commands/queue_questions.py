"""Put a batch of questions for another node into the queue: each is asked until it is answered, once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from yiwang.exchange.contracts import Purpose
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import NodeAsk
from yiwang.exchange.nodes import bodies
from yiwang.exchange.nodes.commands.ask_node import asking_organisation
from yiwang.exchange.nodes.queries.standing import own_node
from yiwang.exchange.nodes.rules.messages import split_address
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope

#: What one call takes; more are several batches.
MOST_KEYS = 10_000
#: A node or the centre may be away over the longest holiday of the year.
WAITS = timedelta(days=9)


@command(operation=OPERATION)
def queue_questions(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    keys: Sequence[str],
    fields: Sequence[str],
    purpose: Purpose,
    organisation: str | None = None,
    node: str | None = None,
    until: datetime | None = None,
) -> str:
    """Give the batch's number. Right, purpose and grant are checked with each question as it is asked.

    ``until``: an answer that comes later is of no use; nine days when not given. The directory may learn of
    the node until then.

    Raises:
        MessageRefused: the resource is no ``node:code``.
    """
    asked_by = asking_organisation(actor, organisation)
    job = uuid.uuid4().hex
    permit(Scope(organisations=(asked_by,)), subject=f"batch:{job}")
    split_address(resource)
    NodeAsk.objects.bulk_create(
        NodeAsk(
            message=f"{job}.{number}",
            job=job,
            node=node if node is not None else own_node(),
            service=resource,
            organisation=asked_by,
            account=actor.account_id,
            purpose=purpose.kind,
            reference=purpose.reference,
            fields=list(fields),
            key=bodies.closed(key.encode()),
            asked_at=at,
            next_at=at,
            until=until or at + WAITS,
        )
        for number, key in enumerate(keys[:MOST_KEYS])
    )
    note(questions=min(len(keys), MOST_KEYS))
    return job
