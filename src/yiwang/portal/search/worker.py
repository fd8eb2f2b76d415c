"""The loop that keeps the index fresh; the worker's door, which web processes don't take."""

from __future__ import annotations

from yiwang.platform.loops import repeat
from yiwang.portal.search.indexing import index_changes

#: What is published is found so many seconds later at most, plus the reading.
_SECONDS = 2.0


def register_index_loop() -> None:
    """Run once, in the worker."""
    repeat("portal.search", index_changes, seconds=_SECONDS)
