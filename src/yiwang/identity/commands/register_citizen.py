"""A person gets an account: online for oneself (the platform acts), or at a counter."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import AlreadyRegistered
from yiwang.identity.models import Account
from yiwang.identity.people_records import new_person, unclaimed_person
from yiwang.identity.rules.field_checks import refuse_faulty_citizen
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.citizen.register")
def register_citizen(
    *,
    actor: Actor,
    at: datetime,
    username: str,
    password: str,
    name: str,
    resident_id: str,
    phone: str,
    synthetic: bool = False,
) -> int:
    """Write the person and the account; gives the account's id.

    Somebody whom a counter has recorded already, and who has no account, comes into his own record if
    name and telephone agree too.
    Raises InvalidInput with every faulty field, AlreadyRegistered without saying what was there.
    """
    refuse_faulty_citizen(username=username, name=name, resident_id=resident_id, phone=phone, today=at.date())
    if Account.objects.filter(username=username).exists():
        raise AlreadyRegistered
    person = unclaimed_person(name=name, resident_id=resident_id, phone=phone)
    if person is None:
        person = new_person(name=name, resident_id=resident_id, phone=phone, synthetic=synthetic, at=at)
    account = Account(username=username, person=person)
    account.set_password(password)
    account.save()
    permit(Scope(everyone=True), subject=f"person:{person.pk}")
    emit("CitizenRegistered", f"person:{person.pk}")
    return account.pk
