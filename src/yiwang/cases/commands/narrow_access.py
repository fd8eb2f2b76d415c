"""The owner of a resource takes away from what was asked for, before deciding: fewer fields, sooner over."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import AlreadyDecided, WrongPhase
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.rows.admission import case_for_officer, stamp
from yiwang.cases.rows.grants import asked_grant, keep_narrowing
from yiwang.cases.rows.work import Work
from yiwang.exchange.api import Narrowing, narrowed
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.access.narrow")
def narrow_access(
    *, actor: Actor, at: datetime, case_id: int, by: Narrowing, expected_version: int | None = None
) -> CaseStamp:
    """Put down the terms under which an approval would grant the request.

    Raises:
        NotNarrower: more than was asked for.
        AlreadyDecided: too late.
        WrongPhase: the case asks for no access.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    if live.row.decided_at is not None:
        raise AlreadyDecided(number=live.row.number)
    asked = asked_grant(live, at=at)
    if asked is None:
        raise WrongPhase(number=live.row.number, phase=live.row.phase)
    terms = narrowed(asked[2], by)
    keep_narrowing(live, by)
    work.log(
        live,
        "terms_narrowed",
        fields=", ".join(terms.fields),
        until=terms.valid_until.isoformat(),
    )
    work.write()
    return stamp(live)
