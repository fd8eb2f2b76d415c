"""Issue the licence of a granting decision, where the process does not do it by itself."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import NotDecided
from yiwang.cases.contracts.words import LicenceState, Verdict
from yiwang.cases.models import Decision, Licence
from yiwang.cases.rows.licences import issue
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="cases.licence.issue")
def issue_licence(*, actor: Actor, at: datetime, case_id: int) -> int:
    """Issue a licence, also in place of one that was revoked in error; gives its id.

    Raises:
        NotDecided: no decision that grants, or a valid licence is there already.
    """
    work = Work(actor, at)
    live = lock_case(case_id)
    permit(Scope(organisations=(live.row.organisation,)), subject=f"case:{live.id}")
    granted = Decision.objects.filter(case_id=live.id).exclude(outcome=Verdict.REFUSE).exists()
    if not granted or Licence.objects.filter(case_id=live.id, state=LicenceState.VALID).exists():
        raise NotDecided(number=live.row.number)
    work.hold(live)
    licence_id = issue(work, live)
    Licence.objects.filter(case_id=live.id, replaced_by__isnull=True).exclude(pk=licence_id).update(
        replaced_by_id=licence_id
    )
    work.write()
    return licence_id
