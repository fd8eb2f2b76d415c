"""The loop that keeps the index fresh; the worker's door, which web processes don't take."""

from __future__ import annotations

from yiwang.maps.addresses.indexing import index_waiting
from yiwang.platform.loops import repeat

_SECONDS = 2.0


def register_index_loop() -> None:
    """Run once, in the worker."""
    repeat("maps.addresses", index_waiting, seconds=_SECONDS)
