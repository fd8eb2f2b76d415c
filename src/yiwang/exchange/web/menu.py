"""The exchange's entry in the desk's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register


def register_menu() -> None:
    """Register the entry, at start."""
    register(
        Entry(
            key="exchange",
            title=Text("数据共享", "Data exchange"),
            url_name="exchange:catalogue",
            operation="exchange.data.request",
            group=Text("数据", "Data"),
            icon="plug",
            area="desk",
            order=151,
        )
    )
