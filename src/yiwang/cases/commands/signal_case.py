"""Tell a case that something it waits for has come: a payment, a result of a test."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import WrongPhase
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import SUPPLEMENT_ANSWERED_MESSAGE
from yiwang.cases.rows.admission import case_for_officer, stamp
from yiwang.cases.rows.playing import play, waiting_for
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import Arrived
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.case.signal")
def signal_case(
    *, actor: Actor, at: datetime, case_id: int, message: str, expected_version: int | None = None
) -> CaseStamp:
    """Let the process go on from where it waits for a named message.

    Raises:
        WrongPhase: nothing waits for it; corrections are answered by the applicant only.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    token = waiting_for(live, message)
    if token is None or message == SUPPLEMENT_ANSWERED_MESSAGE:
        raise WrongPhase(number=live.row.number, phase=live.row.phase)
    work.log(live, "signalled", node=live.tokens[token].node)
    play(work, live, Arrived(token))
    work.write()
    return stamp(live)
