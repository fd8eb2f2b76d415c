"""Dig checks and studies in the desk's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.analysis.api import OPERATION
from yiwang.platform.web.navigation import MAPS, Entry, register


def register_menu() -> None:
    """Register them, at start."""
    register(
        Entry(
            key="dig",
            title=Text("动土核查", "Dig check"),
            url_name="maps:dig",
            operation=OPERATION,
            group=MAPS,
            icon="dig",
            area="desk",
            order=162,
        )
    )
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
