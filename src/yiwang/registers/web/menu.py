"""The registers' entry in the desk's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import DATA, Entry, register
from yiwang.registers.web.change_notices import unseen


def register_menu() -> None:
    """Register the entry, at start."""
    register(
        Entry(
            key="registers",
            title=Text("登记簿", "Registers"),
            url_name="registers:all",
            operation="registers.entry.list",
            group=DATA,
            icon="list",
            area="desk",
            order=150,
            count=unseen,
        )
    )
