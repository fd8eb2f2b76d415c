"""Let the clocks run again when a special procedure is over."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import StopGround
from yiwang.cases.rows.admission import case_for_officer, stamp
from yiwang.cases.rows.special_procedures import end_procedures
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.clock.resume")
def resume_clock(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    ground: StopGround | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> CaseStamp:
    """End the procedure of a ground, or all that are open; corrections end only by the applicant's answer.

    Raises:
        ClockNotStopped: nothing of the kind is open.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    end_procedures(work, live, ground, note=note)
    work.write()
    return stamp(live)
