"""The next delivery of a subscription: its cursors, its trace, and its place in the queue, or nothing."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.callbacks.contracts import DeliveryState
from yiwang.exchange.callbacks.delivering import new_code, send_soon
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import Delivery, Subscription
from yiwang.exchange.subscriptions.contracts import MOST_EVENTS, Place, SubscriptionState
from yiwang.exchange.subscriptions.reading import (
    close_traced_look,
    judge,
    open_traced_look,
    read_events,
)
from yiwang.platform.command import command, note
from yiwang.platform.contracts import Actor


@command(operation=OPERATION)
def make_delivery(*, actor: Actor, at: datetime, code: str) -> int:
    """Take the events after the last delivery; gives how many. One delivery waits at a time: order stays.

    Raises:
        as ``request_data``: the right has ended; nothing is left behind.
    """
    row = Subscription.objects.select_for_update().get(code=code)
    judge(row, at=at)
    waits = Delivery.objects.filter(subscription_id=row.pk, state=DeliveryState.WAITING).exists()
    if waits or row.state != SubscriptionState.ACTIVE:
        return 0
    after = Place(row.told_mark, row.told_entry)
    found = read_events(row, after=after, limit=MOST_EVENTS, at=at)
    if found.events:
        trace = close_traced_look(open_traced_look(row, actor=actor, at=at), row, found)
        made = Delivery.objects.create(
            code=new_code(),
            client_id=row.client_id,
            organisation=row.organisation,
            resource=row.resource,
            url=row.callback_url,
            topic="events",
            subscription_id=row.pk,
            after=str(after),
            upto=str(found.place),
            events=len(found.events),
            trace_id=trace,
            state=DeliveryState.WAITING,
            made_at=at,
            try_at=at,
        )
        note(delivery=made.code)
        send_soon(made.pk)
    row.told_mark, row.told_entry = found.place.mark, found.place.entry
    row.save(update_fields=["told_mark", "told_entry"])
    return len(found.events)
