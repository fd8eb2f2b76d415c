"""How fast one address may ask what costs the city something: a signature, a row, a made-up person."""

from __future__ import annotations

from time import monotonic

from django.conf import settings
from django.http import HttpRequest

from yiwang.kernel.memory import Memory
from yiwang.kernel.pace import Bucket, full_bucket

_MOST_ADDRESSES = 2_000


def address_of(request: HttpRequest) -> str:
    """Who asks: the other end, or what the last proxy that is believed says of it.

    Without this everybody behind the city's own proxy would share one pace, and a stranger stop all.
    """
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = int(settings.ALLAUTH_TRUSTED_PROXY_COUNT)
    if proxies and len(said) >= proxies:
        return str(said[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


class Pace:
    """So many requests a second from one address, counted in each web process by itself."""

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._buckets: Memory[str, Bucket] = Memory(_MOST_ADDRESSES)

    def take(self, request: HttpRequest) -> int:
        """Count a request; 0, or the seconds to wait."""
        now, address = monotonic(), address_of(request)
        bucket = self._buckets.get(address)
        if bucket is None:
            bucket = self._buckets.keep(address, full_bucket(self._per_second, now))
        return bucket.take(now)

    def forget(self) -> None:
        """Begin anew (tests)."""
        self._buckets = Memory(_MOST_ADDRESSES)
