"""`worker` (internal): the worker process that `up` keeps running."""

from __future__ import annotations

from yiwang.insight.situations.worker import register_standing_loops
from yiwang.maps.addresses.worker import register_index_loop as register_address_loop
from yiwang.portal.search.worker import register_index_loop
from yiwang.server.worker import Worker


def command() -> None:
    """Work until SIGTERM."""
    register_address_loop()
    register_index_loop()
    register_standing_loops()
    Worker().run()
