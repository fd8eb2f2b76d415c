"""Have a department's system told of changes of a resource."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from yiwang.exchange.batches.answering import refuse_look_at_many
from yiwang.exchange.callbacks.rules.addresses import refuse_undeclared
from yiwang.exchange.contracts import Purpose, ResourceInfo
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import CallbackTarget, Subscription
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.clients import bounds_of
from yiwang.exchange.subscriptions.contracts import MOST_KEYS, SubscriptionRefused, SubscriptionState
from yiwang.exchange.subscriptions.keeping import seal_keys
from yiwang.exchange.subscriptions.providers import FEEDS
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note
from yiwang.platform.contracts import Actor, OperationNotAllowed


@command(operation=OPERATION)
def subscribe_changes(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    fields: Sequence[str],
    purpose: Purpose,
    keys: Sequence[str] = (),
    district: str = "",
    callback_url: str = "",
) -> str:
    """Tell of changes from now on, of all rows granted or of these keys or this district; gives the code.

    A district is asked for by its field, which must be granted as well: every event tells that it fits.

    Raises:
        as ``request_data``, and OneByOneOnly, CallbackRefused, SubscriptionRefused.
    """
    client, info = bounds_of(actor), get_resource(resource)
    if client is None:
        raise OperationNotAllowed(operation=OPERATION)
    place = FEEDS.get(info.kind).district_field(info) if district and info.kind in FEEDS else None
    fields = tuple(dict.fromkeys([*fields, *([place] if place else [])]))
    refuse_look_at_many(actor=actor, resource=resource, fields=fields, purpose=purpose, at=at)
    _refuse_unsound(info, keys, district)
    if callback_url:
        target = CallbackTarget.objects.filter(client_id=client.client_id).first()
        refuse_undeclared(callback_url, target.origins if target else ())
    code, end = secrets.token_hex(16), FEEDS.get(info.kind).end(info)
    Subscription.objects.create(
        code=code,
        client_id=client.client_id,
        organisation=actor.organisation,
        resource=info.code,
        owner=info.owner,
        kind=info.kind,
        source=info.source,
        fields=list(fields),
        purpose=purpose.kind,
        reference=purpose.reference,
        keys=seal_keys(keys, subscription=code),
        district=district,
        callback_url=callback_url,
        begin_mark=end.mark,
        begin_entry=end.entry,
        told_mark=end.mark,
        told_entry=end.entry,
        state=SubscriptionState.ACTIVE,
        made_at=at,
    )
    note(subscription=code, keys=len(keys))
    emit("SubscriptionMade", f"subscription:{code}", resource=info.code, organisation=actor.organisation)
    return code


def _refuse_unsound(info: ResourceInfo, keys: Sequence[str], district: str) -> None:
    if info.kind not in FEEDS:
        reason = Text("该资源没有变更记录", "the resource has no feed of changes")
    elif len(keys) > MOST_KEYS:
        reason = Text(f"最多 {MOST_KEYS} 个编号", f"at most {MOST_KEYS} keys")
    elif district and FEEDS.get(info.kind).district_field(info) is None:
        reason = Text("该资源的数据不分区划", "entries of the resource lie in no district")
    else:
        return
    raise SubscriptionRefused(reason=reason)
