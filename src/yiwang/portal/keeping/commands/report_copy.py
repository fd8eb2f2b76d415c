"""Report that the static copy cannot be written, or can be again."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.keeping.operations import REPORT

STOPPED, RESUMED = "keeping.copy_stopped", "keeping.copy_resumed"


@command(operation=REPORT)
def report_copy(*, actor: Actor, at: datetime, problem: str, waiting: int) -> None:
    """Enter it in the journal and tell whoever listens; without a ``problem`` it can be written again."""
    permit(Scope(everyone=True), subject="copy")
    note(problem=problem, waiting=waiting)
    emit(STOPPED if problem else RESUMED, "copy", problem=problem, waiting=waiting)
