"""What analysis registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.analysis.api import OPERATION
from yiwang.platform.operations import declare


def register() -> None:
    """Run once, when all apps are ready."""
    declare(OPERATION, Text("动土核查", "Check before digging"), roles={"handler", "reviewer", "approver"})
