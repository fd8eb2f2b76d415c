"""The door of subscriptions."""

from yiwang.exchange.subscriptions.commands.end_subscription import end_subscription, replay_delivery
from yiwang.exchange.subscriptions.commands.pull_events import pull_events
from yiwang.exchange.subscriptions.commands.subscribe_changes import subscribe_changes
from yiwang.exchange.subscriptions.delivering import make_deliveries
from yiwang.exchange.subscriptions.queries import (
    get_subscription,
    list_subscriptions,
    subscriptions_of,
)

__all__ = [
    "end_subscription",
    "get_subscription",
    "list_subscriptions",
    "make_deliveries",
    "pull_events",
    "replay_delivery",
    "subscribe_changes",
    "subscriptions_of",
]
