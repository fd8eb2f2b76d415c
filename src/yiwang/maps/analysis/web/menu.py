"""Studies in the desk's menu, for officers who may list registers."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import MAPS, Entry, register


def register_menu() -> None:
    """Register it, at start."""
    register(
        Entry(
            key="analysis",
            title=Text("空间分析", "Spatial analysis"),
            url_name="analysis:study",
            operation="registers.entry.list",
            group=MAPS,
            icon="ruler",
            area="desk",
            order=165,
        )
    )
