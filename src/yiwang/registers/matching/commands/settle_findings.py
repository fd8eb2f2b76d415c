"""A department answers some of its differences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.matching.contracts import AnswerRefused, FindingsNotFound, Outcome, State
from yiwang.registers.matching.models import Finding
from yiwang.registers.matching.queries.matchings import row_of

MOST_AT_ONCE = 200


@command(operation="registers.matching.settle")
def settle_findings(
    *,
    actor: Actor,
    at: datetime,
    matching: str,
    organisation: str,
    findings: Sequence[int],
    outcome: Outcome,
    remark: str = "",
    yuan: Decimal | None = None,
) -> int:
    """Answer open differences, all or none; gives how many. ``yuan`` is what was recovered, for one of them.

    Raises:
        FindingsNotFound: one of them is not open, or another's.
        AnswerRefused: none is named, too many, or money for several at once.
    """
    row = row_of(matching)
    permit(Scope(organisations=(organisation,)), subject=f"matching:{row.code}")
    wanted = sorted(set(findings))
    too_odd = yuan is not None and (len(wanted) != 1 or not 0 <= yuan < Decimal(10) ** 13)
    if not wanted or len(wanted) > MOST_AT_ONCE or too_odd:
        raise AnswerRefused
    found = Finding.objects.select_for_update().filter(
        matching=row, organisation=organisation, state=State.OPEN, pk__in=wanted
    )
    if len(found) != len(wanted):
        raise FindingsNotFound
    Finding.objects.filter(pk__in=wanted).update(
        state=State.SETTLED,
        outcome=outcome,
        note=remark[:500],
        yuan=yuan,
        settled_at=at,
        settled_by=actor.account_id,
    )
    note(findings=len(wanted), outcome=outcome.value)
    emit("FindingsSettled", f"matching:{row.code}", organisation=organisation, findings=len(wanted))
    return len(wanted)
