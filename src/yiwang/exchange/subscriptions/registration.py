"""What subscriptions register at start."""

from __future__ import annotations

from yiwang.exchange.callbacks.delivering import BODIES
from yiwang.exchange.subscriptions.delivering import body_of, make_deliveries
from yiwang.platform.loops import repeat


def register_subscriptions() -> None:
    """The bodies of events, and the loop that makes deliveries."""
    BODIES.register("events", body_of)
    repeat("exchange.subscriptions", make_deliveries, seconds=2.0)
