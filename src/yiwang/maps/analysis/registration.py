"""What analysis registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.analysis.api import OPERATION
from yiwang.maps.analysis.commands.keep_study import KEEP
from yiwang.maps.analysis.kinds import UndergroundKind
from yiwang.packs.api import KINDS
from yiwang.platform.operations import declare


def register() -> None:
    """Run once, when all apps are ready."""
    KINDS.register(UndergroundKind.key, UndergroundKind())
    declare(OPERATION, Text("动土核查", "Check before digging"), roles={"handler", "reviewer", "approver"})
    declare(
        KEEP, Text("保存空间分析结果", "Keep a result of spatial analysis"), roles={"handler", "approver"}
    )
