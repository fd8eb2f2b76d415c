"""A person who will be an officer gets an account; the password is given once and must be changed."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import AlreadyRegistered
from yiwang.identity.models import Account
from yiwang.identity.passwords import readable_password
from yiwang.identity.people_records import new_person
from yiwang.identity.rules.field_checks import refuse_faulty_officer
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.officer.appoint")
def open_account(*, actor: Actor, at: datetime, username: str, name: str, phone: str) -> tuple[int, str]:
    """Write person and account; gives the account's id and its first password."""
    refuse_faulty_officer(username=username, name=name, phone=phone)
    if Account.objects.filter(username=username).exists():
        raise AlreadyRegistered
    person = new_person(name=name, resident_id="", phone=phone, synthetic=False, at=at)
    permit(Scope(person_id=person.pk), subject=f"person:{person.pk}")
    password = readable_password()
    account = Account(username=username, person=person, must_change_password=True)
    account.set_password(password)
    account.save()
    return account.pk, password
