"""Before and after each try to sign in: refused while locked, counted when failed, a lock journalled.

A user name that nobody has is counted and locked like any other, so a lock tells nothing about who is
registered; a right password during a lock is refused unseen.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.contrib.auth.base_user import AbstractBaseUser

from yiwang.identity.commands.lock_sign_in import lock_sign_in
from yiwang.identity.contracts import SignInLocked
from yiwang.identity.models import Account
from yiwang.identity.rules.lock_out import ACCOUNT_FAILURES, ADDRESS_FAILURES
from yiwang.identity.sign_in_records import account_key, address_key, any_locked, record_failure
from yiwang.platform.contracts import Actor

log = structlog.get_logger()
_WATCH = Actor.system("sign_in")


def refuse_if_locked(*, address: str, at: datetime, username: str = "") -> None:
    """Raise SignInLocked while the user name (if one is given) or the address is locked."""
    keys = (address_key(address), account_key(username)) if username else (address_key(address),)
    if any_locked(keys, at=at):
        log.info("identity.sign_in_refused", reason="locked")
        raise SignInLocked


def count_failure(*, username: str, address: str, at: datetime) -> None:
    """Count a failure for both; a lock that begins now is journalled."""
    by_name = record_failure(account_key(username), most=ACCOUNT_FAILURES, at=at)
    log.info("identity.sign_in_failed", failures=by_name.count)
    if by_name.locked_until is not None:
        known = Account.objects.filter(username=username.strip().lower()).values_list("pk", flat=True).first()
        lock_sign_in(
            actor=_WATCH,
            at=at,
            what="account",
            account_id=known,
            failures=by_name.count,
            until=by_name.locked_until,
        )
    count_address_failure(address=address, at=at)


def count_address_failure(*, address: str, at: datetime) -> None:
    """Count a failure of an address alone: a registration that tried a number already registered."""
    by_address = record_failure(address_key(address), most=ADDRESS_FAILURES, at=at)
    if by_address.locked_until is not None:
        lock_sign_in(
            actor=_WATCH,
            at=at,
            what="address",
            account_id=None,
            failures=by_address.count,
            until=by_address.locked_until,
        )


def store_password(account: AbstractBaseUser, password: str) -> None:
    """Keep a password that its owner chose; a first password has then been changed."""
    assert isinstance(account, Account)  # noqa: S101 - the only user model
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
