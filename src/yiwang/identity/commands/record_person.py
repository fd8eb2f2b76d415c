"""Record a person who stands at the counter, from the identity card that they show."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import PersonView
from yiwang.identity.people_records import new_person
from yiwang.identity.queries.people import find_person_by_resident_id, person
from yiwang.identity.rules.field_checks import refuse_faulty_person
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.person.record")
def record_person(
    *, actor: Actor, at: datetime, name: str, resident_id: str, phone: str, synthetic: bool = False
) -> PersonView:
    """Give the person of an identity number, recorded now if the city did not know them.

    Raises:
        InvalidInput: the number's check digit or birth date is wrong, or the name is missing.
    """
    permit(Scope(organisations=(actor.organisation,)), subject="person")
    refuse_faulty_person(name=name, resident_id=resident_id, phone=phone, today=at.date())
    known = find_person_by_resident_id(resident_id)
    if known is not None:
        return known
    made = new_person(name=name, resident_id=resident_id, phone=phone, synthetic=synthetic, at=at)
    return person(made.pk)
