"""Look at the present values of an entry that has changed since, and set the request on its new version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from yiwang.cases.contracts.changes import KEY, asked_change
from yiwang.cases.contracts.errors import ActNotOpen
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.rows.admission import case_for_officer, not_resting, stamp
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor
from yiwang.registers.api import get_register, ground_of_change, leave_trace, subject_of


@command(operation="cases.register_change.renew")
def renew_register_change(
    *, actor: Actor, at: datetime, case_id: int, expected_version: int | None = None
) -> CaseStamp:
    """Take the present values into the case beside those that were asked about; leaves a trace line.

    Raises:
        ActNotOpen: the case asks for no change of an entry that there is, or is decided.
        EntryNotFound: the entry has ended; the request can only be refused.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    not_resting(live)
    asked = asked_change(live.data)
    if asked is None or not asked.entry or live.row.decided_at is not None:
        raise ActNotOpen(number=live.row.number)
    names = asked.before.keys()
    ground = ground_of_change(asked.register, asked.entry, names)
    renewed = replace(asked, version=ground.version, present=ground.values)
    live.data[KEY] = renewed.as_json()
    live.data_changed = True
    leave_trace(
        get_register(asked.register),
        actor,
        subject=subject_of(asked.register, asked.entry),
        fields=names,
        reason=live.row.number,
        at=at,
    )
    work.log(live, "change_renewed", register=asked.register, version=ground.version)
    work.write()
    return stamp(live)
