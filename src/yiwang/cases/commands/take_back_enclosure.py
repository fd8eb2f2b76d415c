"""Take a file back that was put to a case: it stays as a trace and goes out to nobody."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import ThingNotFound
from yiwang.cases.contracts.words import EnclosureKind
from yiwang.cases.models import Enclosure
from yiwang.cases.rows.admission import case_for_officer
from yiwang.cases.rows.enclosures import may_change
from yiwang.cases.rows.work import Work
from yiwang.kernel.text import Text
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor

_ENCLOSURE = Text("这份附件", "This enclosure")


@command(operation="cases.enclosure.take_back")
def take_back_enclosure(*, actor: Actor, at: datetime, case_id: int, enclosure_id: int) -> None:
    """Take it back at a step at which one could be added.

    Raises:
        CaseNotFound, OperationNotAllowed, CaseEnded, ThingNotFound, NothingEnclosedNow.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, None)
    row = Enclosure.objects.filter(pk=enclosure_id, case_id=live.root.id, taken_back_at__isnull=True).first()
    if row is None:
        raise ThingNotFound(thing=_ENCLOSURE)
    may_change(work, live, EnclosureKind(row.kind))
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])
    work.log(live, "enclosure_taken_back", sha256=row.sha256)
    work.write()
