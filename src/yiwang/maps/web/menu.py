"""The map in the portal's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.analysis.api import OPERATION
from yiwang.platform.web.navigation import MAPS, Entry, register


def register_menu() -> None:
    """Register it, at start."""
    register(Entry(key="map", title=Text("地图", "Map"), url_name="maps:map", order=55))
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
