"""What insight registers downwards, at start."""

from __future__ import annotations

from yiwang.insight.kinds import ScoringKind
from yiwang.insight.operations import declare_operations
from yiwang.insight.web.menu import register_menu
from yiwang.packs.api import KINDS


def register() -> None:
    """Run once, when all apps are ready."""
    declare_operations()
    register_menu()
    KINDS.register(ScoringKind.key, ScoringKind())
