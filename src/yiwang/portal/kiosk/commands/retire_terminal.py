"""Take a terminal out of use."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.kiosk.queries.terminals import locked_terminal
from yiwang.portal.talking.rules.wording import judged_text, raise_all

MOST_REASON = 200


@command(operation="kiosk.terminal.keep")
def retire_terminal(*, actor: Actor, at: datetime, terminal: int, reason: str) -> None:
    """Its secret counts no more; the row stays.

    Raises:
        TerminalNotFound, TerminalRetired.
        InvalidInput: no reason, or too long.
    """
    row = locked_terminal(terminal)
    permit(Scope(organisations=(row.organisation,)), subject=f"terminal:{terminal}")
    raise_all(judged_text("reason", reason, MOST_REASON))
    row.retired_at, row.retired_by, row.retired_reason = at, actor.account_id or 0, reason.strip()
    row.save(update_fields=["retired_at", "retired_by", "retired_reason"])
