"""The network address that a request came from, as the sign-in lock counts it."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer's address, or the one that a trusted proxy vouches for (ALLAUTH_TRUSTED_PROXY_COUNT)."""
    return str(get_adapter(request).get_client_ip(request))
