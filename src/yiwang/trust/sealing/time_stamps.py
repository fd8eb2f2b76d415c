"""The time-stamping authority, if the installation names one (RFC 3161)."""

from __future__ import annotations

from functools import cache

from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper

from yiwang.platform.environment import environment

_SECONDS = 10


@cache
def timestamper() -> TimeStamper | None:
    """Give the authority of ``YIWANG_TIMESTAMP_URL``; None means seals without a trusted time."""
    address = environment().timestamp_url
    return HTTPTimeStamper(address, timeout=_SECONDS) if address else None
