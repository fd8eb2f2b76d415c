"""`match`: have departments' lists matched here and now, and say what was found."""

from __future__ import annotations

from typing import Annotated

import typer
from django.utils import timezone

from yiwang.cli.console import out, progress, say
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers.matching.api import ask_run, list_runs, perform_run
from yiwang.registers.matching.contracts import STAGE_TEXTS

Name = Annotated[str, typer.Argument(help="比对名称，如 firms / which matching, such as firms")]
_ACTOR = Actor.system("command line")


def command(name: Name = "firms") -> int:
    """Match the lists as the job of the worker does; 1 where it could not be done."""
    run = ask_run(actor=_ACTOR, at=timezone.now(), matching=name, defer=False)
    stages = list(STAGE_TEXTS)
    with progress() as bars:
        bar = bars.add_task(str(STAGE_TEXTS["reading"]), total=len(stages) - 1)

        def told(stage: str, rows: int) -> None:
            bars.update(bar, completed=stages.index(stage), description=str(STAGE_TEXTS[stage]))

        state = perform_run(run_id=run, now=timezone.now, told=told)
    report = list_runs(name, most=1)[0].report
    if state != "done":
        reason = report.get("reason")
        if isinstance(reason, dict):
            say(Text(str(reason["zh"]), str(reason["en"])))
        return 1
    kinds = report.get("kinds")
    say(Text("比对完成，差异：", "Matched. Differences:"))
    for kind, count in (kinds if isinstance(kinds, dict) else {}).items():
        out.print(f"  {count:>11,}  {kind}", markup=False)
    return 0
