"""Stop a study in the background: the worker sees it before its next part."""

from __future__ import annotations

from datetime import datetime

from yiwang.maps.analysis.commands.begin_long_study import LONG
from yiwang.maps.analysis.contracts import LongState, LongStudyNotFound
from yiwang.maps.analysis.queries.long_studies import own_studies
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation=LONG)
def stop_long_study(*, actor: Actor, at: datetime, study: int) -> None:
    """Stop it; one that has ended stays as it is.

    Raises:
        LongStudyNotFound: there is none of this officer.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"studies:{study}")
    row = own_studies(actor).select_for_update().filter(pk=study).first()
    if row is None:
        raise LongStudyNotFound
    if row.state == LongState.WAITING:
        row.state, row.ended_at = LongState.STOPPED, at
        row.save(update_fields=["state", "ended_at"])
        note(study=study)
