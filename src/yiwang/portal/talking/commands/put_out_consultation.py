"""Put a draft out for comment; from then on its words stand."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import AlreadyPutOut, OutTooShort
from yiwang.portal.talking.queries.consultations import CONSULTATIONS
from yiwang.portal.talking.rules.consulting import LEAST_DAYS, DraftKind, last_day_at_least


@command(operation="talking.consultation.put_out")
def put_out_consultation(*, actor: Actor, at: datetime, consultation: int) -> None:
    """Show it to everybody, from now on; comments begin on its first day.

    Raises:
        ConsultationNotFound, AlreadyPutOut.
        OutTooShort: the days left are fewer than the law wants for its kind.
    """
    row = CONSULTATIONS.locked(consultation)
    permit(Scope(organisations=(row.organisation,)), subject=f"consultation:{row.pk}")
    if row.put_out_at is not None:
        raise AlreadyPutOut
    kind = DraftKind(row.kind)
    first = max(row.opens_on, timezone.localdate(at))
    if row.closes_on < last_day_at_least(kind, first):
        raise OutTooShort(least=LEAST_DAYS[kind])
    row.put_out_at = at
    row.save(update_fields=["put_out_at"])
