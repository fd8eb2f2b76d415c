"""What rasters register at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.rasters.api import OPERATION, TAKE_BACK, RasterKind
from yiwang.maps.rasters.web.menu import register_menu
from yiwang.packs.api import KINDS
from yiwang.platform.operations import declare


def register() -> None:
    """Run once, when all apps are ready."""
    KINDS.register(RasterKind.key, RasterKind())
    declare(OPERATION, Text("导入影像", "Load imagery"), roles={"handler", "approver", "system"})
    declare(
        TAKE_BACK, Text("撤回或恢复影像", "Take imagery back, or put it back"), roles={"handler", "approver"}
    )
    register_menu()
