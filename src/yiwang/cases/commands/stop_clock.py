"""Stop the clocks on a legal ground (E40, Licensing Law Art. 45)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import AlreadyDecided
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import StopGround
from yiwang.cases.rows.admission import case_for_officer, not_resting, stamp
from yiwang.cases.rows.special_procedures import begin_procedure
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.clock.stop")
def stop_clock(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    ground: StopGround,
    reason: str = "",
    expected_days: int | None = None,
    expected_version: int | None = None,
) -> CaseStamp:
    """Begin a hearing, an expert review or the like: its time is not counted, and the applicant is told.

    Raises:
        GroundNotDeclared: the law of this item does not name it.
        StopTooLong: longer than the item's rule allows.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    not_resting(live)
    if live.row.decided_at is not None:
        raise AlreadyDecided(number=live.row.number)
    begin_procedure(work, live, ground, reason=reason, expected_days=expected_days)
    work.write()
    return stamp(live)
