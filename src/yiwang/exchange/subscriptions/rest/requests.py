"""``/api/exchange``: be told of changes, by callback or by pulling."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema
from pydantic import JsonValue

from yiwang.exchange.clients.bearers import client_bearer, get_caller
from yiwang.exchange.definitions import NAME
from yiwang.exchange.rest.asking import LINE, PurposeIn, kept_by_nobody
from yiwang.exchange.rest.requests import REFUSED, Code
from yiwang.exchange.subscriptions import api
from yiwang.exchange.subscriptions.contracts import MOST_EVENTS, MOST_KEYS, SubscriptionInfo
from yiwang.platform.http.schemas import TextOut

router = Router(tags=["exchange"], auth=client_bearer)
SubscriptionCode = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_KEY = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
_PLACE = r"^([0-9]{1,18}\.[0-9]{1,18})?$"


class SubscriptionIn(Schema):
    """What to be told of: all rows granted, or these keys, or what begins with this division."""

    fields: list[Annotated[str, Field(pattern=NAME)]] = Field(min_length=1, max_length=200)
    purpose: PurposeIn
    keys: list[_KEY] = Field(default_factory=list, max_length=MOST_KEYS)
    district: str = Field("", pattern=r"^([0-9]{6}|[0-9]{9}|[0-9]{12})?$")
    callback_url: str = Field("", max_length=400, pattern=r"^[!-~]*$")


class DeliveryOut(Schema):
    """One delivery: how it stands, never what it held."""

    delivery: int
    events: int
    state: Literal["waiting", "delivered", "dead", "withdrawn"]
    attempts: int
    made_at: datetime
    try_at: datetime | None
    delivered_at: datetime | None
    last_status: int | None
    last_problem: str


class SubscriptionOut(Schema):
    """A subscription and its last deliveries. ``told_to`` and ``feed_to`` are places of the feed."""

    subscription: str
    resource: str
    fields: list[str]
    keys: int
    district: str
    callback_url: str
    state: Literal["active", "ended"]
    ended_because: TextOut | None
    made_at: datetime
    told_to: str
    feed_to: str
    deliveries: list[DeliveryOut]


class EventOut(Schema):
    """A change: ``entered`` or ``changed`` with fields; ``left`` (granted rows, register) without."""

    id: str
    kind: Literal["entered", "changed", "left"]
    entry: int
    key: str | None = None
    version: int
    at: datetime
    fields: dict[str, JsonValue]


class EventsOut(Schema):
    """A page of events; ask on with ``after``."""

    subscription: str
    events: list[EventOut]
    after: str
    more: bool
    trace: int | None


@router.post(
    "/resources/{code}/subscriptions",
    response={201: SubscriptionOut, **REFUSED},
    summary="Be told of changes",
)
def subscribe_changes(request: HttpRequest, code: Code, wanted: SubscriptionIn) -> HttpResponse:
    """Tell of changes from now on, as long as the grant counts."""
    caller = get_caller(request)
    made = api.subscribe_changes(
        actor=caller.actor,
        at=timezone.now(),
        resource=code,
        fields=wanted.fields,
        purpose=wanted.purpose.named(),
        keys=wanted.keys,
        district=wanted.district,
        callback_url=wanted.callback_url,
    )
    answer = kept_by_nobody(_shown(api.get_subscription(client=caller.client, code=made)).model_dump_json())
    answer.status_code = 201
    answer.headers["Location"] = f"/api/exchange/subscriptions/{made}"
    return answer


@router.get("/subscriptions", response={200: list[SubscriptionOut], **REFUSED}, summary="Own subscriptions")
def list_subscriptions(request: HttpRequest) -> list[SubscriptionOut]:
    """Give the client's subscriptions, the newest first."""
    return [_shown(each) for each in api.list_subscriptions(client=get_caller(request).client)]


@router.get(
    "/subscriptions/{subscription}", response={200: SubscriptionOut, **REFUSED}, summary="How it stands"
)
def get_subscription(request: HttpRequest, subscription: SubscriptionCode) -> SubscriptionOut:
    """Give one of the client's subscriptions with its last deliveries."""
    return _shown(api.get_subscription(client=get_caller(request).client, code=subscription))


@router.delete("/subscriptions/{subscription}", response={204: None, **REFUSED}, summary="End it")
def end_subscription(request: HttpRequest, subscription: SubscriptionCode) -> HttpResponse:
    """End it; what waits is not sent any more."""
    api.end_subscription(actor=get_caller(request).actor, at=timezone.now(), code=subscription)
    return HttpResponse(status=204)


@router.get(
    "/subscriptions/{subscription}/events", response={200: EventsOut, **REFUSED}, summary="Events to pull"
)
def pull_events(
    request: HttpRequest,
    subscription: SubscriptionCode,
    after: Annotated[str, Query(pattern=_PLACE)] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_EVENTS)] = 100,
) -> HttpResponse:
    """Give events after a place in their order; the same place gives the same ones again."""
    page = api.pull_events(
        actor=get_caller(request).actor, at=timezone.now(), code=subscription, after=after, limit=limit
    )
    return kept_by_nobody(
        json.dumps(
            {
                "subscription": page.subscription,
                "events": [event.as_json() for event in page.events],
                "after": page.after,
                "more": page.more,
                "trace": page.trace_id,
            },
            ensure_ascii=False,
        )
    )


@router.post(
    "/subscriptions/{subscription}/deliveries/{delivery}/replay",
    response={204: None, **REFUSED},
    summary="Send a dead delivery again",
)
def replay_delivery(
    request: HttpRequest, subscription: SubscriptionCode, delivery: Annotated[int, Path(ge=1, le=2**63 - 1)]
) -> HttpResponse:
    """Send what was tried often enough once more, under its old id."""
    api.replay_delivery(
        actor=get_caller(request).actor, at=timezone.now(), code=subscription, delivery=delivery
    )
    return HttpResponse(status=204)


def _shown(info: SubscriptionInfo) -> SubscriptionOut:
    because = info.ended_because
    return SubscriptionOut(
        subscription=info.code,
        resource=info.resource,
        fields=list(info.fields),
        keys=info.keys,
        district=info.district,
        callback_url=info.callback_url,
        state=info.state.value,
        ended_because=TextOut.of(because) if because else None,
        made_at=info.made_at,
        told_to=info.told_to,
        feed_to=info.feed_to,
        deliveries=[
            DeliveryOut(
                delivery=each.id,
                events=each.events,
                state=each.state.value,
                attempts=each.attempts,
                made_at=each.made_at,
                try_at=each.try_at,
                delivered_at=each.delivered_at,
                last_status=each.last_status,
                last_problem=each.last_problem,
            )
            for each in info.deliveries
        ],
    )
