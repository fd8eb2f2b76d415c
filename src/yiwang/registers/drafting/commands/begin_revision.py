"""Begin the next revision of a register that was drawn up here, or its end."""

from __future__ import annotations

from datetime import datetime

from yiwang.packs.api import find_drawn
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.contracts import RegisterNotFound
from yiwang.registers.drafting.commands.begin_draft import opened
from yiwang.registers.drafting.contracts import Aim, NotDrawnUp, Saved
from yiwang.registers.drafting.queries.drafts import EDIT, KIND
from yiwang.registers.models import Register, RegisterDraft


@command(operation=EDIT)
def begin_revision(*, actor: Actor, at: datetime, register: str, aim: Aim = "define") -> Saved:
    """Give a draft that says what is published now; of a retired register it publishes it again.

    Raises:
        RegisterNotFound: there never was such a register.
        NotDrawnUp: a pack declares it.
        CodeTaken: there is an open draft of it.
    """
    row = Register.objects.filter(code=register).first()
    if row is None:
        raise RegisterNotFound(register=register[:41])
    permit(Scope(organisations=(row.owner,)), subject=f"register:{register}")
    drawn = find_drawn(KIND, register, retired=aim == "define")
    if drawn is None:
        raise NotDrawnUp(register=register)
    wanted = RegisterDraft.RETIRE if aim == "retire" else RegisterDraft.DEFINE
    return opened(register, drawn.owner, drawn.text, aim=wanted, actor=actor, at=at)
