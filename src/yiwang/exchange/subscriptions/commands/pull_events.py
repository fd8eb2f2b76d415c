"""Give a subscriber the events after a place."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import Subscription
from yiwang.exchange.queries.clients import bounds_of
from yiwang.exchange.subscriptions.contracts import (
    MOST_EVENTS,
    EventPage,
    Place,
    SubscriptionEnded,
    SubscriptionNotFound,
    SubscriptionState,
)
from yiwang.exchange.subscriptions.reading import (
    close_traced_look,
    judge,
    open_traced_look,
    read_events,
)
from yiwang.kernel.text import text_from
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation=OPERATION)
def pull_events(*, actor: Actor, at: datetime, code: str, after: str, limit: int = MOST_EVENTS) -> EventPage:
    """Give events in order; the same place gives the same events again, under the right of now.

    Events are a look at the data of each person in them, and leave a trace line; a page without events
    leaves none.

    Raises:
        as ``request_data``, and SubscriptionNotFound, SubscriptionEnded, CursorRefused.
    """
    row = own_subscription(actor, code)
    judge(row, at=at)
    if row.state != SubscriptionState.ACTIVE:
        raise SubscriptionEnded(reason=text_from(row.ended_because or {"zh": "", "en": ""}))
    begin = Place(row.begin_mark, row.begin_entry)
    place = max(begin, Place.read(after)) if after else begin
    found = read_events(row, after=place, limit=max(1, min(limit, MOST_EVENTS)), at=at)
    trace = None
    if found.events:
        trace = close_traced_look(open_traced_look(row, actor=actor, at=at), row, found)
    return EventPage(
        subscription=code, events=found.events, after=str(found.place), more=found.more, trace_id=trace
    )


def own_subscription(actor: Actor, code: str) -> Subscription:
    """The subscription of the client that asks.

    Raises:
        SubscriptionNotFound: there is none, or it is another's.
    """
    client = bounds_of(actor)
    row = Subscription.objects.filter(code=code, client_id=client.client_id if client else "").first()
    if row is None:
        raise SubscriptionNotFound
    return row
