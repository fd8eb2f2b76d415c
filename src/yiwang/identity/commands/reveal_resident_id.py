"""An officer sees a full identity number, for a named purpose; the journal keeps both."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import PersonUnknown
from yiwang.identity.models import Person
from yiwang.identity.personal_data import unseal
from yiwang.identity.queries.people import RESIDENT_ID
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.person.reveal")
def reveal_resident_id(*, actor: Actor, at: datetime, person_id: int, purpose: str) -> str:
    """Give the full number; ``purpose`` is the subject it is needed for, such as ``case:12``."""
    permit(Scope(person_id=person_id, organisations=(actor.organisation,)), subject=f"person:{person_id}")
    note(purpose=purpose)
    row = Person.objects.filter(pk=person_id).first()
    if row is None or row.resident_sealed is None:
        raise PersonUnknown
    return unseal(row.resident_sealed, purpose=RESIDENT_ID)
