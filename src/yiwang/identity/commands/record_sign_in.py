"""Somebody signed in: the journal keeps when and by which means."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.models import Account
from yiwang.identity.sign_in_records import forget_failures
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.sign_in.record")
def record_sign_in(*, actor: Actor, at: datetime, account_id: int, means: str) -> None:
    """Journal a completed sign-in and forget the failures of the user name."""
    permit(Scope(everyone=True), subject=f"account:{account_id}")
    note(means=means)
    forget_failures(Account.objects.values_list("username", flat=True).get(pk=account_id))
