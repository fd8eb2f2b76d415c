"""End a subscription, or tell again what was not heard."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiwang.exchange.callbacks.contracts import DeliveryNotFound, DeliveryState
from yiwang.exchange.callbacks.delivering import send_soon
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import Delivery, Subscription
from yiwang.exchange.subscriptions.commands.pull_events import own_subscription
from yiwang.exchange.subscriptions.contracts import SubscriptionState
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope

_BY_SUBSCRIBER = Text("订阅方已退订", "the subscriber ended it")


@command(operation=OPERATION)
def end_subscription(*, actor: Actor, at: datetime, code: str) -> None:
    """End one's own; what waits is not sent any more.

    Raises:
        SubscriptionNotFound: there is none, or it is another's.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"subscription:{code[:32]}")
    own_subscription(actor, code)
    stop(code, _BY_SUBSCRIBER, at=at)


def stop(code: str, reason: Text, *, at: datetime) -> None:
    """End a subscription that is active, and withdraw what waits."""
    with transaction.atomic():
        row = Subscription.objects.select_for_update().get(code=code)
        if row.state != SubscriptionState.ACTIVE:
            return
        row.state, row.ended_at, row.ended_because = SubscriptionState.ENDED, at, reason.as_dict()
        row.save(update_fields=["state", "ended_at", "ended_because"])
        Delivery.objects.filter(subscription_id=row.pk, state=DeliveryState.WAITING).update(
            state=DeliveryState.WITHDRAWN
        )


@command(operation=OPERATION)
def replay_delivery(*, actor: Actor, at: datetime, code: str, delivery: int) -> None:
    """Send a dead delivery again, under its old id.

    Raises:
        SubscriptionNotFound, DeliveryNotFound: there is none, or it is not dead.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"subscription:{code[:32]}")
    row = own_subscription(actor, code)
    changed = Delivery.objects.filter(pk=delivery, subscription_id=row.pk, state=DeliveryState.DEAD).update(
        state=DeliveryState.WAITING, attempts=0, try_at=at
    )
    if not changed:
        raise DeliveryNotFound
    note(delivery=delivery)
    send_soon(delivery)
