"""The key of a client's callbacks: made from the installation's secret each time, kept nowhere."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

from yiwang.platform.environment import environment

_LABEL = "yiwang.exchange/callbacks/1"


def key_of(client_id: str, serial: int) -> bytes:
    """The key of a client's nth declaration, as its 43 characters of base64url say it."""
    raw = hmac.digest(
        environment().secret().encode(), f"{_LABEL}/{client_id}/{serial}".encode(), hashlib.sha256
    )
    return urlsafe_b64encode(raw).rstrip(b"=")
