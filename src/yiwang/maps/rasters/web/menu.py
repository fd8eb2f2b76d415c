"""Imagery in the desk's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.rasters.api import OPERATION
from yiwang.platform.web.navigation import MAPS, Entry, register


def register_menu() -> None:
    """Register it, at start."""
    register(
        Entry(
            key="rasters",
            title=Text("影像", "Imagery"),
            url_name="rasters:all",
            operation=OPERATION,
            group=MAPS,
            icon="globe",
            area="desk",
            order=166,
        )
    )
