"""What may be granted in supervision, with the roles that hold it by default."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare

_HANDLING = {"handler", "reviewer", "approver"}
_WATCH = {"supervisor", "leader", "auditor"}


def declare_operations() -> None:
    """Declare all of them, at start. The boards themselves go by ``cases.board.read``."""
    declare(
        "insight.officer.read",
        Text("查看工作人员评分", "See the scores of officers"),
        roles=_WATCH | {"approver"},
    )
    declare(
        "insight.report.ask", Text("制作监察月报", "Ask for a monthly report"), roles=_WATCH | {"approver"}
    )
    declare(
        "insight.report.seal", Text("监察月报用印", "Seal a monthly report"), roles={"supervisor", "leader"}
    )
    declare(
        "insight.alert.see",
        Text("查看预警提醒", "See alerts about cards"),
        roles=_HANDLING | {"supervisor", "leader"},
    )
    declare("insight.report.make", Text("生成监察月报", "Make a monthly report"), roles={"system"})
