"""What addresses register at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.addresses.freshness import follow_entry
from yiwang.maps.addresses.queries.rights import LOCATE
from yiwang.platform.operations import declare
from yiwang.platform.outbox import subscribe

_LOCATORS = frozenset({"window", "handler", "reviewer", "approver", "client"})


def register() -> None:
    """Run once, when all apps are ready."""
    declare(LOCATE, Text("查找地址的位置", "Find where an address lies"), roles=_LOCATORS)
    for fact in ("EntryEntered", "EntryAmended", "EntryRetired", "RegisterFileLoaded"):
        subscribe(fact, "maps.addresses", follow_entry)
