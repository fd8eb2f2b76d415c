"""Where a layer's features lie, of those that this reader sees."""

from __future__ import annotations

import time

from yiwang.kernel.memory import Memory
from yiwang.maps.queries.features import Box, extent_of
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.contracts import TimeLimitReached

#: Seconds for which an extent is not looked for again: it takes a look at every row.
_KEPT = 300.0
_memory: Memory[str, tuple[float, Box | None]] = Memory(1_000)


def extent_seen(read: ReadLayer) -> Box | None:
    """A box in degrees, up to five minutes old; None where there is nothing, or too much to say in time."""
    now = time.monotonic()
    # the mark names right and source: readers with different rows never share one
    known = _memory.get(read.mark)
    if known is not None and now - known[0] < _KEPT:
        return known[1]
    try:
        found = extent_of(read)
    except TimeLimitReached:
        found = None
    return _memory.keep(read.mark, (now, found))[1]
