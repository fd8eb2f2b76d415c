"""The map on which somebody draws an area for a form: the engine of maps draws it, questions show it."""

from __future__ import annotations

from typing import Protocol

from yiwang.kernel.registry import Registry

DRAW_GROUND = "maps"


class DrawGround(Protocol):
    """Gives maps to draw on."""

    def drawn(self, *, field: str) -> str:
        """HTML of a map whose drawn corners come into the box of the id ``field``; empty where there is none.

        It stands on pages of anybody, so that it shows what the city shows to everybody.
        """
        ...


DRAW_GROUNDS: Registry[DrawGround] = Registry("maps to draw on")


def draw_ground(field: str) -> str:
    """The same from whoever draws; empty where nobody does."""
    return DRAW_GROUNDS.get(DRAW_GROUND).drawn(field=field) if DRAW_GROUND in DRAW_GROUNDS else ""
