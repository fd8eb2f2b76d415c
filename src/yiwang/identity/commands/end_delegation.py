"""A delegation ends before its date: the absent officer is back."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import AlreadyEnded, PostingUnknown
from yiwang.identity.models import Delegation
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope

_OPERATION = "identity.duty.delegate"


@command(operation="identity.duty.delegate")
def end_delegation(*, actor: Actor, at: datetime, delegation_id: int) -> None:
    """End it now: by the officer who delegated, or by the city's administrator."""
    row = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("posting__organisation")
        .filter(pk=delegation_id)
        .first()
    )
    if row is None:
        raise PostingUnknown
    owner = row.posting.account_id
    permit(Scope(organisations=(row.posting.organisation.code,)), subject=f"account:{owner}")
    if owner != actor.account_id and "city_admin" not in actor.roles:
        raise OperationNotAllowed(operation=_OPERATION)
    if row.ended_at is not None or row.ends_at <= at:
        raise AlreadyEnded
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    emit("DelegationEnded", f"account:{owner}", delegation=row.pk, to_account=row.to_account_id)
