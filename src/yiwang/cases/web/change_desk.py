"""Changes of entries that pages of other engines ask for, such as a shape moved on the map, become cases."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from yiwang.cases.api import ask_register_change
from yiwang.cases.contracts.changes import ChangeAct
from yiwang.cases.web.ask_change import may_ask
from yiwang.platform.contracts import Actor
from yiwang.registers.api import WantedChange


class CaseChangeDesk:
    """Opens a case of the item for changes of registers."""

    def may_ask(self, actor: Actor, register: str) -> bool:
        """Whether an officer may ask for changes of a register."""
        return may_ask(actor, register)

    def ask(self, actor: Actor, wanted: WantedChange, *, at: datetime) -> str:
        """Open the case; gives the address of its page."""
        case = ask_register_change(
            actor=actor,
            at=at,
            register=wanted.register,
            entry=wanted.entry,
            act=ChangeAct(wanted.act),
            values=wanted.values,
            reason=wanted.reason,
        )
        return reverse("desk:case", args=[case.number])
