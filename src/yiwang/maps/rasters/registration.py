"""What rasters register at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.rasters.api import OPERATION, RasterKind
from yiwang.packs.api import KINDS
from yiwang.platform.operations import declare


def register() -> None:
    """Run once, when all apps are ready."""
    KINDS.register(RasterKind.key, RasterKind())
    declare(OPERATION, Text("导入影像", "Load imagery"), roles={"handler", "approver", "system"})
