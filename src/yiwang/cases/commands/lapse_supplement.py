"""A notice of corrections was not answered in time, and the process draws no way of its own for that."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.words import Phase
from yiwang.cases.rows.admission import case_for_system
from yiwang.cases.rows.supplements import lapse, waits_in_process
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.supplement.lapse")
def lapse_supplement(*, actor: Actor, at: datetime, case_id: int) -> bool:
    """End the case as lapsed, or refuse in a child case; False if there is nothing to lapse any more."""
    work = Work(actor, at)
    live = case_for_system(work, case_id)
    if live.row.phase != Phase.SUPPLEMENT or waits_in_process(live):
        return False
    lapse(work, live)
    work.write()
    return True
