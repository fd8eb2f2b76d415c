"""The map on which entries may be picked: the engine of maps draws it, pages that pick show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from yiwang.kernel.registry import Registry
from yiwang.platform.contracts import Actor

PICK_GROUND = "maps"


class PickGround(Protocol):
    """Draws maps beside lists of entries."""

    def drawn(
        self,
        actor: Actor | None,
        registers: Sequence[str],
        *,
        rows: str,
        at: str = "",
        button: str = "",
        found: bool = False,
    ) -> str:
        """HTML of a map of registers, the first to be picked from; empty where this reader has none.

        ``rows`` is the id of the list. Where somebody points goes as ``longitude,latitude`` into the field
        ``at`` of the form, which ``button`` (an id) sends; without them it is asked of the page's own
        address. ``found`` says that the list was asked for, so that the map begins there.
        """
        ...


PICK_GROUNDS: Registry[PickGround] = Registry("maps to pick on")


def pick_ground(
    actor: Actor | None,
    registers: Sequence[str],
    *,
    rows: str,
    at: str = "",
    button: str = "",
    found: bool = False,
) -> str:
    """The same from whoever draws; empty where nobody does."""
    if PICK_GROUND not in PICK_GROUNDS:
        return ""
    drawing = PICK_GROUNDS.get(PICK_GROUND)
    return drawing.drawn(actor, registers, rows=rows, at=at, button=button, found=found)
