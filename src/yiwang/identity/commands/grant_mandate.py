"""A legal entity lets a person act for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yiwang.identity.contracts import (
    EntityUnknown,
    MandateKind,
    NotTheRepresentative,
    PeriodReversed,
    PersonUnknown,
)
from yiwang.identity.models import LegalEntity, Mandate, Person
from yiwang.identity.queries.actors import current_mandates
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.mandate.grant")
def grant_mandate(
    *,
    actor: Actor,
    at: datetime,
    entity_id: int,
    person_id: int,
    kind: MandateKind = MandateKind.AGENT,
    scope: Iterable[str] = (),
    ends_at: datetime | None = None,
) -> int:
    """Write the mandate; gives its id.

    Online the legal representative grants, and only to agents; an agent never passes a mandate on. A
    counter grants any kind, upon papers.
    """
    permit(
        Scope(entity_id=entity_id, organisations=(actor.organisation,) if actor.organisation else ()),
        subject=f"entity:{entity_id}",
    )
    if actor.kind == "citizen":
        _refuse_all_but_representative(actor, entity_id, kind, at)
    if ends_at is not None and ends_at <= at:
        raise PeriodReversed
    entity = LegalEntity.objects.filter(pk=entity_id).first()
    person = Person.objects.filter(pk=person_id).first()
    if entity is None:
        raise EntityUnknown
    if person is None:
        raise PersonUnknown
    mandate = Mandate.objects.create(
        person=person, entity=entity, kind=kind, scope=sorted(set(scope)), starts_at=at, ends_at=ends_at
    )
    emit("MandateGranted", f"entity:{entity_id}", mandate=mandate.pk, person=person_id, kind=kind.value)
    return mandate.pk


def _refuse_all_but_representative(actor: Actor, entity_id: int, kind: MandateKind, at: datetime) -> None:
    represents = Mandate.objects.filter(
        current_mandates(at),
        entity_id=entity_id,
        person__accounts=actor.account_id,
        kind=MandateKind.LEGAL_REPRESENTATIVE,
    ).exists()
    if not represents or kind is not MandateKind.AGENT:
        raise NotTheRepresentative
