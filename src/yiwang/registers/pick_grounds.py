"""The map on which entries may be picked: the engine of maps draws it, pages that pick show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from yiwang.kernel.registry import Registry
from yiwang.platform.contracts import Actor

PICK_GROUND = "maps"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBeside:
    """The list that a map stands beside.

    ``rows`` is its id. Where somebody points goes as ``longitude,latitude`` into the field ``at`` of the
    form, which ``button`` (an id) sends; without them it is asked of the page's own address. ``found`` says
    that the list was asked for, so that the map begins there.
    """

    rows: str
    at: str = ""
    button: str = ""
    found: bool = False


class PickGround(Protocol):
    """Draws maps beside lists of entries."""

    def drawn(self, actor: Actor | None, registers: Sequence[str], beside: ListBeside) -> str:
        """HTML of a map of registers, the first to be picked from; empty where this reader has none."""
        ...


PICK_GROUNDS: Registry[PickGround] = Registry("maps to pick on")


def pick_ground(actor: Actor | None, registers: Sequence[str], beside: ListBeside) -> str:
    """The same from whoever draws; empty where nobody does."""
    if PICK_GROUND not in PICK_GROUNDS:
        return ""
    return PICK_GROUNDS.get(PICK_GROUND).drawn(actor, registers, beside)
