"""Bearer tokens in requests (RFC 6750), and the pace of those who show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from time import monotonic

from django.http import HttpRequest
from django.utils import timezone

from yiwang.exchange.contracts import TokenRefused, TooFast
from yiwang.exchange.queries.clients import Caller, caller_of
from yiwang.identity.api import actor_for, find_actor
from yiwang.kernel.memory import Memory
from yiwang.kernel.pace import Bucket, full_bucket
from yiwang.platform.contracts import Actor, Json

BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/-]{20,200}=*)\Z", re.IGNORECASE)
#: The ways to say who asks, as documents of the interface list them.
SECURITY_SCHEMES: Mapping[str, Json] = {
    "client": {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "/api/oauth/token",
                "scopes": {"exchange.data.request": "Ask in the name of one's organisation"},
            }
        },
    },
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
}
#: Says on a request that its client's pace was kept already.
PACED = "_yiwang_paced"
_CALLER = "_yiwang_caller"
_buckets: Memory[str, Bucket] = Memory(2_000)


def client_bearer(request: HttpRequest) -> Caller | None:
    """Who stands behind the token of a request; None where it brings none.

    Raises:
        TokenRefused: it brings one that does not count.
        TooFast: the client asks faster than it may; counted in each web process by itself.
    """
    shown = request.headers.get("Authorization", "")
    if shown[:7].lower() != "bearer ":
        return None
    known = vars(request).get(_CALLER)
    if isinstance(known, Caller):
        return known
    found = BEARER.match(shown)
    if found is None:
        raise TokenRefused
    caller = caller_of(found[1], at=timezone.now())
    if PACED not in vars(request):
        keep_pace(caller)
    vars(request)[_CALLER] = caller
    return caller


def get_caller(request: HttpRequest) -> Caller:
    """Who stands behind the token, where nobody but a department's system may ask.

    Raises:
        TokenRefused: it brings none, or one that does not count.
        TooFast
    """
    caller = client_bearer(request)
    if caller is None:
        raise TokenRefused
    return caller


def get_asker(request: HttpRequest) -> Actor:
    """A department's system by its token, or whoever is signed in.

    Raises:
        TokenRefused, TooFast, and what ``identity.actor_for`` raises where nobody is.
    """
    caller = client_bearer(request)
    return actor_for(request) if caller is None else caller.actor


def find_asker(request: HttpRequest) -> Actor | None:
    """The same, or nobody in particular.

    Raises:
        TokenRefused, TooFast
    """
    caller = client_bearer(request)
    return find_actor(request) if caller is None else caller.actor


def keep_pace(caller: Caller) -> None:
    now, client = monotonic(), caller.client
    bucket = _buckets.get(client.client_id)
    if bucket is None or bucket.per_second != client.per_second:
        bucket = _buckets.keep(client.client_id, full_bucket(client.per_second, now))
    if seconds := bucket.take(now):
        raise TooFast(seconds=seconds)
