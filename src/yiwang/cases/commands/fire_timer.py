"""A timer's instant has come: its token moves on."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.rows.admission import case_for_system
from yiwang.cases.rows.playing import play
from yiwang.cases.rows.supplements import after_timer
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import Fired
from yiwang.platform import sql
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor

# The case is locked first, as every act does: a timer's row alone would be locked the other way round.
_TAKE = "SELECT token FROM cases_timer WHERE id = %s AND done_at IS NULL FOR UPDATE SKIP LOCKED"
_CASE = "SELECT coalesce((SELECT case_id FROM cases_timer WHERE id = %s), 0)"


@command(operation="cases.timer.fire")
def fire_timer(*, actor: Actor, at: datetime, timer_id: int) -> bool:
    """Play a due timer once; False when another worker or an act was first."""
    work = Work(actor, at)
    live = case_for_system(work, sql.fetch_number(_CASE, [timer_id]))
    taken = sql.fetch(_TAKE, [timer_id])
    if not taken or not live.is_open:
        return False
    [(token,)] = taken
    assert isinstance(token, int)  # noqa: S101 - a column of integers
    work.log(live, "timer_fired", node=live.tokens[token].node)
    play(work, live, Fired(token))
    after_timer(work, live)
    work.write()
    return True
