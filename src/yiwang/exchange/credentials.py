"""Secrets and tokens of clients: 256 random bits each, kept as a keyed digest.

A slow password hash keeps short secrets from being tried; these cannot be tried, so HMAC-SHA256 under a key
of the installation is enough, and a wrong guess costs microseconds where Argon2 would cost 19 MiB.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache

from yiwang.platform.environment import environment

_LABEL = b"yiwang.exchange/credentials/1"


@cache
def _key() -> bytes:
    return hmac.digest(environment().secret().encode(), _LABEL, hashlib.sha256)


def new_secret() -> str:
    """43 characters of base64url."""
    return secrets.token_urlsafe(32)


def new_client_id() -> str:
    """24 hexadecimal characters."""
    return secrets.token_hex(12)


def digest(secret: str) -> bytes:
    """What is kept of a secret or token."""
    return hmac.digest(_key(), secret.encode("utf-8", "surrogatepass"), hashlib.sha256)


def fits(secret: str, kept: bytes | memoryview) -> bool:
    """Whether a secret is the one whose digest is kept; the time taken tells nothing."""
    return hmac.compare_digest(digest(secret), bytes(kept))
