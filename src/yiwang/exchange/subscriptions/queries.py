"""Subscriptions, to those whom they concern."""

from __future__ import annotations

from yiwang.exchange.callbacks.contracts import DeliveryInfo, DeliveryState
from yiwang.exchange.clients.contracts import ClientInfo
from yiwang.exchange.models import Delivery, Subscription
from yiwang.exchange.queries.catalogue import titles_of
from yiwang.exchange.subscriptions.contracts import (
    Place,
    SubscriptionInfo,
    SubscriptionNotFound,
    SubscriptionState,
)
from yiwang.exchange.subscriptions.keeping import unseal_keys
from yiwang.exchange.subscriptions.providers import FEEDS
from yiwang.kernel.text import text_from
from yiwang.platform.contracts import Actor

_DELIVERIES = 50


def is_listened_to(kinds: tuple[str, ...], source: str) -> bool:
    """Whether anybody is told of changes of a source."""
    return Subscription.objects.filter(source=source, kind__in=kinds, state="active").exists()


def told_up_to(kinds: tuple[str, ...], source: str) -> int | None:
    """The mark up to which all were told by callback; None where nobody is. Pulling holds nothing back."""
    active = Subscription.objects.filter(source=source, kind__in=kinds, state="active")
    told = active.exclude(callback_url="").values_list("pk", "told_mark")
    marks = [mark for _, mark in told]
    waiting = Delivery.objects.filter(
        subscription_id__in=[number for number, _ in told], state=DeliveryState.WAITING
    )
    marks += [Place.read(after).mark for after in waiting.values_list("after", flat=True)]
    return min(marks, default=None)


def list_subscriptions(*, client: ClientInfo) -> list[SubscriptionInfo]:
    """A client's own, the newest first."""
    return [info_of(row) for row in Subscription.objects.filter(client_id=client.client_id).order_by("-id")]


def get_subscription(*, client: ClientInfo, code: str) -> SubscriptionInfo:
    """One of a client's own, with how its deliveries stand.

    Raises:
        SubscriptionNotFound: there is none, or it is another's.
    """
    row = Subscription.objects.filter(code=code, client_id=client.client_id).first()
    if row is None:
        raise SubscriptionNotFound
    return info_of(row, deliveries=_DELIVERIES)


def subscribers_of(resource: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, organisation and fields of every subscription to a resource that is told of changes."""
    rows = Subscription.objects.filter(resource=resource, state="active").order_by("id")
    return [(row.code, row.organisation, tuple(row.fields)) for row in rows]


def subscriptions_of(actor: Actor) -> tuple[list[SubscriptionInfo], list[SubscriptionInfo]]:
    """What systems of an officer's organisation are told, and who is told of its own resources."""
    if actor.kind != "officer" or not actor.organisation:
        return [], []
    every = Subscription.objects.order_by("-id")
    own = every.filter(organisation=actor.organisation)[:200]
    given = every.filter(owner=actor.organisation)[:200]
    return [info_of(row, deliveries=5) for row in own], [info_of(row, deliveries=5) for row in given]


def info_of(row: Subscription, *, deliveries: int = 0) -> SubscriptionInfo:
    """A subscription's row as others see it."""
    told = Delivery.objects.filter(subscription_id=row.pk).order_by("-id")[:deliveries] if deliveries else []
    place, resource = Place(row.told_mark, row.told_entry), titles_of({row.resource}).get(row.resource)
    end = FEEDS.get(resource.kind).end(resource) if resource is not None else place
    return SubscriptionInfo(
        code=row.code,
        resource=row.resource,
        organisation=row.organisation,
        client_id=row.client_id,
        fields=tuple(row.fields),
        purpose=row.purpose,
        reference=row.reference,
        keys=len(unseal_keys(row.keys, subscription=row.code)),
        district=row.district,
        callback_url=row.callback_url,
        state=SubscriptionState(row.state),
        ended_because=text_from(row.ended_because) if row.ended_because else None,
        made_at=row.made_at,
        told_to=str(place) if row.callback_url else "",
        feed_to=str(end),
        deliveries=tuple(_delivery(each) for each in told),
    )


def _delivery(row: Delivery) -> DeliveryInfo:
    return DeliveryInfo(
        id=row.pk,
        topic=row.topic,
        events=row.events,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        made_at=row.made_at,
        try_at=row.try_at if row.state == DeliveryState.WAITING else None,
        delivered_at=row.delivered_at,
        last_status=row.last_status,
        last_problem=row.last_problem,
    )
