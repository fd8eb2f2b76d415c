"""Ask for more time (E41, Licensing Law Art. 42)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import (
    AlreadyDecided,
    ExtensionAlreadyUsed,
    ExtensionNotDeclared,
    ExtensionTooLong,
    GroundsMissing,
)
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import ExtensionState
from yiwang.cases.models import Extension
from yiwang.cases.rows.admission import case_for_officer, stamp
from yiwang.cases.rows.clocks import limit_text
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.extension.ask")
def ask_extension(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    days: int,
    reason: str,
    expected_version: int | None = None,
) -> CaseStamp:
    """Ask the approver for more days of the declared unit; once a case.

    Raises:
        ExtensionNotDeclared: the law of the item knows none, or no limit runs.
        ExtensionTooLong: more than the law gives.
        ExtensionAlreadyUsed: one was asked for or granted.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    rule = live.type.definition.extension
    if live.row.decided_at is not None:
        raise AlreadyDecided(number=live.row.number)
    if rule is None or not any(clock.task_id is None for clock in live.clocks):
        raise ExtensionNotDeclared(number=live.row.number)
    if not reason.strip():
        raise GroundsMissing(outcome="extension")
    if not 1 <= days <= rule.amount:
        raise ExtensionTooLong(asked=days, most=rule.amount)
    if Extension.objects.filter(case_id=live.id).exclude(state=ExtensionState.REFUSED).exists():
        raise ExtensionAlreadyUsed(number=live.row.number)
    Extension.objects.create(
        case_id=live.id,
        asked_days=days,
        reason=reason,
        legal_basis=limit_text(rule.basis).as_dict(),
        asked_by=actor.account_id or 0,
        asked_at=at,
    )
    work.log(live, "extension_asked", days=days, reason=reason)
    work.write()
    return stamp(live)
