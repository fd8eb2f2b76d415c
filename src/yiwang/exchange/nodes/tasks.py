"""Work that the worker repeats for a node; an installation that is none does nothing."""

from __future__ import annotations

from datetime import datetime

import structlog

from yiwang.exchange.nodes import api
from yiwang.exchange.nodes.contracts import DirectoryRefused, NodeUnknown, NodeUnreachable

log = structlog.get_logger()


def enrol(at: datetime) -> int:
    """Order certificates, take them once an officer said yes, renew them."""
    if not api.own_node():
        return 0
    try:
        before, after = api.enrol(at=at)
    except NodeUnreachable:
        return 0
    if after == "enrolled" and before != after:
        refresh_directory(at)
    return int(before != after)


def refresh_directory(at: datetime) -> int:
    """Take the centre's present directory and tell what this node offers; without the centre all goes on."""
    if not api.own_node() or not api.is_enrolled():
        return 0
    try:
        fresh = api.refresh_directory(at=at)
        return int(api.tell_resources(at=at) or fresh)
    except NodeUnreachable:
        log.warning("exchange.centre_unreachable")
    except NodeUnknown:
        log.warning("exchange.node_not_listed")
    except DirectoryRefused as refused:
        log.warning("exchange.directory_refused", reason=refused.reason.en)
    return 0


def batch(at: datetime) -> int:
    """Put what was exchanged under one root."""
    return api.make_batch(at=at) if api.own_node() else 0


def stamp(at: datetime) -> int:
    """Have batches time-stamped; while the centre is down they wait."""
    if not api.own_node():
        return 0
    try:
        return api.stamp_batches(at=at)
    except NodeUnreachable:
        log.warning("exchange.time_stamps_wait")
        return 0


def ask(at: datetime) -> int:
    """Ask other nodes what waits in the queue."""
    return api.ask_queued(at=at) if api.own_node() else 0
