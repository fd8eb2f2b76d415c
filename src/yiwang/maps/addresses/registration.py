"""What addresses register at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.addresses.batches.api import drop_old_batches
from yiwang.maps.addresses.batches.web.menu import register_menu
from yiwang.maps.addresses.book import IndexBook
from yiwang.maps.addresses.freshness import follow_entry
from yiwang.maps.addresses.queries.rights import BATCH, LOCATE
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.platform.outbox import subscribe
from yiwang.registers.api import ADDRESS_BOOK, ADDRESS_BOOKS

_COMPARERS = frozenset({"handler", "reviewer", "approver"})
_LOCATORS = frozenset({"window", "handler", "reviewer", "approver", "client"})


def register() -> None:
    """Run once, when all apps are ready."""
    declare(LOCATE, Text("查找地址的位置", "Find where an address lies"), roles=_LOCATORS)
    declare(BATCH, Text("批量比对地址文件", "Compare files of addresses"), roles=_COMPARERS)
    repeat("maps.address_batches", drop_old_batches, seconds=600.0, reaches_out=True)
    register_menu()
    ADDRESS_BOOKS.register(ADDRESS_BOOK, IndexBook())
    for fact in ("EntryEntered", "EntryAmended", "EntryRetired", "RegisterFileLoaded"):
        subscribe(fact, "maps.addresses", follow_entry)
