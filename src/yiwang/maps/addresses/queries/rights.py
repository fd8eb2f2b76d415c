"""Who may see where an address lies: the points of the register are internal to the city's offices."""

from __future__ import annotations

from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed

LOCATE = "maps.address.locate"
#: Whole files at once, by officers whose work it is.
BATCH = "maps.address.batch"


def may_locate(actor: Actor) -> bool:
    """Whether somebody may see points, ask for the nearest address, and find many at once."""
    return guard().may(actor, LOCATE)


def require_locating(actor: Actor) -> None:
    """Let nobody else pass.

    Raises:
        OperationNotAllowed: the actor's roles don't grant it.
    """
    if not may_locate(actor):
        raise OperationNotAllowed(operation=LOCATE)
