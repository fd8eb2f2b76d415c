"""Withdraw a layer: from now on there is none for anybody; what it said stays on record."""

from __future__ import annotations

from datetime import datetime

from yiwang.maps.making.cataloguing import catalogue_layer
from yiwang.maps.making.contracts import LayerNotMade, PublishedLayer
from yiwang.maps.making.queries.drafts import KIND, MAKE, list_layer_versions
from yiwang.maps.making.saving import account_of
from yiwang.maps.models import LayerVersion
from yiwang.packs.api import carry_out_plan, plan_of_one, retire_drawn
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation=MAKE)
def withdraw_layer(*, actor: Actor, at: datetime, layer: str) -> PublishedLayer:
    """Withdraw it; changing it begins a draft with which it can be published again.

    Raises:
        LayerNotMade: the organisation made no such layer, or withdrew it already.
    """
    latest = list_layer_versions(actor=actor, layer=layer)[0]
    permit(Scope(organisations=(latest.owner,)), subject=f"layer:{layer}")
    plan = plan_of_one(KIND, layer, None)
    if latest.is_withdrawal or plan.is_empty:
        raise LayerNotMade(layer=layer)
    account = account_of(actor)
    carry_out_plan(plan, at=at, account_id=account, allow_destructive=False)
    retire_drawn(KIND, layer, at=at, account_id=account)
    row = LayerVersion.objects.create(
        code=layer,
        number=latest.number + 1,
        owner=latest.owner,
        content=dict(latest.content),
        is_withdrawal=True,
        at=at,
        account_id=account,
    )
    catalogue_layer(layer)
    note(layer=layer, number=row.number)
    return PublishedLayer(code=layer, number=row.number)
