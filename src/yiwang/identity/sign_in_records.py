"""Rows of failed sign-ins and of open sessions. Names and addresses are kept as keyed digests."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from yiwang.identity.models import SignInState
from yiwang.identity.personal_data import blind_index
from yiwang.identity.rules.lock_out import LOCK, Failures, after_failure, is_locked


def account_key(username: str) -> str:
    """Key of a user name as typed; case and surrounding space make no difference."""
    return blind_index(username.strip().lower(), purpose="sign_in.account")


def address_key(address: str) -> str:
    """Key of a network address."""
    return blind_index(address, purpose="sign_in.address")


def client_address_key(address: str) -> str:
    """Key of a network address from which departments' systems ask."""
    return blind_index(address, purpose="sign_in.client_address")


def locked_until(key: str, *, at: datetime) -> datetime | None:
    """Until when a key is locked; None if it is not locked now."""
    row = SignInState.objects.filter(pk=key).first()
    return row.locked_until if row is not None and is_locked(_failures(row), at) else None


def any_locked(keys: tuple[str, ...], *, at: datetime) -> bool:
    """Whether one of the keys is locked now."""
    rows = SignInState.objects.filter(pk__in=keys)
    return any(is_locked(_failures(row), at) for row in rows)


def record_failure(key: str, *, most: int, at: datetime) -> Failures:
    """Count one more failure under a row lock; gives the state after it."""
    with transaction.atomic():
        SignInState.objects.bulk_create([SignInState(key=key, last_failure_at=at)], ignore_conflicts=True)
        row = SignInState.objects.select_for_update().get(pk=key)
        state = after_failure(_failures(row), at=at, most=most)
        row.failures, row.last_failure_at, row.locked_until = state.count, at, state.locked_until
        row.save(update_fields=["failures", "last_failure_at", "locked_until"])
    return state


def forget_failures(username: str) -> None:
    """A good sign-in or a recovery clears the user name; the address keeps its count."""
    SignInState.objects.filter(pk=account_key(username)).delete()


def purge_failures(at: datetime) -> int:
    """Delete rows that no longer count; the worker calls it."""
    deleted, _ = SignInState.objects.filter(last_failure_at__lt=at - 2 * LOCK).delete()
    return deleted


def purge_sessions(at: datetime) -> int:
    """Delete expired sessions; the worker calls it."""
    deleted, _ = Session.objects.filter(expire_date__lt=at).delete()
    return deleted


def end_sessions(account_id: int) -> None:
    """Sign an account out everywhere."""
    for session in UserSession.objects.filter(user_id=account_id):
        session.end()


def _failures(row: SignInState) -> Failures:
    # A row without a failure yet was made a moment ago, to be locked.
    last_at = row.last_failure_at if row.failures else None
    return Failures(count=row.failures, last_at=last_at, locked_until=row.locked_until)
