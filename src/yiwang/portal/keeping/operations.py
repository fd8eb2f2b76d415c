"""What may be done with the kept pages."""

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare

REPORT = "keeping.copy.report"


def declare_operations() -> None:
    """Run once, at start."""
    declare(REPORT, Text("报告静态副本状态", "Report how the static copy is"), roles={"system"})
