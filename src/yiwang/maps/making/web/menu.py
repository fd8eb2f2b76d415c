"""Making layers in the desk's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import MAPS, Entry, register


def register_menu() -> None:
    """Register it, at start."""
    register(
        Entry(
            key="layers",
            title=Text("制作图层", "Make map layers"),
            url_name="layers:all",
            operation="maps.layer.make",
            group=MAPS,
            icon="map",
            area="desk",
            order=161,
        )
    )
