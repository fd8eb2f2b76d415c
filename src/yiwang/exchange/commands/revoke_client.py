"""End a credential at once, and every token that it has."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.clients.contracts import ClientInfo, ClientNotFound, ClientRefused
from yiwang.exchange.models import Client, ClientToken
from yiwang.exchange.queries.clients import info_of
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="exchange.client.revoke")
def revoke_client(*, actor: Actor, at: datetime, client_id: str, because: str) -> ClientInfo:
    """Revoke with a reason; no look that begins afterwards is answered.

    Raises:
        ClientNotFound: there is none.
        ClientRefused: it is revoked already, or no reason was given.
    """
    row = Client.objects.select_for_update().filter(client_id=client_id[:32]).first()
    if row is None:
        raise ClientNotFound(client=client_id[:32])
    permit(Scope(organisations=(row.organisation,)), subject=f"client:{row.client_id}")
    if row.revoked_at is not None:
        raise ClientRefused(reason=Text("凭证已经撤销", "it is revoked already"))
    if not because.strip():
        raise ClientRefused(reason=Text("须写明撤销理由", "the reason for revoking is missing"))
    row.revoked_at, row.revoked_by, row.revoked_because = at, actor.account_id, because.strip()[:500]
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    ClientToken.objects.filter(client=row).delete()
    emit("ClientRevoked", f"client:{row.client_id}", organisation=row.organisation)
    return info_of(row)
