"""Give a client a bearer token for its secret: authentication, not yet a look, so no operation is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from yiwang.exchange.clients.contracts import IssuedToken, TooManyFailures
from yiwang.exchange.credentials import digest, fits, new_secret
from yiwang.exchange.models import Client, ClientToken
from yiwang.identity.api import client_seconds_locked, count_client_failure

log = structlog.get_logger()

TOKEN_SECONDS = 600
#: Of a client's expired tokens so many go with each new one, so that the table doesn't grow.
_CLEARED = 20


def issue_token(*, at: datetime, address: str, client_id: str, secret: str) -> IssuedToken | None:
    """Give a token; None if the client is unknown or revoked or the secret is wrong, which looks the same.

    Raises:
        TooManyFailures: the network address is locked; nothing of the credential was looked at.
    """
    if seconds := client_seconds_locked(address=address, at=at):
        raise TooManyFailures(seconds=seconds)
    if not _fits(client_id, secret):
        log.warning("exchange.client_not_authenticated")
        count_client_failure(address=address, at=at)
        return None
    with transaction.atomic():
        # locked, so that a revocation that runs at the same time finds the token; and only now, so that
        # whoever guesses holds no client up
        row = Client.objects.select_for_update().filter(client_id=client_id[:32], revoked_at=None).first()
        if row is None:
            return None
        gone = ClientToken.objects.filter(client=row, expires_at__lte=at).order_by("expires_at")
        ClientToken.objects.filter(pk__in=list(gone.values_list("pk", flat=True)[:_CLEARED])).delete()
        token = new_secret()
        ClientToken.objects.create(
            token_hash=digest(token), client=row, expires_at=at + timedelta(seconds=TOKEN_SECONDS)
        )
    return IssuedToken(token=token, expires_in=TOKEN_SECONDS)


def _fits(client_id: str, secret: str) -> bool:
    """Whether the secret is this client's; that there is none takes as long to say."""
    found = Client.objects.filter(client_id=client_id[:32], revoked_at=None).values_list(
        "secret_hash", flat=True
    )
    kept = found.first()
    return fits(secret, kept if kept is not None else bytes(32)) and kept is not None
