"""At a counter, an administrator gives somebody who proved who he is a new way in."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator

from yiwang.identity.contracts import AccountUnknown
from yiwang.identity.models import Account
from yiwang.identity.passwords import readable_password
from yiwang.identity.sign_in_records import end_sessions, forget_failures
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.account.recover")
def recover_account(*, actor: Actor, at: datetime, account_id: int) -> str:
    """Set a password that must be changed at sign-in, drop second factors, end sessions; gives it once."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise AccountUnknown
    permit(Scope(person_id=account.person_id), subject=f"account:{account_id}")
    password = readable_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    Authenticator.objects.filter(user_id=account_id).delete()
    end_sessions(account_id)
    forget_failures(account.username)
    emit("AccountRecovered", f"account:{account_id}")
    return password
