"""What matching registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import DATA, Entry
from yiwang.platform.web.navigation import register as register_entry
from yiwang.registers.matching.kinds import MatchingKind

_WORKERS = frozenset({"handler", "reviewer", "approver"})
_OPERATIONS = (
    ("registers.matching.see", Text("查看名单比对", "See what lists disagree on"), _WORKERS | {"leader"}),
    ("registers.matching.settle", Text("办理比对差异", "Work on differences"), _WORKERS),
    ("registers.matching.judge", Text("判断疑似同一企业", "Judge doubtful pairs"), _WORKERS),
    ("registers.matching.ask", Text("发起名单比对", "Have lists matched"), _WORKERS | {"system"}),
    ("registers.matching.perform", Text("执行名单比对", "Match lists"), frozenset({"system"})),
)


def register() -> None:
    """Run once, when all apps are ready."""
    for key, title, roles in _OPERATIONS:
        declare(key, title, roles=frozenset(roles))
    KINDS.register(MatchingKind.key, MatchingKind())
    register_entry(
        Entry(
            key="matching",
            title=Text("名单比对", "Matching of lists"),
            url_name="matching:all",
            operation="registers.matching.see",
            group=DATA,
            icon="shield",
            area="desk",
            order=156,
        )
    )
