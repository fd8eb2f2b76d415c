"""The map in the portal's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register


def register_menu() -> None:
    """Register it, at start."""
    register(Entry(key="map", title=Text("地图", "Map"), url_name="maps:map", order=55))
