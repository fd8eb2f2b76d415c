"""Withdraw an application before it is decided (E15)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import AlreadyDecided
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import Outcome, Phase
from yiwang.cases.rows.admission import case_for_applicant, stamp
from yiwang.cases.rows.family import withdraw
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.case.withdraw")
def withdraw_case(
    *, actor: Actor, at: datetime, case_id: int, reason: str = "", expected_version: int | None = None
) -> CaseStamp:
    """Withdraw an own case with all that departments still do in it.

    Raises:
        CaseNotFound: not the actor's case.
        AlreadyDecided, CaseEnded: too late.
    """
    work = Work(actor, at)
    live = case_for_applicant(work, case_id, expected_version)
    if live.row.decided_at is not None:
        raise AlreadyDecided(number=live.row.number)
    work.log(live, "withdrawn", reason=reason)
    withdraw(work, live, Phase.WITHDRAWN, Outcome.WITHDRAWN)
    work.write()
    return stamp(live)
