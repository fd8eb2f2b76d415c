"""A firm becomes known: declared by its legal representative online, or verified at a counter."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import MandateKind, NotTheRepresentative
from yiwang.identity.models import Mandate, Person
from yiwang.identity.people_records import new_entity
from yiwang.identity.rules.field_checks import refuse_faulty_entity
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.entity.register")
def register_entity(
    *,
    actor: Actor,
    at: datetime,
    credit_code: str,
    name: str,
    legal_representative: str,
    representative_id: int | None,
    address: str = "",
    industry: str = "",
    division_code: str = "",
    synthetic: bool = False,
) -> int:
    """Write the entity and, for a known person, the mandate of its legal representative; gives its id.

    Online only the person named as legal representative may do so, and the entity counts as not verified
    until a counter has seen its papers. A code that is registered already is refused: taking over a
    known firm needs a counter.
    """
    refuse_faulty_entity(credit_code=credit_code, name=name, legal_representative=legal_representative)
    citizen = actor.kind == "citizen"
    if citizen and (representative_id != actor.person_id or actor.name != legal_representative.strip()):
        raise NotTheRepresentative
    entity = new_entity(
        credit_code=credit_code,
        name=name,
        legal_representative=legal_representative,
        address=address,
        industry=industry,
        division_code=division_code,
        synthetic=synthetic,
        verified=not citizen,
        at=at,
    )
    scope = Scope(person_id=representative_id) if citizen else Scope(organisations=(actor.organisation,))
    permit(scope, subject=f"entity:{entity.pk}")
    if representative_id is not None:
        Mandate.objects.create(
            person=Person.objects.get(pk=representative_id),
            entity=entity,
            kind=MandateKind.LEGAL_REPRESENTATIVE,
            starts_at=at,
        )
    emit("EntityRegistered", f"entity:{entity.pk}")
    return entity.pk
