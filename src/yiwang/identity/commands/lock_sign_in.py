"""A user name or network address is locked out after too many failures; the journal says when."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.sign_in.lock")
def lock_sign_in(
    *,
    actor: Actor,
    at: datetime,
    what: Literal["account", "address", "client_address"],
    account_id: int | None,
    failures: int,
    until: datetime,
) -> None:
    """Journal the lock; the counting rows are written by :mod:`yiwang.identity.sign_in`.

    ``account_id`` is None for an address and for a user name that nobody has.
    """
    permit(Scope(everyone=True), subject=f"account:{account_id}" if account_id else f"sign_in:{what}")
    note(what=what, failures=failures, until=until.isoformat())
