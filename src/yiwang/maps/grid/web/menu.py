"""The grid in the desk's menu, for officers who may list registers, where the city has one."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import MAPS, Entry, register


def register_menu() -> None:
    """Register it, at start."""
    register(
        Entry(
            key="grids",
            title=Text("城市网格", "City grid"),
            url_name="grids:all",
            operation="registers.entry.list",
            group=MAPS,
            icon="list",
            area="desk",
            order=164,
        )
    )
