"""What may be granted in the assessment."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare

READ, REMARK = "assessing.read", "assessing.remark"


def declare_operations() -> None:
    """Departments see and object to their own; whoever watches sees all within reach and replies."""
    watchers = frozenset({"supervisor", "leader"})
    declare(
        READ,
        Text("查看信息公开考评", "See the assessment of disclosure work"),
        roles=watchers | {"approver", "publisher", "auditor"},
    )
    declare(
        REMARK,
        Text("对信息公开考评提出意见", "Remark on an assessment"),
        roles=watchers | {"approver", "publisher"},
    )
