"""`startup` (internal): run the startup steps and leave the demonstration sign-ins for `up` to print."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from django.utils import timezone
from rich.progress import Progress, TaskID

from yiwang.cli import fingerprint, sign_ins
from yiwang.cli.console import progress
from yiwang.cli.startup import SIGN_INS, STEPS
from yiwang.cli.steps import Start, Step
from yiwang.kernel.errors import YiwangError
from yiwang.platform.environment import environment


def command(digest: str, scale: int) -> None:
    """Run every step, then record the digest."""
    var = environment().var
    sys.excepthook = _Log(var / "log" / "startup.log")
    with progress() as bars:
        for step in STEPS:
            (var / "run" / "startup.step").write_text(f"{step.title.zh}\n{step.title.en}\n")
            _run(step, scale, bars, bars.add_task(str(step.title), total=1.0))
    sign_ins.write(var, (each for source in SIGN_INS for each in source()))
    fingerprint.record(environment().database_url, digest)


def _run(step: Step, scale: int, bars: Progress, bar: TaskID) -> None:
    def show(share: float) -> None:
        bars.update(bar, completed=min(share, 1.0))

    try:
        step.run(Start(at=timezone.now(), scale=scale, show=show))
    except YiwangError as refusal:  # `up` names the log for every step that failed
        sys.excepthook(type(refusal), refusal, refusal.__traceback__)
        raise
    show(1.0)


class _Log:
    """What ends a step goes to the log; `up` names the step and the log."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        with self._path.open("a") as log:
            traceback.print_exception(kind, error, trace, file=log)
