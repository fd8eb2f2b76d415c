"""What the watch registers at start."""

from __future__ import annotations

from yiwang.platform.loops import repeat
from yiwang.platform.outbox import subscribe
from yiwang.portal.watching.loops import ask_for_probes, check_due_pages, take_due_days
from yiwang.portal.watching.noting import PUBLISHED, note_page_out
from yiwang.portal.watching.operations import declare_operations
from yiwang.portal.watching.web.menu import register_menu


def register() -> None:
    """Run once, when all apps are ready."""
    declare_operations()
    register_menu()
    subscribe(PUBLISHED, "watching.pages_out", note_page_out)
    repeat("watching.pages", check_due_pages, seconds=15.0)
    repeat("watching.probes", ask_for_probes, seconds=300.0, reaches_out=True)
    repeat("watching.days", take_due_days, seconds=300.0)
