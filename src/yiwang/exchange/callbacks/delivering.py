"""Deliveries on their way: made in the transaction of what they tell, sent outside of any."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.exchange.callbacks.contracts import MOST_TRIES, DeliveryState
from yiwang.exchange.callbacks.keys import key_of
from yiwang.exchange.callbacks.rules.addresses import refuse_undeclared, wait_after
from yiwang.exchange.callbacks.rules.signing import signed_headers
from yiwang.exchange.callbacks.sending import Heard, send
from yiwang.exchange.clients.contracts import ClientNotFound
from yiwang.exchange.models import CallbackTarget, Client, Delivery
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.registry import Registry
from yiwang.platform.contracts import Json

log = structlog.get_logger()
#: Name of the job that sends; ``tasks.py`` defines it. It is deferred in the transaction of the delivery.
SEND = "yiwang.exchange.send_delivery"
#: Bodies by topic, where they are not in the row: made under the right of this moment, or refused.
BODIES: Registry[Callable[[Delivery, datetime], Json]] = Registry("bodies of deliveries")


def new_code() -> str:
    """What the receiver knows a delivery by."""
    return secrets.token_hex(16)


def send_soon(delivery: int) -> None:
    """Have the worker send it, once the caller's transaction is committed."""
    try:
        with transaction.atomic():
            # waits once, and never runs beside itself: two workers would both send
            name = f"delivery:{delivery}"
            jobs.configure_task(SEND, queueing_lock=name, lock=name).defer(delivery=delivery)
    except AlreadyEnqueued:
        return


def send_due(at: datetime) -> int:
    """Hand every delivery that is due to the worker's jobs; gives how many."""
    due = list(
        Delivery.objects.filter(state=DeliveryState.WAITING, try_at__lte=at)
        .order_by("try_at")
        .values_list("pk", flat=True)[:200]
    )
    for delivery in due:
        send_soon(delivery)
    return len(due)


def send_delivery(delivery: int, *, at: datetime) -> DeliveryState | None:
    """Send a delivery if it waits and is due; gives its state then.

    A process that dies on the way leaves it waiting, so it is sent again: whoever hears it twice knows the
    id again.
    """
    row = Delivery.objects.filter(pk=delivery).first()
    if row is None or row.state != DeliveryState.WAITING or row.try_at > at:
        return None
    try:
        target = _target(row)
        body = row.body if row.body is not None else BODIES.get(row.topic)(row, at)
    except YiwangError as refusal:
        _withdraw(row, refusal)
        return DeliveryState.WITHDRAWN
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = signed_headers(
        url=row.url, body=content, delivery=row.code, key=key_of(row.client_id, target.serial),
        key_id=f"{row.client_id}/{target.serial}", at=at,
    )  # fmt: skip
    return _note(delivery, send(row.url, content, dict(headers)), at)


def _target(row: Delivery) -> CallbackTarget:
    """The declaration of now: an origin taken out is called no more, nor is a client that was revoked."""
    target = CallbackTarget.objects.filter(client_id=row.client_id).first()
    if target is None or not Client.objects.filter(client_id=row.client_id, revoked_at=None).exists():
        raise ClientNotFound(client=row.client_id)
    refuse_undeclared(row.url, target.origins)
    return target


def _withdraw(row: Delivery, refusal: YiwangError) -> None:
    Delivery.objects.filter(pk=row.pk, state=DeliveryState.WAITING).update(
        state=DeliveryState.WITHDRAWN, last_problem=refusal.code[:60]
    )
    log.info("exchange.delivery_withdrawn", delivery=row.code, reason=refusal.code)


def _note(delivery: int, heard: Heard, at: datetime) -> DeliveryState:
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery)
        if row.state != DeliveryState.WAITING:
            return DeliveryState(row.state)
        row.attempts += 1
        row.last_status, row.last_problem = heard.status, heard.problem[:60]
        if heard.is_success:
            row.state, row.delivered_at = DeliveryState.DELIVERED, at
        elif row.attempts >= MOST_TRIES:
            row.state = DeliveryState.DEAD
        else:
            row.try_at = at + wait_after(row.attempts)
        row.save()
    log.info("exchange.delivery", delivery=row.code, state=row.state, attempts=row.attempts)
    return DeliveryState(row.state)
