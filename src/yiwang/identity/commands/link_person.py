"""An account is found to belong to a person."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import AccountUnknown, AlreadyRegistered, PersonUnknown
from yiwang.identity.models import Account, Person
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.account.link")
def link_person(*, actor: Actor, at: datetime, account_id: int, person_id: int) -> None:
    """Link an account that has no person yet; a linked one is never moved to somebody else."""
    permit(Scope(person_id=person_id), subject=f"account:{account_id}")
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    person = Person.objects.filter(pk=person_id).first()
    if account is None:
        raise AccountUnknown
    if person is None:
        raise PersonUnknown
    if account.person_id is not None:
        raise AlreadyRegistered
    account.person = person
    account.save(update_fields=["person"])
    note(person=person_id)
