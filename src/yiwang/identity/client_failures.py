"""Departments' systems that show a wrong secret: counted and locked by network address, as sign-ins are.

Apart from people's failures: a system gone wrong behind a shared address keeps no office from its desk, and
whoever mistypes a password stops no system.
"""

from __future__ import annotations

import math
from datetime import datetime

import structlog

from yiwang.identity.commands.lock_sign_in import lock_sign_in
from yiwang.identity.rules.lock_out import ADDRESS_FAILURES
from yiwang.identity.sign_in_records import client_address_key, locked_until, record_failure
from yiwang.platform.contracts import Actor

log = structlog.get_logger()
_WATCH = Actor.system("sign_in")


def client_seconds_locked(*, address: str, at: datetime) -> int:
    """Whole seconds for which systems of an address are refused unseen; 0 if they aren't."""
    until = locked_until(client_address_key(address), at=at)
    if until is None:
        return 0
    log.info("identity.client_refused", reason="locked")
    return math.ceil((until - at).total_seconds())


def count_client_failure(*, address: str, at: datetime) -> None:
    """Count a wrong secret; a lock that begins now is journalled."""
    state = record_failure(client_address_key(address), most=ADDRESS_FAILURES, at=at)
    log.warning("identity.client_failed", failures=state.count)
    if state.locked_until is not None:
        lock_sign_in(
            actor=_WATCH, at=at, what="client_address", account_id=None, failures=state.count,
            until=state.locked_until,
        )  # fmt: skip
