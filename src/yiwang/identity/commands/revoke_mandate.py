"""A mandate ends at once; sessions that use it lose it at their next request."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import AlreadyEnded, EntityUnknown
from yiwang.identity.models import Mandate
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.mandate.revoke")
def revoke_mandate(*, actor: Actor, at: datetime, mandate_id: int) -> None:
    """Revoke: by whoever acts for the entity, by the mandated person, or at a counter."""
    mandate = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
    if mandate is None:
        raise EntityUnknown
    own = actor.person_id is not None and mandate.person_id == actor.person_id
    organisations = (actor.organisation,) if actor.organisation else ()
    permit(
        Scope(person_id=actor.person_id)
        if own
        else Scope(entity_id=mandate.entity_id, organisations=organisations),
        subject=f"entity:{mandate.entity_id}",
    )
    if mandate.revoked_at is not None or (mandate.ends_at is not None and mandate.ends_at <= at):
        raise AlreadyEnded
    mandate.revoked_at = at
    mandate.save(update_fields=["revoked_at"])
    emit("MandateRevoked", f"entity:{mandate.entity_id}", mandate=mandate.pk, person=mandate.person_id)
