"""Deliveries of events: made by the worker's loop, their bodies under the right of the moment of sending."""

from __future__ import annotations

from datetime import datetime

import structlog

from yiwang.exchange.contracts import QuotaExhausted
from yiwang.exchange.models import Delivery, Subscription
from yiwang.exchange.subscriptions.commands.end_subscription import stop
from yiwang.exchange.subscriptions.commands.make_delivery import make_delivery
from yiwang.exchange.subscriptions.commands.tell_events import tell_events
from yiwang.exchange.subscriptions.contracts import FeedTrimmed
from yiwang.exchange.subscriptions.providers import FEEDS
from yiwang.exchange.subscriptions.queries import info_of
from yiwang.exchange.subscriptions.reading import subscriber
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Json

log = structlog.get_logger()


def make_deliveries(at: datetime) -> int:
    """Make the next delivery of each subscription that has changes before it; gives how many events."""
    number = 0
    for row in Subscription.objects.filter(state="active").exclude(callback_url="").order_by("id"):
        info = info_of(row)
        if row.kind not in FEEDS or info.told_to == info.feed_to:
            continue
        try:
            number += make_delivery(actor=subscriber(row), at=at, code=row.code)
        except QuotaExhausted:
            # the day's quota is used up: nothing is lost, it goes on tomorrow
            log.info("exchange.subscription_waits", subscription=row.code)
        except YiwangError as refusal:
            stop(row.code, refusal.sentence, at=at)
            log.info("exchange.subscription_ended", subscription=row.code, reason=refusal.code)
    return number


def body_of(delivery: Delivery, at: datetime) -> Json:
    """The events of a delivery.

    Raises:
        as ``request_data``: the right has ended since; the subscription ends, and the delivery is withdrawn.
    """
    row = Subscription.objects.get(pk=delivery.subscription_id or 0)
    try:
        return tell_events(actor=subscriber(row), at=at, delivery=delivery.pk)
    except FeedTrimmed:
        # a dead delivery that somebody replays too late; the subscription itself goes on
        raise
    except YiwangError as refusal:
        stop(row.code, refusal.sentence, at=at)
        raise
