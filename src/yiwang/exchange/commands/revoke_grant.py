"""The owner ends a grant at once."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.contracts import GrantAlreadyRevoked, GrantInfo, GrantNotFound, GrantRefused
from yiwang.exchange.models import Grant
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.grants import info_of
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="exchange.grant.revoke")
def revoke_grant(*, actor: Actor, at: datetime, grant: int, because: str) -> GrantInfo:
    """Revoke with a reason; from this instant the grant covers nothing.

    Raises:
        GrantNotFound, GrantAlreadyRevoked.
        GrantRefused: no reason was given.
    """
    row = Grant.objects.select_for_update().filter(pk=grant).first()
    if row is None:
        raise GrantNotFound(grant=grant)
    permit(Scope(organisations=(get_resource(row.resource).owner,)), subject=f"grant:{grant}")
    if row.revoked_at is not None:
        raise GrantAlreadyRevoked(grant=grant)
    if not because.strip():
        raise GrantRefused(reason=Text("须写明撤销理由", "the reason for revoking is missing"))
    return _end(row, by=actor.account_id, because=because, at=at)


def end_case_grants(case_number: str, *, by: int | None, because: str, at: datetime) -> list[GrantInfo]:
    """End what a case gave, as a consequence of another command, such as taking its approval back."""
    found = Grant.objects.select_for_update().filter(case_number=case_number, revoked_at=None)
    return [_end(row, by=by, because=because, at=at) for row in found.exclude(case_number="").order_by("id")]


def _end(row: Grant, *, by: int | None, because: str, at: datetime) -> GrantInfo:
    row.revoked_at, row.revoked_by, row.revoked_because = at, by, because.strip()[:500]
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    emit("GrantRevoked", f"grant:{row.pk}", resource=row.resource, grantee=row.grantee)
    return info_of(row)
