"""What maps register at start."""

from __future__ import annotations

from yiwang.maps.kinds import LayerKind
from yiwang.maps.web.menu import register_menu
from yiwang.packs.api import KINDS


def register() -> None:
    """Run once, when all apps are ready."""
    KINDS.register(LayerKind.key, LayerKind())
    register_menu()
