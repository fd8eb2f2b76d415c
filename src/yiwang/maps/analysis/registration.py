"""What analysis registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.analysis.api import OPERATION
from yiwang.maps.analysis.commands.begin_long_study import LONG
from yiwang.maps.analysis.commands.drop_old_studies import drop_old_studies
from yiwang.maps.analysis.commands.keep_study import KEEP
from yiwang.maps.analysis.kinds import UndergroundKind
from yiwang.packs.api import KINDS
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare


def register() -> None:
    """Run once, when all apps are ready."""
    KINDS.register(UndergroundKind.key, UndergroundKind())
    declare(
        LONG,
        Text("在后台作空间分析", "Have a spatial analysis made in the background"),
        roles={"handler", "reviewer", "approver"},
    )
    repeat("maps.long_studies", drop_old_studies, seconds=600.0)
    declare(OPERATION, Text("动土核查", "Check before digging"), roles={"handler", "reviewer", "approver"})
    declare(
        KEEP, Text("保存空间分析结果", "Keep a result of spatial analysis"), roles={"handler", "approver"}
    )
