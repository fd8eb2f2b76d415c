"""Decide on a request for more time: by another officer, who holds the role that the law names."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import ExtensionNotAsked, RoleMissing, SameOfficer
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import ExtensionState
from yiwang.cases.models import Extension
from yiwang.cases.rows.admission import case_for_officer, stamp
from yiwang.cases.rows.clocks import extend_clock
from yiwang.cases.rows.letters import ask_letter
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.extension.decide")
def decide_extension(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    grant: bool,
    remark: str = "",
    expected_version: int | None = None,
) -> CaseStamp:
    """Grant or refuse; a granted extension moves every running limit of the case, and the applicant is told.

    Raises:
        ExtensionNotAsked: nothing waits.
        SameOfficer: who asked may not approve.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    rule = live.type.definition.extension
    asked = Extension.objects.filter(case_id=live.id, state=ExtensionState.ASKED).first()
    if asked is None or rule is None:
        raise ExtensionNotAsked(number=live.row.number)
    if rule.approver not in actor.roles:
        raise RoleMissing(role=rule.approver)
    if asked.asked_by == actor.account_id:
        raise SameOfficer
    asked.state = ExtensionState.GRANTED if grant else ExtensionState.REFUSED
    asked.decided_by, asked.decided_at, asked.remark = actor.account_id, at, remark
    asked.save(update_fields=["state", "decided_by", "decided_at", "remark"])
    if grant:
        for clock in list(live.clocks):
            if clock.unit == rule.unit:
                extend_clock(work, live, clock, by=asked.asked_days)
        ask_letter(
            work,
            live,
            kind="extension",
            about=f"extension:{asked.pk}",
            content={"days": asked.asked_days, "reason": asked.reason},
        )
        work.tell(facts.CLOCK_EXTENDED, live, days=asked.asked_days)
    work.log(live, "extension_granted" if grant else "extension_refused", days=asked.asked_days)
    work.write()
    return stamp(live)
