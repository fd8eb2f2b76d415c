"""Where a change of an entry is asked for: an engine above opens a case, others ask it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from yiwang.kernel.registry import Registry
from yiwang.platform.contracts import Actor, Json

#: The one desk of a city.
CHANGE_DESK = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedChange:
    """What an entry should say, and why; only the fields given differ, none where it is to end."""

    register: str
    #: None where one is to be added.
    entry: int | None
    act: Literal["enter", "correction", "change", "retire"]
    values: Mapping[str, Json]
    reason: str


class ChangeDesk(Protocol):
    """Opens cases that change entries once they are approved."""

    def may_ask(self, actor: Actor, register: str) -> bool:
        """Whether an officer may ask for changes of a register."""
        ...

    def ask(self, actor: Actor, wanted: WantedChange, *, at: datetime) -> str:
        """Open the case; gives the address of its page.

        Raises:
            OperationNotAllowed, RegisterNotFound, EntryNotFound
            EntryRefused: the wanted values break the register's rules, each with its field.
        """
        ...


CHANGE_DESKS: Registry[ChangeDesk] = Registry("desks for changes of entries")
