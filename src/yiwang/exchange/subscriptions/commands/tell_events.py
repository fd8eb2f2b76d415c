"""The body of a delivery, made anew for each try: nothing that was read lies about until it is heard."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.contracts import QuotaExhausted
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import Delivery, Subscription
from yiwang.exchange.subscriptions.contracts import MOST_EVENTS, Event, Place
from yiwang.exchange.subscriptions.reading import judge, read_events
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Json, Scope


@command(operation=OPERATION)
def tell_events(*, actor: Actor, at: datetime, delivery: int) -> dict[str, Json]:
    """Give the events between the cursors of a delivery, as the grant of now lets them be told.

    They were traced and counted when the delivery was made, so a quota that is used up since stops nothing.

    Raises:
        as ``request_data``: the right has ended since.
    """
    told = Delivery.objects.get(pk=delivery)
    row = Subscription.objects.get(pk=told.subscription_id or 0)
    permit(Scope(organisations=(row.organisation,)), subject=f"subscription:{row.code}")
    try:
        judge(row, at=at)
    except QuotaExhausted:
        note(quota="used up")
    events: list[Event] = []
    place, end = Place.read(told.after), Place.read(told.upto)
    while place < end:
        found = read_events(row, after=place, limit=MOST_EVENTS, at=at, upto=end)
        events += found.events
        if found.place == place:
            break
        place = found.place
    note(delivery=told.code, events=len(events))
    return {
        "topic": "events",
        "subscription": row.code,
        "resource": row.resource,
        "events": [event.as_json() for event in events],
        "after": told.upto,
        "trace": told.trace_id,
    }
