"""Credentials of systems, and who stands behind a bearer token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from yiwang.exchange.clients.contracts import ClientInfo
from yiwang.exchange.contracts import TokenRefused
from yiwang.exchange.credentials import digest
from yiwang.exchange.models import Client
from yiwang.kernel.text import text_from
from yiwang.platform import sql
from yiwang.platform.contracts import Actor

#: The only role of such a machine; the operation of looks names it, and none else does.
ROLES = frozenset({"client"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A system that showed a token: what it is, and by which token."""

    client: ClientInfo
    token_hash: bytes

    @property
    def actor(self) -> Actor:
        """The machine in the name of its organisation."""
        return Actor(
            kind="system",
            name=f"client:{self.client.client_id}",
            organisation=self.client.organisation,
            roles=ROLES,
        )


_CALLER: LiteralString = """
SELECT c.client_id, c.organisation, c.title::text, c.purposes::text, c.grant_id, c.per_second, c.issued_at
FROM exchange_clienttoken k JOIN exchange_client c ON c.id = k.client_id
WHERE k.token_hash = %s AND k.expires_at > %s AND c.revoked_at IS NULL
"""


def info_of(row: Client) -> ClientInfo:
    """A credential's row as others see it."""
    return ClientInfo(
        client_id=row.client_id,
        organisation=row.organisation,
        title=text_from(row.title),
        purposes=tuple(row.purposes),
        grant=row.grant_id,
        per_second=row.per_second,
        issued_at=row.issued_at,
        is_revoked=row.revoked_at is not None,
    )


def list_clients(*, organisation: str) -> list[ClientInfo]:
    """Give the credentials of an organisation, the newest first."""
    return [info_of(row) for row in Client.objects.filter(organisation=organisation).order_by("-id")]


def caller_of(token: str, *, at: datetime) -> Caller:
    """Give who stands behind a bearer token.

    Raises:
        TokenRefused: the token is unknown or expired, or its client revoked.
    """
    kept = digest(token)
    found = sql.fetch(_CALLER, [kept, at])
    for client_id, organisation, title, purposes, grant, per_second, issued_at in found:
        said = ClientInfo(
            client_id=str(client_id),
            organisation=str(organisation),
            title=text_from(json.loads(str(title))),
            purposes=sql.texts(purposes),
            grant=grant if isinstance(grant, int) else None,
            per_second=int(str(per_second)),
            issued_at=issued_at if isinstance(issued_at, datetime) else at,
            is_revoked=False,
        )
        return Caller(client=said, token_hash=kept)
    raise TokenRefused


def bounds_of(actor: Actor) -> ClientInfo | None:
    """The credential of a department's system, which bounds what it asks; None for everybody else.

    Raises:
        TokenRefused: it is revoked, or nobody issued it.
    """
    if not ROLES & actor.roles:
        return None
    row = Client.objects.filter(client_id=actor.name.removeprefix("client:"), revoked_at=None).first()
    if row is None or actor.kind != "system" or row.organisation != actor.organisation:
        raise TokenRefused
    return info_of(row)
