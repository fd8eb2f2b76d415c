"""Record a person who stands at the counter, from the identity card that they show."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import PersonView
from yiwang.identity.people_records import new_person
from yiwang.identity.queries.people import find_person_by_resident_id, person
from yiwang.identity.rules.field_checks import refuse_faulty_person
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_OTHER_NAME = Text(
    "姓名与该号码已登记的姓名不一致，请核对身份证件。",
    "The number is recorded under another name. Check the identity document.",
)


@command(operation="identity.person.record")
def record_person(
    *, actor: Actor, at: datetime, name: str, resident_id: str, phone: str, synthetic: bool = False
) -> PersonView:
    """Give the person of an identity number, recorded now if the city did not know them.

    Raises:
        InvalidInput: the number's check digit or birth date is wrong, the name is missing, or the city
            knows the number under another name (the officer then sees neither name nor person).
    """
    permit(Scope(organisations=(actor.organisation,)), subject="person")
    refuse_faulty_person(name=name, resident_id=resident_id, phone=phone, today=at.date())
    known = find_person_by_resident_id(resident_id)
    if known is not None and known.name != name.strip():
        raise InvalidInput(problems=(FieldProblem("name", _OTHER_NAME),))
    if known is not None:
        return known
    made = new_person(name=name, resident_id=resident_id, phone=phone, synthetic=synthetic, at=at)
    return person(made.pk)
