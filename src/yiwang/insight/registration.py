"""What insight registers downwards, at start."""

from __future__ import annotations

from yiwang.cases.contracts.facts import CARD_ISSUED
from yiwang.identity.api import set_special_landing
from yiwang.insight.escalation import tell_superiors
from yiwang.insight.kinds import ScoringKind
from yiwang.insight.operations import declare_operations
from yiwang.insight.web.menu import register_menu
from yiwang.packs.api import KINDS
from yiwang.platform.outbox import subscribe


def register() -> None:
    """Run once, when all apps are ready."""
    declare_operations()
    register_menu()
    # Who decides no case finds no task in an inbox.
    set_special_landing("supervision:board", may="cases.board.read", may_not="cases.task.claim")
    KINDS.register(ScoringKind.key, ScoringKind())
    subscribe(CARD_ISSUED, "insight.superiors", tell_superiors)
