"""An organisation has taken note that a register on which it relies changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.models import ChangeNotice


@dataclass(eq=False)
class ChangeNoticeNotFound(NotFound):
    """There is no such notice for this organisation."""

    text: ClassVar[Text] = Text("没有这条变更告知。", "There is no such notice.")


@command(operation="registers.notice.see")
def see_change_notice(*, actor: Actor, at: datetime, notice: int) -> None:
    """Note who took note and when; a second time changes nothing.

    Raises:
        ChangeNoticeNotFound: there is none, or it is another organisation's: the two look alike.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"change_notice:{notice}")
    row = ChangeNotice.objects.select_for_update().filter(pk=notice, organisation=actor.organisation).first()
    if row is None:
        raise ChangeNoticeNotFound
    if row.seen_at is None:
        row.seen_at, row.seen_by = at, actor.account_id
        row.save(update_fields=["seen_at", "seen_by"])
