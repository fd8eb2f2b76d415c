"""Declare where a department's system may be called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.exchange.callbacks.contracts import DeclaredCallbacks
from yiwang.exchange.callbacks.keys import key_of
from yiwang.exchange.callbacks.rules.addresses import refuse_unsound_origins
from yiwang.exchange.clients.contracts import ClientNotFound
from yiwang.exchange.models import CallbackTarget, Client
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="exchange.client.issue")
def declare_callbacks(
    *, actor: Actor, at: datetime, client_id: str, origins: Sequence[str]
) -> DeclaredCallbacks:
    """Let a client be called under these origins, with a new key; those of before count no more.

    Raises:
        ClientNotFound: there is none, or it is revoked.
        CallbackRefused: an origin is not one.
    """
    client = Client.objects.select_for_update().filter(client_id=client_id[:32], revoked_at=None).first()
    if client is None:
        raise ClientNotFound(client=client_id[:32])
    permit(Scope(organisations=(client.organisation,)), subject=f"client:{client.client_id}")
    refuse_unsound_origins(origins)
    row = CallbackTarget.objects.filter(client_id=client.client_id).first()
    serial = row.serial + 1 if row else 1
    CallbackTarget.objects.update_or_create(
        client_id=client.client_id,
        defaults={
            "origins": list(dict.fromkeys(origins)),
            "serial": serial,
            "declared_at": at,
            "declared_by": actor.account_id,
        },
    )
    note(origins=len(set(origins)), serial=serial)
    return DeclaredCallbacks(
        client_id=client.client_id,
        origins=tuple(dict.fromkeys(origins)),
        key=key_of(client.client_id, serial).decode(),
    )
