"""What addresses register at start."""

from __future__ import annotations

from yiwang.maps.addresses.freshness import follow_entry
from yiwang.platform.outbox import subscribe


def register() -> None:
    """Run once, when all apps are ready."""
    for fact in ("EntryEntered", "EntryAmended", "EntryRetired", "RegisterFileLoaded"):
        subscribe(fact, "maps.addresses", follow_entry)
